/* <message-files>: the files that go with a message or an answer. They are chosen, or pasted and dropped anywhere
   around; what is chosen next goes besides, and each can be left out again. What was refused is still there to be sent
   otherwise. */

let refused = []; // files of a form that came back

class MessageFiles extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.files = [...(this.files ?? []), ...refused];
    refused = [];
    const around = this.closest("answer-form") ?? this.closest(".conversation") ?? this.form;
    this.input.addEventListener("change", () => this.add(this.input.files), { signal });
    this.form.addEventListener("reset", () => this.put([]), { signal });
    document.addEventListener("htmx:beforeSwap", ({ detail }) => this.leave(detail), { signal }); // told to what is swapped
    this.form.addEventListener("paste", (event) => this.paste(event), { signal });
    around.addEventListener("dragover", (event) => this.offer(event, around), { signal });
    around.addEventListener("dragleave", ({ relatedTarget }) => {
      if (!around.contains(relatedTarget)) around.classList.remove("receiving");
    }, { signal });
    around.addEventListener("drop", (event) => this.receive(event, around), { signal });
    this.put(this.files);
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  get form() {
    return this.closest("form");
  }

  get input() {
    return this.querySelector("input[type=file]");
  }

  add(files) {
    const fresh = [...files].filter((file) => !this.files.some((kept) => same(kept, file)));
    this.put([...this.files, ...fresh]);
  }

  put(files) {
    this.files = files;
    const sent = new DataTransfer();
    for (const file of files) sent.items.add(file);
    this.input.files = sent.files;
    this.querySelector(".attached").replaceChildren(...files.map((file) => this.line(file)));
  }

  line(file) {
    const line = document.createElement("li");
    const out = this.querySelector("template").content.firstElementChild.cloneNode(true);
    const name = document.createElement("span");
    name.textContent = file.name;
    out.setAttribute("aria-label", out.getAttribute("aria-label").replace("{name}", file.name));
    out.addEventListener("click", () => {
      this.put(this.files.filter((each) => each !== file));
      (this.querySelector(".attached button") ?? this.input).focus();
    });
    line.append(name, out);
    return line;
  }

  leave({ xhr, requestConfig }) {
    if (xhr.status === 422 && requestConfig.elt === this.form) refused = this.files;
  }

  offer(event, around) {
    if (!event.dataTransfer.types.includes("Files")) return;
    around.classList.toggle("receiving", !event.defaultPrevented); // an answer within takes what is dropped on it
    event.preventDefault();
  }

  receive(event, around) {
    around.classList.remove("receiving");
    if (event.defaultPrevented || !event.dataTransfer.files.length) return;
    event.preventDefault();
    this.add(event.dataTransfer.files);
    this.form.querySelector("textarea").focus();
  }

  /* What is copied from a spreadsheet is a picture too, and its words are what was meant. */
  paste(event) {
    const worded = ["text/plain", "text/html"].every((form) => event.clipboardData?.getData(form).trim());
    if (worded || !event.clipboardData?.files.length) return;
    event.preventDefault();
    this.add(event.clipboardData.files);
  }
}

const same = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

customElements.define("message-files", MessageFiles);
