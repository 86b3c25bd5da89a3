/* <live-list>: a list that brings itself up to date when something else waits (`news:waiting`), be it that it came, or
   that it was read, written, put off or muted in another tab. Nothing moves under the hands of who is in the middle of
   it, or has unfolded what is older: a button offers it instead. With `data-from` it is the list of that page, which
   comes once it is seen, and says of the page that one is on that it is this one. */

const TOGETHER = 1500; // ms in which what comes at once is looked for once

class LiveList extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    this.looking = Promise.resolve();
    document.addEventListener("news:waiting", ({ detail }) => this.hear(detail), this.stop);
    this.addEventListener("htmx:afterSwap", () => (this.grown = true), this.stop);
    if (this.dataset.from) this.look();
  }

  disconnectedCallback() {
    this.stop.abort();
    clearTimeout(this.soon);
  }

  hear({ anew }) {
    if (!anew || this.soon) return;
    this.soon = setTimeout(() => this.look(), TOGETHER);
  }

  /* One look after the other: an answer that was long on its way does not stand in for what came after it. */
  look() {
    this.soon = null;
    this.looking = this.looking.then(() => this.show()).catch(() => null);
  }

  async show() {
    if (!this.getClientRects().length) return;
    const answer = await fetch(this.dataset.from ?? location.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || answer.redirected || !this.isConnected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("live-list");
    if (!fresh || said(fresh) === (this.offered ?? said(this))) return;
    if (this.isBusy()) this.offer(fresh);
    else this.put(fresh);
  }

  isBusy() {
    return this.grown || this.contains(document.activeElement) || this.querySelector("details[open]") !== null;
  }

  offer(fresh) {
    this.offered = said(fresh);
    this.querySelector(":scope > .note")?.remove();
    const note = Object.assign(document.createElement("p"), { className: "note changed" });
    note.setAttribute("role", "status");
    const words = Object.assign(document.createElement("b"), { textContent: this.dataset.new });
    const button = Object.assign(document.createElement("button"), { className: "btn", textContent: this.dataset.show });
    button.addEventListener("click", () => this.put(fresh));
    note.append(words, button);
    this.prepend(note);
  }

  put(fresh) {
    this.offered = this.grown = undefined;
    this.replaceChildren(...fresh.childNodes);
    for (const link of this.dataset.from ? this.querySelectorAll("a[href]") : []) {
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    }
    window.htmx?.process(this);
    this.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true, detail: { elt: this } })); // its modules come
  }
}

/* What it says, whatever keys its forms carry. */
const said = (list) => list.textContent.replace(/\s+/g, " ");

customElements.define("live-list", LiveList);
