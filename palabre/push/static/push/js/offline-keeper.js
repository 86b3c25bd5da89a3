import { ask, register } from "service-worker";
import { carried, fieldsOf, refilled, wordsOf } from "kept-form";

const SOON = 3000; // ms in which the worker has kept a form, or the form goes without
const FIRST_PAUSE = 500; // ms until what waits is sent again, each pause twice as long as the one before
const LONGEST_PAUSE = 60000;

/**
 * <offline-keeper>: on every page of who is signed in. Gives each form marked `data-outbox` a key of its own; keeps what
 * could not be sent for want of a line; shows what waits, what was sent since, and what was refused.
 */
class OfflineKeeper extends HTMLElement {
  keys = new WeakMap();
  arrivals = [];

  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    document.addEventListener("htmx:configRequest", (event) => this.name(event), { signal });
    document.addEventListener("htmx:afterRequest", (event) => this.done(event), { signal });
    document.addEventListener("htmx:sendError", (event) => this.keep(event), { signal });
    document.addEventListener("submit", (event) => this.leave(event), { signal });
    addEventListener("online", () => this.resume(), { signal });
    addEventListener("offline", () => this.show(), { signal });
    document.addEventListener("news:waiting", () => ask({ ask: "told" }).catch(() => {}), { signal });
    navigator.serviceWorker?.addEventListener("message", ({ data }) => this.hear(data), { signal });
    this.begin();
  }

  disconnectedCallback() {
    this.stop.abort();
    clearTimeout(this.later);
  }

  /* Where a worker is at work, what waits is shown at once: without a line, to look for a newer one takes its time. */
  async begin() {
    const registered = register(this.getAttribute("worker"));
    if (!navigator.serviceWorker?.controller) await registered.then(() => navigator.serviceWorker?.ready);
    await this.resume();
  }

  /* A browser says that the line is back before it leads to the house: as long as something waits, it is sent again. */
  async resume(pause = FIRST_PAUSE) {
    clearTimeout(this.later);
    await this.show();
    if (!navigator.onLine) return;
    await ask({ ask: "send" }).catch(() => {});
    await ask({ ask: "tidy" }).catch(() => {});
    const waiting = await this.show();
    if (this.stop.signal.aborted || !waiting.some((entry) => entry.reader && !entry.refused)) return;
    this.later = setTimeout(() => this.resume(Math.min(2 * pause, LONGEST_PAUSE)), pause);
  }

  words(name) {
    return this.querySelector(`[data-words="${name}"]`)?.content.textContent.trim() ?? "";
  }

  /* The same words sent again, by hand or by us, have the same key: the house accepts them once. */
  key(form, fields) {
    const said = JSON.stringify(fields.map(([name, value]) => [name, value.name ?? value, value.size]));
    const known = this.keys.get(form);
    const key = known?.said === said ? known.key : crypto.randomUUID();
    this.keys.set(form, { said, key });
    return key;
  }

  entry(form, fields, address) {
    return {
      key: this.key(form, fields),
      address,
      fields,
      words: wordsOf(form),
      reader: this.getAttribute("reader"),
      place: location.pathname,
      title: document.querySelector("h1")?.textContent.trim() ?? "",
    };
  }

  // Forms that htmx sends

  name({ detail: { elt, verb, headers } }) {
    if (!crypto.randomUUID) return; // where the line is not encrypted, no worker keeps anything
    if (elt.matches("form[data-outbox]") && verb === "post") headers["Idempotency-Key"] = this.key(elt, fieldsOf(elt));
  }

  done({ detail }) {
    if (detail.successful) this.keys.delete(detail.elt);
  }

  async keep({ detail: { elt: form } }) {
    if (!form.matches("form[data-outbox]")) return;
    const entry = this.entry(form, fieldsOf(form), form.getAttribute("action"));
    const kept = await ask({ ask: "keep", entry }).catch(() => null);
    for (const button of form.querySelectorAll("[aria-busy=true]")) button.removeAttribute("aria-busy");
    if (!kept) return; // the words stay in their form
    this.keys.delete(form);
    if (form.dataset.outbox !== "change") this.empty(form);
    await this.show();
  }

  /* As before anything was written: emptied alone, it would be blamed for being empty. */
  empty(form) {
    for (const area of form.querySelectorAll("textarea")) area.defaultValue = "";
    form.reset();
  }

  // Forms that the browser sends by itself

  /* It is kept first, and goes then: whatever dies on the way, its words are here. The worker sees it leave by its key. */
  async leave(event) {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || !form.matches("form[data-outbox]") || submitter?.closest("[formaction], [data-aside]")) return;
    if (form === this.released || !navigator.serviceWorker?.controller) return;
    event.preventDefault();
    if (form === this.held) return;
    this.held = form;
    const address = new URL(form.getAttribute("action") || location.href, location.href);
    address.hash = "";
    const entry = this.entry(form, fieldsOf(form, submitter), address.pathname + address.search);
    const late = new Promise((resolve) => setTimeout(resolve, SOON));
    await Promise.race([ask({ ask: "keep", entry: { ...entry, leaves: true } }).catch(() => null), late]);
    const action = form.getAttribute("action");
    address.searchParams.set("once", entry.key);
    form.setAttribute("action", address.pathname + address.search);
    this.released = form;
    form.requestSubmit(submitter);
    this.released = this.held = null;
    if (action === null) form.removeAttribute("action");
    else form.setAttribute("action", action);
  }

  /* A form that was refused, or that its author has to claim, is sent by itself: the house shows what comes of it. */
  async look(entry) {
    const { answer: token } = await ask({ ask: "token" });
    const form = refilled(carried(entry.address, entry.key), [...entry.fields, ["csrfmiddlewaretoken", token]]);
    document.body.append(form);
    form.submit();
  }

  /* What another application shared while nobody was signed in is of whoever says so. */
  async take(entry) {
    await ask({ ask: "claim", id: entry.id });
    await this.look(entry);
  }

  // What is shown

  async hear(data) {
    if (data?.said === "sent") this.arrivals.push(data);
    if (data?.said) await this.show();
  }

  async show() {
    const waiting = (await ask({ ask: "words" }).catch(() => null))?.answer ?? [];
    const offline = !navigator.onLine && !document.querySelector("shelf-list");
    const says = offline ? "offline" : this.arrivals.length && !waiting.length ? "sent" : "";
    const told = this.querySelector("[data-says]");
    if (told.textContent !== this.words(says)) told.textContent = this.words(says);
    const lines = [...waiting.map((entry) => this.line(entry)), ...this.arrivals.map((each) => this.arrived(each))];
    this.querySelector("[data-waiting]").replaceChildren(...lines);
    this.hidden = !says && !lines.length;
    return waiting;
  }

  line(entry) {
    const line = document.createElement("li");
    const text = document.createElement("div");
    const quote = document.createElement("blockquote");
    quote.textContent = entry.words;
    const state = document.createElement("small");
    const shared = !entry.reader;
    const why = entry.refused ? this.words(entry.refused) || this.words("refused") : this.words(shared ? "shared" : "waiting");
    state.textContent = entry.title && entry.place !== location.pathname ? `${entry.title} · ${why}` : why;
    text.append(quote, state);
    line.append(text);
    if (shared && !entry.refused) {
      text.append(this.row(this.button("take", () => this.take(entry)), this.discard(entry)));
    } else if (entry.refused) {
      const copy = this.button("copy-it", () => navigator.clipboard.writeText(entry.words));
      const again = this.button("again", () => ask({ ask: "again", id: entry.id }));
      text.append(this.row(this.button("look", () => this.look(entry)), copy, again, this.discard(entry)));
    }
    return line;
  }

  row(...buttons) {
    const row = document.createElement("div");
    row.className = "row";
    row.append(...buttons);
    return row;
  }

  arrived({ place, words }) {
    const line = document.createElement("li");
    const text = document.createElement("div");
    const link = document.createElement("a");
    link.className = "link";
    link.href = place;
    link.textContent = this.words("see");
    const small = document.createElement("small");
    small.textContent = words.split("\n", 1)[0];
    text.append(small, link);
    line.append(text);
    return line;
  }

  discard(entry) {
    return this.button("discard", () => ask({ ask: "discard", id: entry.id }));
  }

  button(name, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = this.words(name);
    button.addEventListener("click", async () => {
      await Promise.resolve(act()).catch(() => {});
      await this.show();
    });
    return button;
  }
}

customElements.define("offline-keeper", OfflineKeeper);
