// The token by which the house knows its own forms changes whenever somebody signs in. Whoever did so in another window
// goes on here: what this page sends says the browser's token of now, not that of when the page was made.

function now() {
  return /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1];
}

export function renew() {
  const token = now();
  if (token) for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
}

document.addEventListener("submit", renew, { capture: true });
document.addEventListener("htmx:confirm", renew);
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.headers["X-CSRFToken"]) event.detail.headers["X-CSRFToken"] = now() ?? event.detail.headers["X-CSRFToken"];
});
