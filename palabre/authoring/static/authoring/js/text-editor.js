// <text-editor>: a form with a plain <textarea>, made comfortable. Without it the form works all the same.
// It keeps the draft on the server and a copy on the device, shows the preview, completes marks, sends files.

import { commands, insert, replace } from "text-commands";
import { MarkCompletion } from "mark-completion";
import { TextCopies } from "text-copies";
import { renew } from "form-tokens";

const PAUSE = 1200;
const LONGEST_WAIT = 6000;
const KEYS = {
  "ctrl+b": "bold", "ctrl+i": "italic", "ctrl+k": "link", "ctrl+e": "code",
  "ctrl+alt+2": "heading", "ctrl+shift+8": "list", "ctrl+shift+9": "tasks", "ctrl+shift+q": "quote",
};

class TextEditor extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.body = this.form.elements.namedItem("body");
    this.heading = this.form.elements.namedItem("title");
    this.basedOn = this.form.elements.namedItem("based_on");
    this.preview = this.querySelector("[data-preview]");
    this.told = this.querySelector("[data-told]");
    this.stop = new AbortController();
    this.saved = this.read();
    this.copies = new TextCopies(this.dataset.copy);
    this.reveal();
    this.listen();
    this.offerCopy();
    this.completion = new MarkCompletion(this.body, this.querySelector("[role=listbox]"), {
      address: this.dataset.completeAddress,
      say: (count) => this.say(`${count} ${this.dataset.found}`),
    });
    this.takeUp();
  }

  /* What was typed while this script was on its way is as unsaved as what comes after. */
  takeUp() {
    if (!this.isTouched) return;
    this.saved = "";
    this.changed();
  }

  disconnectedCallback() {
    this.stop.abort();
    this.completion?.close();
    clearTimeout(this.pause);
    clearTimeout(this.limit);
  }

  reveal() {
    for (const part of this.querySelectorAll(".views, .toolbar")) part.hidden = false;
    for (const part of this.querySelectorAll("[data-without-script]")) part.hidden = part.disabled = true;
    this.view(this.preview.hidden ? "write" : "both");
    this.chooseSpace();
    this.rove();
  }

  listen() {
    const { signal } = this.stop;
    const on = (target, name, what) => target.addEventListener(name, what, { signal });
    on(this.form, "input", () => this.changed());
    on(this.form, "change", (event) => event.target.name === "space" && this.chooseSpace());
    on(this.form, "submit", (event) => this.leaving(event));
    on(this.form, "click", (event) => this.click(event));
    on(this.form, "keydown", (event) => this.key(event));
    on(this.body, "paste", (event) => this.paste(event));
    on(this.body, "drop", (event) => this.receive(event, event.dataTransfer));
    on(this.body, "dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
    on(this.querySelector("[data-file]"), "change", (event) => this.send(event.target.files));
    on(window, "beforeunload", (event) => this.isUnsaved && !this.left && event.preventDefault());
    on(window, "pageshow", () => (this.left = false));
    on(window, "online", () => this.isUnsaved && this.keep());
    on(document, "visibilitychange", () => document.hidden && this.isUnsaved && this.keep());
  }

  // What is written, and whether the server has it

  read() {
    const data = new FormData(this.form);
    return JSON.stringify(["title", "body", "space", "kind", "tags", "note", "publish_at"].map((name) => data.get(name) ?? ""));
  }

  get isUnsaved() {
    return this.read() !== this.saved;
  }

  changed() {
    if (!this.isUnsaved) return;
    this.state(this.dataset.unsaved, "unsaved");
    this.copies.keep(this.text());
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.keep(), PAUSE);
    this.limit ??= setTimeout(() => this.keep(), LONGEST_WAIT);
    if (!this.preview.hidden) this.show();
  }

  keep() {
    clearTimeout(this.pause);
    clearTimeout(this.limit);
    this.limit = undefined;
    if (this.left) return;
    if (this.keeping) {
      this.again = true;
      return;
    }
    this.keeping = this.save().finally(() => {
      this.keeping = null;
      if (this.again) {
        this.again = false;
        this.keep();
      }
    });
  }

  async save() {
    const sent = this.read();
    this.state(this.dataset.saving, "saving");
    renew();
    try {
      const answer = await fetch(this.dataset.draftAddress, { method: "POST", body: new FormData(this.form) });
      // Who is signed in no longer is sent to the sign-in, and may go on once they did that in another window.
      if (answer.redirected) return this.stranded(this.dataset.signedOut);
      if ([403, 404].includes(answer.status)) return this.state(this.dataset.closed, "not-saved");
      const kept = await answer.json();
      if (answer.ok) {
        this.saved = sent;
        for (const name of ["draft", "stamp"]) this.form.elements.namedItem(name).value = kept[name];
        this.state(kept.told, "saved");
        this.settle(kept.draft);
        if (this.isUnsaved) this.changed();
        else this.copies.forget();
      } else {
        this.state(kept.told ?? this.dataset.notSaved, "not-saved");
      }
    } catch {
      this.stranded(this.dataset.notSaved);
    }
  }

  stranded(why) {
    this.state(why, "not-saved");
    this.pause = setTimeout(() => this.keep(), LONGEST_WAIT);
  }

  // A new text has an address of its own once it is kept, so that a reload finds it again.
  settle(draft) {
    if (this.form.elements.namedItem("item").value || location.search.includes(`draft=${draft}`)) return;
    this.dataset.copy = this.dataset.copy.replace(/:[^:]*$/, `:draft-${draft}`);
    this.copies.moveTo(this.dataset.copy);
    history.replaceState(null, "", `?draft=${draft}`);
  }

  state(text, name) {
    const shown = this.querySelector("[data-state]");
    if (shown.textContent !== text) shown.textContent = text;
    shown.dataset.state = name;
  }

  leaving(event) {
    const { submitter } = event;
    if (this.keeping || this.sending) {
      // What is on its way arrives first: a draft would stay behind the text it became, a file belong to none. Where a
      // file did not arrive, its sender is told before anybody reads the text.
      event.preventDefault();
      this.again = false;
      if (this.sending) this.state(this.dataset.uploading, "saving");
      Promise.all([this.sending, this.keeping]).then(([sent]) => sent !== false && this.form.requestSubmit(submitter));
      return;
    }
    this.left = true;
    clearTimeout(this.pause);
    clearTimeout(this.limit);
    this.form.elements.namedItem("copy").value = this.dataset.copy;
    if (submitter?.dataset.leaves !== undefined) this.copies.forget();
  }

  // The copies on this device

  text() {
    return { title: this.heading.value, body: this.body.value, basedOn: this.basedOn.value };
  }

  get isTouched() {
    return [this.heading, this.body].some((field) => field.value !== field.defaultValue);
  }

  offerCopy() {
    const arrived = /(?:^|; )written=([^;]*)/.exec(document.cookie)?.[1];
    if (arrived) {
      for (const key of decodeURIComponent(arrived).split(",")) new TextCopies(key).forget();
      document.cookie = "written=; max-age=0; path=/";
    }
    this.offer(this.copies.others(this.text()));
  }

  /* What was lost stays on offer until it is answered, whatever is typed meanwhile. */
  offer([lost]) {
    const offer = this.querySelector("[data-copy-offer]");
    offer.hidden = !lost;
    if (!lost) return;
    offer.querySelector("[data-copy-take]").onclick = () => {
      const replaced = this.isTouched ? this.text() : null;
      this.heading.value = lost.title;
      this.body.value = lost.body;
      // It goes on from the version it was written on: what others have saved since is put together with it.
      if (lost.basedOn) this.basedOn.value = lost.basedOn;
      this.offer(this.copies.answered(lost, replaced));
      this.body.focus();
      this.changed();
    };
    offer.querySelector("[data-copy-leave]").onclick = () => {
      this.offer(this.copies.answered(lost));
      this.body.focus();
    };
  }

  // Tools and keys

  click(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.do) this.do(button.dataset.do);
    if (button.dataset.view) this.view(button.dataset.view);
  }

  do(name) {
    if (name === "file") return this.querySelector("[data-file]").click();
    commands[name](this.body);
    this.completion.look();
  }

  key(event) {
    if (event.isComposing) return;
    if (event.target === this.heading && event.key === "Enter") {
      event.preventDefault();
      this.body.focus();
    }
    if (event.target !== this.body || event.defaultPrevented) return;
    const pressed = ["ctrl", "alt", "shift"].filter((name) => (name === "ctrl" ? event.ctrlKey || event.metaKey : event[`${name}Key`]));
    const digit = /^Digit(\d)$/.exec(event.code)?.[1];
    const command = KEYS[[...pressed, digit ?? event.key.toLowerCase()].join("+")];
    if (command) {
      event.preventDefault();
      event.stopPropagation();
      this.do(command);
    } else if (event.key === "Enter" && !pressed.length) {
      commands.enter(this.body) && event.preventDefault();
    } else if (event.key === "Enter" && pressed.join() === "ctrl") {
      event.preventDefault();
      this.form.requestSubmit(this.querySelector("[name=action][value^=publish]:not([hidden])"));
    }
  }

  rove() {
    const bar = this.querySelector("[role=toolbar]");
    const buttons = [...bar.querySelectorAll("button")];
    buttons.forEach((button, index) => (button.tabIndex = index ? -1 : 0));
    bar.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
      if (to === undefined || at < 0) return;
      event.preventDefault();
      buttons[at].tabIndex = -1;
      const next = buttons.at(to % buttons.length);
      next.tabIndex = 0;
      next.focus();
    }, { signal: this.stop.signal });
  }

  // Who will read

  chooseSpace() {
    const chosen = this.form.querySelector("[name=space]:checked")?.value;
    if (!chosen) return;
    for (const part of this.querySelectorAll("[data-space]")) part.hidden = part.dataset.space !== chosen;
    if (!this.preview.hidden) this.show();
  }

  // The preview

  view(name) {
    this.dataset.view = name;
    for (const button of this.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === name));
    }
    this.preview.hidden = name === "write";
    if (name !== "write") this.show();
  }

  async show() {
    if (this.showing) return (this.stale = true);
    this.showing = true;
    renew();
    try {
      const answer = await fetch(this.dataset.previewAddress, { method: "POST", body: new FormData(this.form) });
      if (answer.ok && !answer.redirected) this.preview.innerHTML = await answer.text();
    } catch {
      // The last preview stays until the line is back.
    } finally {
      this.showing = false;
      if (this.stale) {
        this.stale = false;
        this.show();
      }
    }
  }

  // Files pasted, dropped or chosen

  receive(event, data) {
    if (!data?.files.length) return;
    event.preventDefault();
    this.send(data.files);
  }

  /* A table of a spreadsheet is copied as a picture too, and its words are what was meant. A file that is copied brings
     its name along, and no more. */
  paste(event) {
    const worded = ["text/plain", "text/html"].every((form) => event.clipboardData?.getData(form).trim());
    if (!worded) this.receive(event, event.clipboardData);
  }

  /* Each file holds its place in the text while it is on its way: whoever writes on does not move it. */
  send(files) {
    if (!files.length) return;
    const sent = [...files].map((file) => {
      const name = file.name || "image.png";
      return { file, name, place: `[${this.dataset.uploading} ${name.replace(/[[\]<>\\`]/g, " ")}]` };
    });
    insert(this.body, sent.map(({ place }) => `${place}\n`).join(""));
    this.say(this.dataset.uploading);
    const before = this.sending;
    const sending = (async () => {
      let all = (await before) ?? true;
      for (const each of sent) all = (await this.sendOne(each)) && all;
      if (this.sending === sending) this.sending = null;
      return all;
    })();
    this.sending = sending;
  }

  async sendOne({ file, name, place }) {
    const item = this.form.elements.namedItem("item").value;
    const data = new FormData();
    data.append("file", file, name);
    const headers = { Accept: "application/json", "X-CSRFToken": this.form.elements.namedItem("csrfmiddlewaretoken").value };
    try {
      // A slow line is the live process's to wait for.
      const live = document.querySelector("meta[name=live]")?.content ?? "";
      const address = item ? `${live}/items/${item}/files/` : `${live}/files/`;
      const answer = await fetch(address, { method: "POST", body: data, headers, credentials: "include" });
      const said = await answer.json();
      if (said.error) throw new Error(said.error);
      replace(this.body, place, said.files[0].markdown);
      this.say(name);
      return true;
    } catch (problem) {
      replace(this.body, `${place}\n`, "");
      const why = problem.name === "Error" ? problem.message : name;
      this.say(why);
      this.state(`${this.dataset.notSent}: ${why}`, "not-saved");
      return false;
    }
  }

  say(text) {
    this.told.textContent = text;
  }
}

customElements.define("text-editor", TextEditor);
