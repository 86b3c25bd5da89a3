/* <inbox-keys>: j and k go from one entry to the next, Enter opens it, and a letter does what its buttons do. */

class InboxKeys extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    document.addEventListener("keydown", (event) => this.press(event), this.stop);
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
    if (event.key === "j" || event.key === "k") {
      this.go(event.key === "j" ? 1 : -1);
      return;
    }
    const here = document.activeElement.closest(".signal");
    if (!here) return;
    const act = Object.keys(this.dataset).find((name) => this.dataset[name] === event.key);
    const opens = event.key === "Enter" && document.activeElement === here;
    const sought = opens ? here.querySelector("h3 a") : act && here.querySelector(`[data-act="${act}"]`);
    if (!sought) return;
    event.preventDefault();
    sought.click();
    if (sought.matches("summary")) sought.focus();
  }

  go(step) {
    const entries = [...this.querySelectorAll(".signal")];
    const at = entries.indexOf(document.activeElement.closest(".signal"));
    const next = entries[at < 0 ? 0 : Math.min(Math.max(at + step, 0), entries.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }
}

customElements.define("inbox-keys", InboxKeys);
