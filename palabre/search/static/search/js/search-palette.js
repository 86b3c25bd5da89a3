// Search from anywhere: opens by "/", Ctrl-K or a link to the search page; suggests while one types.
// The focus stays in the box (a combobox), the arrows move through the options of its listbox; Enter opens the one that
// is chosen, with Shift what answers the words in the box, whatever is chosen.

const KEPT = "palabre.searches";
const MOST = 6;
const PAUSE = 90;

const typing = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

// Each person's own; on a page of somebody else, or of nobody, what others have searched for is forgotten.
class Memory {
  constructor(person) {
    this.key = person ? `${KEPT}.${person}` : "";
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(KEPT) && key !== this.key) localStorage.removeItem(key);
      }
    } catch {
      // a browser that keeps nothing has nothing to forget
    }
  }

  get searches() {
    try {
      const kept = JSON.parse((this.key && localStorage.getItem(this.key)) || "[]");
      return Array.isArray(kept) ? kept.filter((words) => typeof words === "string") : [];
    } catch {
      return [];
    }
  }

  add(words) {
    if (!words || !this.key) return;
    const kept = [words, ...this.searches.filter((other) => other !== words)].slice(0, MOST);
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // a browser that keeps nothing forgets searches too
    }
  }
}

class SearchPalette extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.box = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]");
    this.status = this.querySelector("[role=status]");
    this.shapes = this.querySelector("template").content;
    this.memory = new Memory(this.dataset.person);
    this.stop = new AbortController();
    const { signal } = this.stop;
    document.addEventListener("keydown", (event) => this.summon(event), { signal });
    document.addEventListener("click", (event) => this.intercept(event), { signal });
    this.box.addEventListener("input", () => this.ask());
    this.box.addEventListener("keydown", (event) => this.steer(event));
    this.list.addEventListener("pointermove", (event) => this.choose(event.target.closest("[role=option]")));
    this.list.addEventListener("click", (event) => {
      if (event.target.closest("[data-everywhere], [data-recent]")) this.memory.add(this.words);
    });
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("close", () => this.leave());
    const here = new URL(location.href);
    if (here.pathname === this.dataset.results) this.memory.add(here.searchParams.get("q")?.trim());
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  get words() {
    return this.box.value.trim();
  }

  get options() {
    return Array.from(this.list.querySelectorAll("[role=option]"));
  }

  summon(event) {
    const byControl = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
    const bySlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
    if (event.defaultPrevented || !(byControl || bySlash)) return;
    if (!this.dialog.open && document.querySelector("dialog:modal")) return;
    event.preventDefault();
    if (this.dialog.open) this.box.select();
    else this.open();
  }

  intercept(event) {
    const link = event.target.closest("a[data-find]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.open();
  }

  open() {
    this.dialog.showModal();
    this.box.focus();
    this.box.select();
    this.ask();
  }

  leave() {
    clearTimeout(this.waiting);
    this.asking?.abort();
  }

  ask() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    if (!this.words) return this.show(this.memories());
    this.choose(null); // what is listed answers other words: Enter goes by those in the box
    this.waiting = setTimeout(() => this.fetch(), PAUSE);
  }

  async fetch() {
    this.asking = new AbortController();
    const address = `${this.dataset.source}?${new URLSearchParams({ q: this.words })}`;
    try {
      const answer = await fetch(address, { signal: this.asking.signal, headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const fresh = document.createElement("template");
      fresh.innerHTML = await answer.text();
      this.show(fresh.content);
    } catch (error) {
      if (error.name !== "AbortError") this.fail();
    }
  }

  fail() {
    const link = this.shapes.querySelector("[data-everywhere]").cloneNode(true);
    link.href = `${this.dataset.results}?${new URLSearchParams({ q: this.words })}`;
    link.querySelector("b").textContent = this.words;
    const content = new DocumentFragment();
    content.append(link);
    this.show(content);
    this.status.textContent = link.querySelector("small").textContent;
  }

  memories() {
    const [group, option] = this.shapes.children;
    const found = new DocumentFragment();
    const kept = this.memory.searches;
    if (!kept.length) return found;
    const past = found.appendChild(group.cloneNode(true));
    for (const words of kept) {
      const link = past.appendChild(option.cloneNode(true));
      link.href = `${this.dataset.results}?${new URLSearchParams({ q: words })}`;
      link.querySelector("span").textContent = words;
      link.dataset.recent = "";
    }
    return found;
  }

  show(content) {
    this.list.replaceChildren(content);
    this.options.forEach((option, number) => (option.id = `palette-option-${number}`));
    const count = this.options.length;
    this.box.setAttribute("aria-expanded", String(count > 0));
    this.list.hidden = !count;
    this.choose(this.words ? this.list.querySelector("[role=option]") : null);
    this.status.textContent = count ? `${count} ${this.shapes.querySelector("[data-counted]").dataset.counted}` : "";
  }

  choose(option) {
    if (option === undefined) return;
    for (const other of this.list.querySelectorAll("[aria-selected]")) other.removeAttribute("aria-selected");
    if (!option) return this.box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.box.setAttribute("aria-activedescendant", option.id);
  }

  steer(event) {
    const { options } = this;
    const at = options.findIndex((option) => option.hasAttribute("aria-selected"));
    const steps = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, PageDown: options.length - 1, PageUp: 0 };
    const to = steps[event.key];
    if (to !== undefined && options.length) {
      event.preventDefault();
      const option = options.at(to % options.length);
      this.choose(option);
      option.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      this.go(event.shiftKey ? null : options[at]);
    }
  }

  go(option) {
    if (option) option.click();
    else if (this.words) location.assign(`${this.dataset.results}?${new URLSearchParams({ q: this.words })}`);
  }
}

customElements.define("search-palette", SearchPalette);
