// A menu that is a <details>: it closes when one goes elsewhere, and by Escape, which gives its button the focus back.

class DropMenu extends HTMLElement {
  connectedCallback() {
    const details = this.querySelector("details");
    const close = () => (details.open = false);
    this.stop = new AbortController();
    const { signal } = this.stop;
    details.addEventListener("toggle", () => details.open && this.#keepInSight(details.querySelector(".menu")));
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

  // Wherever its button stands: a menu that would leave the window is moved back into it.
  #keepInSight(menu) {
    menu.style.translate = "";
    const { left, right } = menu.getBoundingClientRect();
    const room = document.documentElement.clientWidth - 8;
    const by = right > room ? Math.max(room - right, 8 - left) : Math.max(8 - left, 0);
    if (by) menu.style.translate = `${by}px`;
  }

  disconnectedCallback() {
    this.stop.abort();
  }
}

customElements.define("drop-menu", DropMenu);
