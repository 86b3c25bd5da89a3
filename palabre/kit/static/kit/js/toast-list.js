// What was just done leaves by itself after a while, unless it is being read, can be undone, or went wrong.

const LASTS = 8000;

class ToastList extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest(".toast").remove());
    this.watch = new MutationObserver(() => this.greet());
    this.watch.observe(this, { childList: true });
    this.greet();
  }

  disconnectedCallback() {
    this.watch.disconnect();
  }

  greet() {
    for (const toast of this.querySelectorAll(".toast:not(.error, [data-greeted], :has(form))")) {
      toast.dataset.greeted = "";
      const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, LASTS) : toast.remove());
      setTimeout(leave, LASTS);
    }
  }
}

customElements.define("toast-list", ToastList);
