// <mark-field>: a <textarea> in which marks are completed as in the editor; without it one writes them out.

import { MarkCompletion } from "mark-completion";

class MarkField extends HTMLElement {
  connectedCallback() {
    const list = this.querySelector("[role=listbox]");
    const told = this.querySelector("[role=status]");
    this.completion = new MarkCompletion(this.querySelector("textarea"), list, {
      address: list.dataset.address,
      say: (count) => (told.textContent = `${count} ${list.dataset.found}`),
    });
  }

  disconnectedCallback() {
    this.completion.close();
  }
}

customElements.define("mark-field", MarkField);
