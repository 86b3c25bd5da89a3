// <ballot-sum>: what is left of what one may give away on a ballot (dots, or credits of which more votes cost ever more),
// or what that costs which is ticked, counted while it is filled in. The server counts it again, and has the last word.

const COSTS = { dots: Math.abs, credits: (votes) => votes * votes };

class BallotSum extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    this.form = this.closest("form");
    this.line = this.querySelector("[role=status]");
    this.language = this.closest("[lang]").lang;
    this.form.addEventListener("input", () => this.count(), this.stop);
    addEventListener("pageshow", () => this.count(), this.stop); // a browser that comes back fills in what stood here
    this.line.hidden = false;
    this.count();
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  count() {
    const have = Number(this.dataset.have);
    const sum = this.dataset.kind === "budget" ? this.ticked() : this.given();
    const over = sum > have;
    const says = over ? this.dataset.over : this.dataset.left;
    const told = { left: have - sum, sum, have, over: sum - have };
    this.line.querySelector("span").textContent = says.replace(/\{(\w+)\}/g, (_, name) => this.spelt(told[name]));
    this.line.classList.toggle("over", over && this.dataset.kind !== "budget");
    this.line.querySelector("meter").value = Math.min(sum, have);
  }

  ticked() {
    const prices = [...this.querySelectorAll(":checked")].map((box) => Number(box.dataset.cost ?? 0));
    return prices.reduce((all, price) => all + price, 0);
  }

  given() {
    let all = 0;
    for (const field of this.querySelectorAll("ol input")) {
      const typed = field.value.trim().replace("−", "-");
      const cost = COSTS[this.dataset.kind](/^-?\d{1,6}$/.test(typed) ? Number(typed) : 0);
      const price = field.closest("li").querySelector(".price");
      if (price) price.textContent = cost ? this.dataset.costs.replace("{cost}", this.spelt(cost)) : "";
      all += cost;
    }
    return all;
  }

  spelt(number) {
    return new Intl.NumberFormat(this.language).format(number).replaceAll("\u202f", "\u00a0"); // as the server groups
  }
}

customElements.define("ballot-sum", BallotSum);
