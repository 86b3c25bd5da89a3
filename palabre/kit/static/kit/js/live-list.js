/* <live-list>: a list that brings itself up to date when something waits anew (`news:waiting`). Nothing moves under the
   hands of who is in the middle of it, or has unfolded what is older: a button offers it instead. */

const TOGETHER = 1500; // ms in which what comes at once is looked for once
const FRESH = 5000; // ms in which the page is as new as its first news

class LiveList extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    this.since = Date.now();
    document.addEventListener("news:waiting", () => this.hear(), this.stop);
    this.addEventListener("htmx:afterSwap", () => (this.grown = true), this.stop);
  }

  disconnectedCallback() {
    this.stop.abort();
    clearTimeout(this.soon);
  }

  hear() {
    if (Date.now() - this.since < FRESH || this.soon) return;
    this.soon = setTimeout(() => this.look(), TOGETHER);
  }

  async look() {
    this.soon = null;
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
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
    window.htmx?.process(this);
    this.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true, detail: { elt: this } })); // its modules come
  }
}

/* What it says, whatever keys its forms carry. */
const said = (list) => list.textContent.replace(/\s+/g, " ");

customElements.define("live-list", LiveList);
