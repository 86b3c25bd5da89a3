// The groups of the rail that one folds stay folded: their names go into a cookie, from which the server draws the next page.

const YEAR = 365 * 24 * 60 * 60;
const known = () => document.cookie.match(/(?:^|; )folded=([a-z.]*)/)?.[1].split(".").filter(Boolean);

class FoldingGroups extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const group = event.target.closest("summary")?.parentElement;
      if (!group) return;
      const folded = new Set(known());
      folded[group.open ? "add" : "delete"](group.dataset.group); // it is about to change
      const secure = location.protocol === "https:" ? "; secure" : "";
      document.cookie = `folded=${[...folded].join(".")}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
    });
  }
}

customElements.define("folding-groups", FoldingGroups);
