/** <shelf-list>: on the page without a line, what was read last on this device, the newest first. */
class ShelfList extends HTMLElement {
  async connectedCallback() {
    const shelf = await caches.open("kept");
    const pages = await Promise.all(
      (await shelf.keys()).map(async ({ url }) => {
        const page = await shelf.match(url, { ignoreVary: true });
        return { url, ...JSON.parse(decodeURIComponent(page.headers.get("Palabre-Keep"))) };
      }),
    );
    pages.sort((one, other) => other.at.localeCompare(one.at));
    this.querySelector("[data-kept]").replaceChildren(...pages.map((page) => this.line(page)));
    this.hidden = !pages.length;
    const nothing = document.querySelector("[data-nothing]");
    if (nothing) nothing.hidden = pages.length > 0;
  }

  line({ url, title, space, at }) {
    const line = document.createElement("li");
    const text = document.createElement("div");
    const link = document.createElement("a");
    link.href = url;
    link.textContent = title;
    const small = document.createElement("small");
    small.textContent = `${space} · ${this.moment(new Date(at))}`;
    text.append(link, small);
    line.append(text);
    return line;
  }

  /* Said by the house: browsers write hours in their own way. */
  moment(at) {
    const said = {
      day: at.toLocaleDateString(document.documentElement.lang, { dateStyle: "long" }),
      hour: at.getHours(),
      minute: String(at.getMinutes()).padStart(2, "0"),
    };
    const words = this.querySelector("[data-words=kept]").content.textContent.trim();
    return words.replace(/\{(\w+)\}/g, (_whole, name) => said[name]);
  }
}

customElements.define("shelf-list", ShelfList);
