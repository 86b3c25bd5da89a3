// Runs on every page: brings in the modules of the elements that stand on it, and the few gestures all pages share.

import "form-tokens";

const { imports } = JSON.parse(document.querySelector("script[type=importmap]").textContent);

function bringIn(root) {
  const unknown = root.querySelectorAll(":not(:defined)");
  for (const name of new Set(Array.from(unknown, (element) => element.localName))) {
    if (imports[name]) import(name);
  }
  for (const element of root.querySelectorAll("[data-opens], [data-dismiss]")) element.hidden = false;
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (!opener) return;
  event.preventDefault();
  opener.closest("[popover]")?.hidePopover();
  document.querySelector(opener.dataset.opens)?.showModal();
});

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const { method, target } = event.target;
  const leaves = method !== "dialog" && target !== "_blank";
  if (button && leaves && !event.defaultPrevented) button.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[aria-busy=true]")) button.removeAttribute("aria-busy");
});

// What a swap brought is read out and tabbed through from its heading on.
document.addEventListener("htmx:afterSettle", (event) => {
  const fresh = event.detail.elt;
  bringIn(fresh.parentNode ?? document);
  if (fresh.contains(document.activeElement) || fresh.closest("[role=status], [data-keeps-focus]")) return;
  if (document.activeElement !== document.body) return;
  const heading = fresh.matches("h1, h2, h3") ? fresh : fresh.querySelector("h1, h2, h3, [autofocus]");
  if (!heading) return;
  if (!heading.hasAttribute("tabindex")) heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
});

// In a narrow window tabs and chapters run out of it: the one that one is on is moved in.
document.fonts.ready.then(() => {
  for (const tab of document.querySelectorAll(":is(.tabs, .toc) > [aria-current]")) {
    const row = tab.parentElement;
    const [at, around] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
    row.scrollLeft += at.left + at.width / 2 - around.left - around.width / 2;
  }
});

bringIn(document);
