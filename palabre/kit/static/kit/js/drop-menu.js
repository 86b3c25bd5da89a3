// A menu that is a <details>: it closes when one goes elsewhere, and by Escape, which gives its button the focus back.

class DropMenu extends HTMLElement {
  connectedCallback() {
    const details = this.querySelector("details");
    const close = () => (details.open = false);
    this.stop = new AbortController();
    const { signal } = this.stop;
    document.addEventListener("click", (event) => this.contains(event.target) || close(), { signal });
    this.addEventListener("focusout", (event) => event.relatedTarget && !this.contains(event.relatedTarget) && close());
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && details.open) {
        close();
        details.querySelector("summary").focus();
        event.stopPropagation();
      }
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || !details.open) return;
      const entries = Array.from(details.querySelectorAll(".menu :is(a, button)"));
      const at = entries.indexOf(document.activeElement);
      const next = at < 0 && step < 0 ? -1 : (at + step) % entries.length;
      entries.at(next)?.focus();
      event.preventDefault();
    });
  }

  disconnectedCallback() {
    this.stop.abort();
  }
}

customElements.define("drop-menu", DropMenu);
