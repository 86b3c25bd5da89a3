// The theme changes at once; the form it stands in says it to the server, which knows it for the next page.

class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      event.preventDefault();
      const theme = button.value;
      if (theme === "system") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = theme;
      for (const each of this.querySelectorAll("button")) each.setAttribute("aria-pressed", String(each === button));
      const form = button.form;
      const said = new FormData(form);
      said.set("theme", theme);
      fetch(form.action, { method: "POST", body: said, redirect: "manual", keepalive: true });
    });
  }
}

customElements.define("theme-switch", ThemeSwitch);
