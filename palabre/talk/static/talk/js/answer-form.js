/** <answer-form>: a form opened below what it answers or changes. Its way out closes it where it stands, and so does
 * Escape as long as nothing was written: one is back where one opened it. */
class AnswerForm extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => this.press(event));
    this.addEventListener("click", (event) => this.leave(event));
  }

  get form() {
    return this.querySelector("form");
  }

  press(event) {
    const { key, target } = event;
    if (key !== "Escape" || !target.matches("textarea") || event.defaultPrevented) return;
    if (target.value === target.defaultValue) this.close();
  }

  leave(event) {
    if (!event.target.closest("[data-leave]") || !this.closest(".reply")) return;
    event.preventDefault();
    this.close();
  }

  close() {
    const opener = document.querySelector(`a[hx-get="${CSS.escape(this.form.getAttribute("action"))}"]`);
    if (!this.closest(".reply")) return;
    this.remove();
    opener?.focus();
  }
}

customElements.define("answer-form", AnswerForm);
