// <copy-field>: a field one only copies from, with the button that does so; without a script it is selected by hand.

class CopyField extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.button = this.querySelector("button");
    this.field.addEventListener("focus", () => this.field.select());
    if (!navigator.clipboard) return; // over plain http there is none
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.copy());
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.field.value);
    } catch {
      this.field.focus();
      return;
    }
    const words = this.button.querySelector("span:not(.vh)");
    words.setAttribute("role", "status");
    words.textContent = this.button.dataset.copied;
  }
}

customElements.define("copy-field", CopyField);
