// <rank-order>: lines that are each given a place by a number stand in the order of these numbers, and can be put in order
// by dragging, with mouse, pen or finger, and by the arrows: the buttons of a line, or the keys while one of them is
// focused. What has no place stands below a line of its own. The fields stay what is sent, with or without this script.

import { dragRow } from "row-drag";

const KEYS = { ArrowUp: "up", ArrowDown: "down" };
const HELD = "button, select, input, a"; // does something by itself when it is pressed

class RankOrder extends HTMLElement {
  connectedCallback() {
    if (!this.end) this.build();
    this.stop = new AbortController();
    addEventListener("pageshow", () => this.sort(), this.stop); // a browser that comes back fills in what stood here
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  build() {
    const template = this.querySelector("template").content;
    this.list = this.querySelector("ol");
    this.told = this.querySelector("[data-told]");
    this.rows = [...this.list.children];
    this.end = template.querySelector("[data-end]").cloneNode(true);
    this.classList.add("ready");
    this.querySelector("[data-drags]").hidden = false;
    this.rows.forEach((row, at) => {
      row.append(...template.cloneNode(true).querySelectorAll("[data-end] ~ *"));
      row.style.setProperty("--nth", at); // paper shows the lines as they were written
      row.field = row.querySelector("select");
      const title = row.querySelector("label").textContent.trim();
      for (const button of row.querySelectorAll("button")) {
        button.setAttribute("aria-label", `${button.title}, ${title}`);
        button.onclick = () => this.move(row, button.dataset.move, button);
        button.onkeydown = (event) => this.key(event, row, button);
      }
      row.field.onkeydown = () => (row.typed = true);
      row.field.onchange = () => row.typed || this.sort(row.field);
      row.field.onblur = () => this.leave(row);
      row.onpointerdown = (event) => this.press(event, row);
    });
    this.sort();
  }

  /* Two digits of a number are typed one after the other: the line goes to its place when one is done. */
  leave(row) {
    if (row.typed) this.sort();
    row.typed = false;
  }

  get ranked() {
    return this.rows.filter((row) => row.field.value).sort((a, b) => a.field.value - b.field.value);
  }

  sort(focused) {
    const { ranked } = this;
    this.show([...ranked, this.end, ...this.rows.filter((row) => !ranked.includes(row))], focused);
  }

  show(lines, focused) {
    if (lines.some((line, at) => line !== this.list.children[at])) this.list.append(...lines);
    this.rows.forEach((row) => {
      const [up, down] = row.querySelectorAll("[data-move]");
      const first = row === this.list.firstElementChild;
      row.classList.toggle("off", !row.field.value);
      row.classList.toggle("tied", Boolean(row.field.value) && row.previousElementSibling?.field?.value === row.field.value);
      up.hidden = down.hidden = !row.field.value;
      row.querySelector("[data-move=in]").hidden = Boolean(row.field.value);
      up.disabled = first;
    });
    this.end.hidden = this.list.lastElementChild === this.end;
    if (focused) this.focusOn(focused);
  }

  focusOn(control) {
    const row = control.closest("li");
    const other = row.querySelector(row.field.value ? "[data-move=down]" : "[data-move=in]");
    (control.hidden || control.disabled ? other : control).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  key(event, row, button) {
    const way = KEYS[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (row.field.value) this.move(row, way, row.querySelector(`[data-move=${way}]`));
    else if (way === "up") this.move(row, "in", button);
  }

  /* Up and down go past all that share a place; below the last one there is none. */
  move(row, way, button) {
    const groups = [];
    for (const each of this.ranked) {
      const last = groups.at(-1);
      if (last?.[0].field.value === each.field.value) last.push(each);
      else groups.push([each]);
    }
    const at = groups.findIndex((group) => group.includes(row));
    const shares = at >= 0 && groups[at].length > 1;
    if (at >= 0) groups[at] = groups[at].filter((each) => each !== row);
    if (way === "in") groups.push([row]);
    else if (way === "up" && at >= 0) groups.splice(shares ? at : Math.max(at - 1, 0), 0, [row]);
    else if (shares || at < groups.length - 1) groups.splice(at + (shares ? 1 : 2), 0, [row]);
    this.number(groups.filter((group) => group.length), row, button);
  }

  number(groups, row, button) {
    for (const each of this.rows) each.field.value = "";
    groups.forEach((group, at) => group.forEach((each) => (each.field.value = at + 1)));
    this.sort(button);
    row.field.dispatchEvent(new Event("input", { bubbles: true }));
    const { place, none } = this.dataset;
    const title = row.querySelector("label").textContent.trim();
    this.told.textContent = `${title}, ${row.field.value ? place.replace("0", row.field.value) : none}`;
  }

  press(event, row) {
    const byGrip = event.target.closest(".grip");
    if (event.button || !event.isPrimary || (!byGrip && (event.pointerType !== "mouse" || event.target.closest(HELD)))) return;
    const before = [...this.list.children];
    this.end.hidden = false;
    dragRow(event, row, byGrip ?? row, { drop: () => this.drop(row), back: () => this.show(before) });
  }

  /* Between two that share a place it shares it, too; elsewhere it has one of its own. */
  drop(row) {
    const lines = [...this.list.children];
    const placed = lines.slice(0, lines.indexOf(this.end));
    const [above, below] = [row.previousElementSibling?.field?.value, row.nextElementSibling?.field?.value];
    const groups = [];
    let last = null;
    for (const each of placed) {
      const value = each === row ? (above && above === below ? above : "own") : each.field.value;
      if (value !== "own" && value === last) groups.at(-1).push(each);
      else groups.push([each]);
      last = value;
    }
    this.number(groups, row);
  }
}

customElements.define("rank-order", RankOrder);
