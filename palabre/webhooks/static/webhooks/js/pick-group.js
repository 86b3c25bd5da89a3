// <pick-group>: choices under one heading, taken all at once by the first of them, which only a script offers, and counted.

class PickGroup extends HTMLElement {
  connectedCallback() {
    this.all = this.querySelector(".all input");
    this.each = [...this.querySelectorAll("input[name]")];
    this.all.closest("label").hidden = false;
    this.addEventListener("change", (event) => {
      if (event.target === this.all) for (const input of this.each) input.checked = this.all.checked;
      this.count();
    });
    this.count();
  }

  count() {
    const chosen = this.each.filter((input) => input.checked).length;
    this.querySelector("summary small span").textContent = chosen;
    this.all.checked = chosen === this.each.length;
    this.all.indeterminate = chosen > 0 && !this.all.checked;
  }
}

customElements.define("pick-group", PickGroup);
