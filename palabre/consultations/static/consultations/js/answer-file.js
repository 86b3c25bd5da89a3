// <answer-file>: a file is sent as soon as it is chosen, with how far that is and a way to stop; the button below then
// sends it no second time. One that is too large is not sent at all. Without a script it goes along with the rest.

class AnswerFile extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("[type=file]");
    this.going = this.querySelector(".sending");
    this.form = this.closest("form");
    this.question = this.closest(".field");
    this.watch = new AbortController();
    this.field.addEventListener("change", (event) => this.weigh(event), { signal: this.watch.signal });
    this.going.querySelector("button").addEventListener("click", () => this.stop(), { signal: this.watch.signal });
    const listen = (name, heard) => this.form.addEventListener(name, heard, { signal: this.watch.signal });
    listen("htmx:beforeRequest", () => this.field.files.length && this.begin());
    listen("htmx:xhr:progress", ({ detail }) => detail.lengthComputable && this.show((100 * detail.loaded) / detail.total));
    listen("enclosed", ({ detail }) => this.end(detail[this.getAttribute("name")]));
    for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
      listen(name, () => this.going.hidden || this.end({ refused: this.dataset.lost, keep: true }));
    }
  }

  disconnectedCallback() {
    this.watch.abort();
  }

  weigh(event) {
    const [file] = this.field.files;
    if (!file || file.size <= Number(this.dataset.largest ?? Infinity)) return;
    event.stopPropagation(); // the form would send it
    this.refuse(this.dataset.large);
    this.field.value = "";
  }

  stop() {
    this.form.dispatchEvent(new CustomEvent("htmx:abort", { bubbles: true, detail: { elt: this.form } }));
    this.end({ refused: "" });
    this.field.focus();
  }

  begin() {
    this.question.querySelector(":scope > .err")?.remove(); // what was wrong with the one before
    this.refuse("");
    this.going.hidden = false;
    this.show(0);
  }

  show(percent) {
    this.going.querySelector("progress").value = percent;
  }

  end(told) {
    this.going.hidden = true;
    if (!told) return;
    if (told.kept) this.say(".enclosed", told.kept);
    else this.refuse(told.refused);
    if (!told.keep) this.field.value = "";
  }

  refuse(words) {
    this.question.classList.toggle("bad", Boolean(words));
    this.field.setAttribute("aria-invalid", Boolean(words));
    this.say(".err", words);
  }

  say(place, words) {
    const line = this.querySelector(place);
    line.hidden = !words;
    line.querySelector("span").textContent = words;
  }
}

customElements.define("answer-file", AnswerFile);
