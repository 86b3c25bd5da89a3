// Keyboard: an element with data-key="e" is clicked by that key; "?" lists what this page offers, and what its own elements
// understand, which <template data-keys> says.

const typing = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
const words = (node) => (node.nodeName === "LIVE-COUNT" ? "" : node.textContent);
const named = (element) => element.getAttribute("aria-label") || Array.from(element.childNodes, words).join("").trim();
const seen = (element) => element.getClientRects().length > 0;

class KeyMap extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.stop = new AbortController();
    document.addEventListener("keydown", (event) => this.press(event), { signal: this.stop.signal });
    this.dialog.addEventListener("toggle", () => this.dialog.open && this.list());
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  press(event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "?") this.dialog.showModal();
    else if (/^\S$/.test(event.key)) this.find(event.key)?.click();
    else return;
    if (event.key === "?" || this.find(event.key)) event.preventDefault();
  }

  find(key) {
    return Array.from(document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)).find(seen);
  }

  list() {
    const list = this.dialog.querySelector("dl");
    for (const old of list.querySelectorAll("[data-found]")) old.remove();
    const told = new Set();
    for (const element of document.querySelectorAll("[data-key]")) {
      if (told.has(element.dataset.key) || !seen(element)) continue;
      told.add(element.dataset.key);
      const term = document.createElement("dt");
      const keys = document.createElement("dd");
      const key = document.createElement("kbd");
      term.textContent = named(element);
      key.textContent = element.dataset.key;
      term.dataset.found = keys.dataset.found = "";
      keys.append(key);
      list.append(term, keys);
    }
    for (const { content } of document.querySelectorAll("template[data-keys]")) {
      const told = content.cloneNode(true);
      for (const each of told.children) each.dataset.found = "";
      list.append(told);
    }
  }
}

customElements.define("key-map", KeyMap);
