// <mark-field>: a <textarea> in which marks are completed as in the editor, and Ctrl+Enter sends its form; without it one
// writes them out.

import { MarkCompletion } from "mark-completion";

class MarkField extends HTMLElement {
  connectedCallback() {
    const list = this.querySelector("[role=listbox]");
    const told = this.querySelector("[role=status]");
    this.completion = new MarkCompletion(this.querySelector("textarea"), list, {
      address: list.dataset.address,
      say: (count) => (told.textContent = `${count} ${list.dataset.found}`),
    });
    this.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    if (event.defaultPrevented || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  }

  disconnectedCallback() {
    this.completion.close();
  }
}

customElements.define("mark-field", MarkField);
