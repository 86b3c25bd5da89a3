/* <conversation-log>: at the foot of a conversation. Keeps on the server what one types, completes people, sends with
   Ctrl+Enter, says how far one has read when messages come, draws those of one person together, and shows who has read
   to the end, who comes and goes, what the conversation is called, and that it went on elsewhere. */

import { MarkCompletion } from "mark-completion";

const KEEP = 800; // ms after which what was typed is kept
const SEVERAL = 500; // ms in which several people read a message

class ConversationLog extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.addEventListener("input", ({ target }) => target === this.area && this.typed(), { signal });
    this.addEventListener("keydown", (event) => this.key(event), { signal });
    this.addEventListener("htmx:beforeRequest", () => clearTimeout(this.keeping), { signal });
    this.addEventListener("htmx:afterSwap", () => this.sent(), { signal });
    // What was changed in place settles last, with the classes that it came with.
    document.addEventListener("htmx:afterSettle", ({ target }) => target.matches?.("#threads > .thread") && this.group(target), { signal });
    document.addEventListener("news:happened", ({ detail }) => this.hear(detail), { signal });
    this.threads = document.getElementById("threads");
    this.turn = Number(this.threads?.dataset.turn ?? 0);
    this.looking = Promise.resolve();
    this.watch = new MutationObserver((changes) => this.came(changes));
    if (this.threads) this.watch.observe(this.threads, { childList: true });
    this.complete();
  }

  disconnectedCallback() {
    this.stop.abort();
    this.watch.disconnect();
    clearTimeout(this.keeping);
    clearTimeout(this.soon);
  }

  get area() {
    return this.querySelector("textarea");
  }

  /* What one says oneself stands at the end, and one sees it there, however far up one was reading. */
  sent() {
    this.complete();
    requestAnimationFrame(() => document.querySelector(".conversation > .log")?.scrollTo({ top: 0, behavior: "instant" }));
  }

  complete() {
    const list = this.querySelector("[role=listbox]");
    if (list && this.area) new MarkCompletion(this.area, list, { address: this.dataset.complete, say() {} });
  }

  key(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target !== this.area) return;
    event.preventDefault();
    this.area.form.requestSubmit();
  }

  typed() {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), KEEP);
  }

  keep() {
    clearTimeout(this.keeping);
    return this.send(this.dataset.typing, { body: this.area.value });
  }

  /* A message is read by many at once: one look is enough for them. */
  hear({ at }) {
    clearTimeout(this.soon);
    if (at === "read") this.soon = setTimeout(() => this.look(), SEVERAL);
    else this.look();
  }

  /* Something happened to the conversation itself; one after the other, so that no line stands twice. */
  look() {
    this.looking = this.looking.then(() => this.show()).catch(() => null);
  }

  async show() {
    const answer = await fetch(`${this.dataset.turns}?after=${this.turn}`);
    if (!answer.ok || answer.redirected) return;
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    const told = holder.content;
    this.turn = Number(told.querySelector("[data-turn]").dataset.turn);
    document.querySelector(".conversation .called")?.replaceWith(told.querySelector(".called"));
    document.getElementById("takers")?.replaceWith(told.querySelector("#takers"));
    const onward = document.getElementById("onward");
    for (const turn of told.querySelectorAll(".turn")) {
      if (onward) onward.hidden = false;
      else if (!document.getElementById(turn.id)) this.threads.append(turn);
    }
    if (!onward) this.readBy(told.querySelector(".read-by"));
    const elsewhere = told.querySelector(".went-on");
    if (!elsewhere || this.querySelector(".went-on")) return;
    this.prepend(elsewhere);
    if (!this.area?.value) return;
    elsewhere.querySelector(".begun").hidden = false;
    this.keep();
  }

  /* What arrives while one looks has been read; one's own stands with what one said just before. */
  came(changes) {
    const fresh = changes.flatMap((change) => [...change.addedNodes]).filter((node) => node.matches?.(".thread"));
    if (!fresh.length) return;
    for (const thread of fresh) this.once(thread);
    document.querySelector(".conversation .read-by")?.remove(); // nobody has read as far as this yet
    for (const thread of fresh) this.group(thread);
    if (!document.hidden) this.send(this.dataset.reading, { upto: this.last });
  }

  /* The number of the last message on the page. */
  get last() {
    const said = [...this.threads.querySelectorAll('[id^="comment-"]')].map((each) => Number(each.id.slice(8)));
    return Math.max(0, ...said.filter(Boolean));
  }

  /* Who has read to the end, unless something was said since that was found out. */
  readBy(line) {
    document.querySelector(".conversation .read-by")?.remove();
    if (line && Number(line.dataset.upto) >= this.last) this.threads.parentElement.append(line);
  }

  /* What one person says in a row is drawn together. */
  group(thread) {
    const before = thread.previousElementSibling;
    const together = before?.matches(".thread") && before.dataset.by === thread.dataset.by && !before.querySelector(".answers");
    thread.classList.toggle("follows", Boolean(together));
  }

  /* One's own comes with the answer to sending it, and live: it stands once. */
  once(thread) {
    if (!thread.isConnected) return;
    for (const twin of this.threads.querySelectorAll(`[id="${thread.id}"]`)) if (twin !== thread) twin.remove();
  }

  send(address, values) {
    const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
    return fetch(address, { method: "POST", body: new URLSearchParams(values), headers, keepalive: true }).catch(() => null);
  }
}

customElements.define("conversation-log", ConversationLog);
