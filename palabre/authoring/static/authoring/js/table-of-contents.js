// <table-of-contents>: marks the section that is being read.

class TableOfContents extends HTMLElement {
  connectedCallback() {
    const links = new Map([...this.querySelectorAll("a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    const seen = new Set();
    this.watch = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) isIntersecting ? seen.add(target) : seen.delete(target);
      const current = headings.find((heading) => seen.has(heading));
      if (!current) return;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(current.id).setAttribute("aria-current", "true");
    }, { rootMargin: "0px 0px -60% 0px" });
    for (const heading of headings) this.watch.observe(heading);
  }

  disconnectedCallback() {
    this.watch.disconnect();
  }
}

customElements.define("table-of-contents", TableOfContents);
