// Filters of a search: a choice is a search at once. On a narrow screen they stand in a sheet, and what was chosen there
// is searched for when it closes, whichever way. Without script the button under them does it.

class SearchFacets extends HTMLElement {
  connectedCallback() {
    const sheet = this.firstElementChild;
    let open = false;
    let waiting = null;
    this.addEventListener("change", ({ target: { form } }) => {
      if (form?.id !== "search") return;
      if (open) waiting = form;
      else form.requestSubmit();
    });
    this.addEventListener("click", ({ target }) => {
      if (!open || !target.closest(".apply")) return;
      waiting = null;
      sheet.hidePopover();
    });
    sheet.addEventListener("toggle", ({ newState }) => {
      open = newState === "open";
      if (!open && waiting) waiting.requestSubmit();
      waiting = null;
    });
  }
}

customElements.define("search-facets", SearchFacets);
