// "3 minutes ago" goes on being true while the page stays open; the words come from the browser in the page's language.

const STEPS = [
  [60, "minute"],
  [24, "hour"],
  [Infinity, "day"],
];

class LiveTime extends HTMLElement {
  connectedCallback() {
    this.time = this.querySelector("time");
    this.words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
    this.clock = setInterval(() => this.tell(), 60_000);
    this.tell();
  }

  disconnectedCallback() {
    clearInterval(this.clock);
  }

  tell() {
    let ago = (Date.now() - Date.parse(this.time.dateTime)) / 60_000;
    for (const [size, unit] of STEPS) {
      if (ago < size) {
        this.time.textContent = this.words.format(-Math.floor(ago), unit);
        return;
      }
      ago /= size;
    }
  }
}

customElements.define("live-time", LiveTime);
