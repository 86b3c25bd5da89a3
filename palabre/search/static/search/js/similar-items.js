/* <similar-items>: beside the editor, what there is already that says what is being written. */

const PAUSE = 900;

class SimilarItems extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    if (!this.form) return;
    this.listen = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    };
    for (const name of ["input", "change"]) this.form.addEventListener(name, this.listen);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    for (const name of ["input", "change"]) this.form?.removeEventListener(name, this.listen);
  }

  async ask() {
    const written = new FormData(this.form);
    const body = new FormData();
    for (const name of ["title", "body", "kind", "item", "csrfmiddlewaretoken"]) body.set(name, written.get(name) ?? "");
    const answer = await fetch(this.dataset.address, { method: "POST", body }).catch(() => null);
    const said = answer?.ok ? await answer.text() : this.said;
    if (said === this.said) return; // what comes anew is read aloud
    this.said = said;
    this.innerHTML = said;
  }
}

customElements.define("similar-items", SimilarItems);
