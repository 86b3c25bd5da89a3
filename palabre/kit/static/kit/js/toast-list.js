// What was just done leaves by itself after a while, unless it is being read, can be undone, or went wrong. What somebody
// asked for and the house did not hear of is said here too: it could not say so itself.

const LASTS = 8000;
const ASKED = ["click", "submit"]; // by somebody, as against what a page asks for by itself

class ToastList extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest(".toast").remove());
    this.stop = new AbortController();
    document.addEventListener("htmx:sendError", ({ detail }) => this.unheard(detail), this.stop);
    this.watch = new MutationObserver(() => this.greet());
    this.watch.observe(this, { childList: true });
    this.greet();
  }

  disconnectedCallback() {
    this.stop.abort();
    this.watch.disconnect();
  }

  /* A form that is kept until the line is back says so by itself. */
  unheard({ elt, requestConfig }) {
    if (elt.matches("form[data-outbox]") || !ASKED.includes(requestConfig.triggeringEvent?.type)) return;
    this.replaceChildren(document.getElementById("unheard").content.cloneNode(true));
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
