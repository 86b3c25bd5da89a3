import { ask } from "service-worker";

const AGAIN = 5000; // ms between two looks for the line

/** <line-watch>: on the page without a line, says that the line is back as soon as the house answers again. */
class LineWatch extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    addEventListener("online", () => this.look(), { signal });
    addEventListener("offline", () => this.look(), { signal });
    navigator.serviceWorker?.addEventListener("message", () => this.look(), { signal });
    this.without = [...this.querySelectorAll(".title, .lede, [data-again] span")].map((part) => [part, part.textContent.trim()]);
    this.link = this.querySelector("[data-again]");
    // Whoever was led here, because what they sent has to wait, has nothing to ask for again.
    if (location.pathname === this.getAttribute("address")) this.link.href = "/";
    this.look();
  }

  disconnectedCallback() {
    this.stop.abort();
    clearTimeout(this.again);
  }

  async look() {
    clearTimeout(this.again);
    const there = navigator.onLine && (await fetch(this.getAttribute("line"), { cache: "no-store" }).catch(() => null))?.ok;
    if (!this.isConnected) return;
    if (there) await this.back();
    else this.away();
    this.again = setTimeout(() => this.look(), AGAIN);
  }

  words(name) {
    return this.querySelector(`[data-words="${name}"]`).content.textContent.trim();
  }

  async back() {
    const kept = (await ask({ ask: "words" }).catch(() => null))?.answer ?? [];
    const told = kept.some((entry) => !entry.refused) ? "waiting" : kept.length ? "refused" : "sent";
    this.say([this.words("title"), this.words(told), this.words("go")]);
  }

  away() {
    this.say(this.without.map(([, text]) => text));
  }

  /* Only what is another is written, so that nobody hears the same again. */
  say(texts) {
    document.title = document.title.replace(this.without[0][0].textContent.trim(), texts[0]);
    this.without.forEach(([part], place) => {
      if (part.textContent.trim() !== texts[place]) part.textContent = texts[place];
    });
  }
}

customElements.define("line-watch", LineWatch);
