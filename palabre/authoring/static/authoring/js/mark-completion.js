// Completion of marks in a textarea: `@` people, `[[` titles, `#` tags. A listbox that the textarea points at; the
// arrows choose, Enter or Tab takes, Escape leaves. What is offered is only what the writer may see.

import { insert } from "text-commands";

const MARKS = [
  ["[[", /\[\[([^[\]|\n]{0,80})$/],
  ["@", /(?:^|[\s(«"'])@([\p{L}\p{N}._-]{0,40})$/u],
  ["#", /(?:^|[\s(«"'])#([\p{L}][\p{L}\p{N}_-]{0,40})$/u],
];

/* As far down as one sees: to the edge, the keys of a phone, or the bar above them. */
const floor = () => {
  const bar = document.querySelector(".bar")?.getBoundingClientRect();
  const edge = visualViewport.offsetTop + visualViewport.height;
  return bar?.height ? Math.min(bar.top, edge) : edge;
};

export class MarkCompletion {
  constructor(area, list, { address, say }) {
    Object.assign(this, { area, list, address, say, at: -1 });
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", list.id);
    area.setAttribute("aria-haspopup", "listbox");
    area.addEventListener("input", () => this.look());
    area.addEventListener("keydown", (event) => this.key(event), { capture: true });
    area.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.take([...list.children].indexOf(option));
    });
  }

  async look() {
    const before = this.area.value.slice(0, this.area.selectionStart).slice(-120);
    for (const [mark, pattern] of MARKS) {
      const found = pattern.exec(before);
      if (!found) continue;
      this.typed = mark.length + found[1].length;
      const asked = (this.asked = `${this.address}?${new URLSearchParams({ mark, q: found[1] })}`);
      const answer = await fetch(asked, { headers: { Accept: "application/json" } }).catch(() => null);
      if (this.asked !== asked) return;
      if (answer?.ok && !answer.redirected) this.open((await answer.json()).suggestions);
      return;
    }
    this.asked = null;
    this.close();
  }

  open(suggestions) {
    this.suggestions = suggestions;
    if (!suggestions.length) return this.close();
    this.list.replaceChildren(...suggestions.map((each, index) => this.option(each, index)));
    this.list.hidden = false;
    this.place();
    this.choose(0);
    this.say(suggestions.length);
  }

  option({ label, hint, outside }, index) {
    const option = document.createElement("div");
    option.role = "option";
    option.id = `${this.list.id}-${index}`;
    option.className = outside ? "btn quiet outside" : "btn quiet";
    option.textContent = label;
    const small = document.createElement("small");
    small.textContent = hint;
    option.append(" ", small);
    return option;
  }

  choose(index) {
    const options = [...this.list.children];
    this.at = (index + options.length) % options.length;
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === this.at)));
    options[this.at].scrollIntoView({ block: "nearest" });
    this.area.setAttribute("aria-activedescendant", options[this.at].id);
  }

  key(event) {
    if (this.list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.choose(this.at + step);
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.at);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(index) {
    const { insert: text } = this.suggestions[index];
    const end = this.area.selectionStart;
    const start = end - this.typed;
    const closed = this.area.value.startsWith("[[", start) && this.area.value.startsWith("]]", end) ? 2 : 0;
    this.area.setSelectionRange(start, end + closed);
    this.close();
    insert(this.area, text);
    this.asked = null;
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.area.removeAttribute("aria-activedescendant");
  }

  // Below the line where one writes, measured on a twin of the textarea; above it where a bar or the edge would hide it.
  place() {
    const style = getComputedStyle(this.area);
    const twin = document.createElement("div");
    for (const name of ["font", "lineHeight", "padding", "border", "width", "letterSpacing", "wordSpacing", "tabSize", "boxSizing"]) {
      twin.style[name] = style[name];
    }
    Object.assign(twin.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word" });
    twin.textContent = this.area.value.slice(0, this.area.selectionStart);
    const caret = document.createElement("span");
    caret.textContent = "\u200b";
    twin.append(caret);
    this.area.parentElement.append(twin);
    const left = Math.min(caret.offsetLeft, this.area.offsetLeft + this.area.clientWidth - this.list.offsetWidth);
    const top = caret.offsetTop + caret.offsetHeight - this.area.scrollTop;
    this.list.style.setProperty("--x", `${Math.max(0, left)}px`);
    this.list.style.setProperty("--y", `${top}px`);
    const { top: start, bottom, height } = this.list.getBoundingClientRect();
    const line = caret.offsetHeight;
    if (bottom > floor() && start - line - height > 0) this.list.style.setProperty("--y", `${top - line - height}px`);
    twin.remove();
  }
}
