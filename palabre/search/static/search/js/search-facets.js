// Filters of a search: a choice is a search at once. Without script the button under them does it.

class SearchFacets extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => {
      const form = event.target.form;
      if (form?.id === "search") form.requestSubmit();
    });
  }
}

customElements.define("search-facets", SearchFacets);
