/* <inbox-keys>: j and k go from one entry to the next, Enter opens it, and a letter does what its buttons do. What is done
   loads the page anew: it stands where it stood, and who came by keyboard goes on at the entry that took the place. */

const KEPT = "inbox-place";

class InboxKeys extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    document.addEventListener("keydown", (event) => this.press(event), this.stop);
    this.addEventListener("submit", (event) => this.leave(event), this.stop);
    this.goOn();
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  get entries() {
    return [...this.querySelectorAll(".signal")];
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
    const entries = this.entries;
    const at = entries.indexOf(document.activeElement.closest(".signal"));
    const next = entries[at < 0 ? 0 : Math.min(Math.max(at + step, 0), entries.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  leave({ target }) {
    const at = this.querySelector(":focus-visible") ? this.entries.indexOf(target.closest(".signal")) : -1;
    sessionStorage.setItem(KEPT, JSON.stringify({ page: location.href, at, top: scrollY }));
  }

  goOn() {
    const { page, at, top } = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
    sessionStorage.removeItem(KEPT);
    if (page !== location.href) return;
    scrollTo({ top, behavior: "instant" });
    if (at >= 0) this.entries.slice(0, at + 1).at(-1)?.focus();
  }
}

customElements.define("inbox-keys", InboxKeys);
