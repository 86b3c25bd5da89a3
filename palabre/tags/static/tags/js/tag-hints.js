/* <tag-hints>: beside the editor, tags that the text at hand calls for; one click adds it to the form. */

const PAUSE = 1500;

class TagHints extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form") ?? document.querySelector("form.edit");
    if (!this.form) return;
    this.listen = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    };
    this.form.addEventListener("input", this.listen);
    this.addEventListener("click", (event) => this.take(event));
    this.ask();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.form?.removeEventListener("input", this.listen);
  }

  async ask() {
    const written = new FormData(this.form);
    const body = new FormData();
    for (const name of ["title", "body", "tags", "csrfmiddlewaretoken"]) body.set(name, written.get(name) ?? "");
    const answer = await fetch(this.dataset.address, { method: "POST", body }).catch(() => null);
    const said = answer?.ok && !answer.redirected ? await answer.text() : this.said;
    if (said === this.said) return; // what is written anew is read aloud
    this.said = said;
    this.innerHTML = said;
  }

  take(event) {
    const tag = event.target.closest("[data-tag]")?.dataset.tag;
    if (!tag) return;
    const entry = this.form.elements.namedItem("tags");
    if (entry) {
      entry.value = [entry.value.trim().replace(/,$/, ""), tag].filter(Boolean).join(", ");
      entry.dispatchEvent(new Event("input", { bubbles: true }));
    }
    event.target.closest("[data-tag]").remove();
    this.said = null;
  }
}

customElements.define("tag-hints", TagHints);
