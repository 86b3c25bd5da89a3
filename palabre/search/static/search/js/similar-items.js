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
    this.line = this.begin();
    this.point();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    for (const name of ["input", "change"]) this.form?.removeEventListener(name, this.listen);
    this.line?.remove();
  }

  /* The list may be out of sight: a line below the title names the first. Its room is kept, so that no text jumps. */
  begin() {
    const title = this.form.querySelector("textarea[name=title]");
    if (!title) return null;
    const line = document.createElement("p");
    line.className = "alike";
    title.after(line);
    return line;
  }

  point() {
    const [first, ...others] = this.querySelectorAll("li a");
    this.line?.replaceChildren(...(first ? [`${this.dataset.like} `, first.cloneNode(true)] : []));
    if (!this.line || !others.length) return;
    const more = document.createElement("a");
    more.href = `#${this.parentElement.id}`;
    more.textContent = others.length === 1 ? this.dataset.one : this.dataset.more.replace("{n}", others.length);
    this.line.append(" ", more);
  }

  async ask() {
    const written = new FormData(this.form);
    const body = new FormData();
    for (const name of ["title", "body", "kind", "item", "csrfmiddlewaretoken"]) body.set(name, written.get(name) ?? "");
    const answer = await fetch(this.dataset.address, { method: "POST", body }).catch(() => null);
    const said = answer?.ok && !answer.redirected ? await answer.text() : this.said;
    if (said === this.said) return; // what comes anew is read aloud
    this.said = said;
    this.innerHTML = said;
    this.point();
  }
}

customElements.define("similar-items", SimilarItems);
