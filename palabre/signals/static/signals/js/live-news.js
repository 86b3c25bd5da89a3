/* <live-news>: keeps a line open to the live process while the page is seen, and shows what comes: how much waits in
   the inbox, comments as they are made, who is writing, that the text has changed. Without a line it asks now and then. */

const POLL = 60_000; // ms between two questions, where no line can be kept
const WRITING = 4_000; // ms between two words that one is writing
const SHOWN = 6_000; // ms after which somebody who writes no more is not shown any more
const AGAIN = 3_000; // ms until what could not be fetched is asked for again
const AWAY = 5_000; // ms in which a page that is being left gives way to the next one
const MOST = 99;

/* A number as the frame shows it: none of nothing, and no more than one can take in. */
const short = (number) => (number > MOST ? `${MOST}+` : number ? String(number) : "");

/* What leads to the same, or does the same. */
const isTwin = (one, other) => ["id", "href", "formaction", "name"].every((each) => one.getAttribute(each) === other.getAttribute(each));

class LiveNews extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    const about = document.querySelector("[data-live-item]");
    this.item = about?.dataset.liveItem ?? "";
    this.after = about?.dataset.liveAfter ?? "";
    this.title = document.title;
    document.addEventListener("visibilitychange", () => this.look(), { signal });
    document.addEventListener("input", (event) => this.write(event), { signal });
    // Who has just left what the page shows is on their way elsewhere; loading it again would hold them up.
    window.addEventListener("beforeunload", () => (this.away = true), { signal });
    this.look();
  }

  disconnectedCallback() {
    this.stop.abort();
    this.close();
  }

  /* A page that nobody looks at keeps no line; it catches up when it is looked at again. */
  look() {
    if (document.hidden) this.close();
    else if (!this.source && !this.polling) this.open();
  }

  open() {
    if (!this.dataset.address) return this.poll();
    const address = new URL(this.dataset.address);
    const asked = { item: this.item, language: document.documentElement.lang, after: this.after };
    for (const [name, value] of Object.entries(asked)) if (value) address.searchParams.set(name, value);
    this.source = new EventSource(address, { withCredentials: true });
    const hear = (name, tell) =>
      this.source.addEventListener(name, (event) => {
        if (event.lastEventId) this.after = event.lastEventId;
        tell(JSON.parse(event.data));
      });
    hear("inbox", (told) => this.count(told));
    hear("item", (told) => this.happened(told));
    hear("page", (told) => this.tell(told));
    hear("writing", (told) => this.writes(told.name));
    hear("gone", () => setTimeout(() => location.reload(), this.away ? AWAY : 0));
    this.source.addEventListener("open", () => this.patient());
    this.source.addEventListener("error", () => {
      if (!this.polling) this.poll(); // also while the browser tries again by itself, which it does for ever
    });
  }

  close() {
    this.source?.close();
    this.source = null;
    this.patient();
  }

  patient() {
    clearInterval(this.polling);
    this.polling = null;
  }

  poll() {
    this.patient();
    this.polling = setInterval(() => this.ask(), POLL);
  }

  async ask() {
    const asked = new URLSearchParams(this.item ? { item: this.item, after: this.after } : {});
    const answer = await fetch(`${this.dataset.poll}?${asked}`, { headers: { accept: "application/json" } }).catch(() => null);
    if (answer?.status === 404) return location.reload(); // what is shown may be read no more
    if (!answer?.ok || answer.redirected) return;
    const { waiting, happened = [], after } = await answer.json();
    this.after = after ?? this.after;
    this.count(waiting);
    for (const told of happened) await this.happened(told);
  }

  /* How much waits, by the name of the place; of the inbox, the title says it too. */
  count(waiting) {
    let anew = this.counted; // what is told first is what waited when the line was opened: mostly as when the page was made
    this.counted = true;
    for (const [name, number] of Object.entries(waiting))
      for (const place of document.querySelectorAll(`live-count[name="${name}"]`)) {
        anew ||= place.textContent !== short(number);
        place.textContent = short(number);
      }
    const said = short(waiting.inbox ?? 0);
    document.title = said ? `(${said}) ${this.title}` : this.title;
    if (said && this.shown) this.seen();
    document.dispatchEvent(new CustomEvent("news:waiting", { detail: { waiting, anew } }));
  }

  async happened(told) {
    if (told.comment) await this.discuss(told);
    else if (told.text) return told.mine || this.change(told);
    else this.tell(told);
  }

  /* Who knows what it means looks. */
  tell(told) {
    document.dispatchEvent(new CustomEvent("news:happened", { detail: told }));
  }

  /* What is shown while one looks has been seen: it does not wait in the inbox as well. */
  async seen() {
    const body = new URLSearchParams({ event: this.shown });
    this.shown = 0;
    const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
    await fetch(this.dataset.seen.replace("/0/", `/${this.item}/`), { method: "POST", body, headers }).catch(() => {}); // without a line it waits in the inbox
  }

  async discuss(told) {
    const threads = document.getElementById("threads");
    if (!threads) return this.change(told);
    if (told.mine && document.getElementById(`comment-${told.comment}`)) return;
    let old = document.getElementById(`thread-${told.thread}`);
    if (!old && this.isOnward(threads)) return;
    if (!old && this.isEarlier(threads, told.thread)) return this.say(told.mine ? "" : told.said, `/comments/${told.comment}/`);
    const answer = await fetch(`/comments/${told.thread}/thread/`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer || answer.status >= 500) return void setTimeout(() => this.isConnected && this.discuss(told), AGAIN); // it was told, and would not be told again
    if (!answer.ok) return;
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    const fresh = holder.content.querySelector(".thread");
    this.number(holder.content.querySelector("#messages"));
    old = document.getElementById(`thread-${told.thread}`); // one's own may have come by another way meanwhile
    if (!fresh || old?.isEqualNode(fresh) || (told.mine && document.getElementById(`comment-${told.comment}`))) return;
    this.shown = told.event;
    if (old && this.isBusy(old)) this.offer(old, fresh, told);
    else this.put(old, fresh, threads);
    if (!told.mine) this.say(told.said, this.isSeen(told.comment) ? "" : `#comment-${told.comment}`);
  }

  /* Whether it stands where one looks: an answer may come to a thread far above. */
  isSeen(comment) {
    const place = document.getElementById(`comment-${comment}`)?.getBoundingClientRect();
    return !place || (place.bottom > 0 && place.top < innerHeight);
  }

  /* The page ends before what is newest: what comes stands on the next one, and where there is a place to say so, it says. */
  isOnward(threads) {
    const onward = document.getElementById("onward");
    if (onward) onward.hidden = false;
    return Boolean(onward ?? threads.querySelector(":scope > .more"));
  }

  /* An answer to what stands on a page before this one. */
  isEarlier(threads, thread) {
    const first = threads.querySelector(".thread");
    return Boolean(first) && thread < Number(first.id.slice("thread-".length));
  }

  /* How much was said, beside the heading. */
  number(said) {
    const shown = document.getElementById("messages");
    if (said && shown) shown.textContent = said.textContent;
  }

  /* Who stands on a button of what is replaced stands on the same one of what takes its place. */
  put(old, fresh, threads) {
    const held = old?.contains(document.activeElement) ? document.activeElement : null;
    if (old) old.replaceWith(fresh);
    else threads.append(fresh);
    window.htmx?.process(fresh);
    fresh.classList.add("arrived");
    if (held) [...fresh.querySelectorAll(held.localName)].find((each) => isTwin(each, held))?.focus({ preventScroll: true });
  }

  /* Somebody writes in this thread: nothing moves under their hands. */
  isBusy(thread) {
    return [...thread.querySelectorAll("textarea")].some((area) => area.value || area === document.activeElement);
  }

  offer(old, fresh, told) {
    old.querySelector(":scope > .arriving")?.remove();
    const button = document.createElement("button");
    button.className = "btn quiet arriving";
    button.textContent = [told.said, this.dataset.show].filter(Boolean).join(" · ");
    button.addEventListener("click", () => {
      for (const form of old.querySelectorAll(".reply > :has(textarea)")) fresh.querySelector(`#${form.parentElement.id}`)?.replaceChildren(form);
      this.put(old, fresh);
    });
    old.append(button);
  }

  change(told) {
    const text = document.getElementById("text");
    if (!text) return;
    document.querySelector(".note.changed")?.remove();
    const note = document.createElement("div");
    note.className = "note changed";
    note.setAttribute("role", "status");
    const said = document.createElement("b");
    said.textContent = told.said || this.dataset.changed;
    const link = document.createElement("a");
    link.className = "btn";
    link.href = location.pathname;
    link.textContent = this.dataset.show;
    link.addEventListener("click", (event) => {
      if (!told.place || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      history.scrollRestoration = "manual"; // it is loaded again where that stands, not where one was
      location.hash = told.place;
      location.reload();
    });
    note.append(said, link);
    text.before(note);
  }

  writes(name) {
    this.say(`${name} ${this.dataset.writes}`);
    clearTimeout(this.fading);
    this.fading = setTimeout(() => this.say(""), SHOWN);
  }

  /* `address` is where it stands, if that is not on this page. */
  say(words, address = "") {
    const form = document.getElementById("comment-form") ?? document.getElementById("threads");
    if (!form) return;
    this.status ??= Object.assign(document.createElement("p"), { className: "when live-status", role: "status" });
    if (!this.status.isConnected) form.before(this.status);
    this.status.textContent = words;
    if (!words || !address) return;
    clearTimeout(this.fading);
    this.status.append(" · ", Object.assign(document.createElement("a"), { className: "link", href: address, textContent: this.dataset.show }));
  }

  write(event) {
    if (!this.item || !this.dataset.address || !event.target.matches("#discussion textarea") || Date.now() - (this.written ?? 0) < WRITING) return;
    this.written = Date.now();
    fetch(`${this.dataset.address}${this.item}/writing/`, { method: "POST", credentials: "include" }).catch(() => {});
  }
}

customElements.define("live-news", LiveNews);
