// A row of a list that is dragged up and down, with mouse, pen or finger, until it is let go or Escape is pressed. It
// stays in the document, or it would lose the finger that holds it: the others step aside.

const middle = (row) => row.getBoundingClientRect().top + row.offsetHeight / 2;

/** From the event that began it on what it is held by: `drop` hears of a row that was let go elsewhere; else all stands
 * where it stood, and `back` hears of that. */
export function dragRow(start, row, hold, { drop, back = () => {} }) {
  const list = row.parentNode;
  const before = [...list.children];
  const stop = new AbortController();
  const on = (target, name, what) => target.addEventListener(name, what, { signal: stop.signal });
  const end = (letGo) => {
    stop.abort();
    row.classList.remove("taken");
    const moved = before.some((each, at) => each !== list.children[at]);
    if (moved && letGo) return drop();
    if (moved) list.append(...before);
    back();
  };
  start.preventDefault();
  row.classList.add("taken");
  hold.setPointerCapture(start.pointerId);
  on(hold, "pointermove", (event) => follow(row, event.clientY));
  on(hold, "pointerup", () => end(true));
  on(hold, "pointercancel", () => end(false));
  on(document, "keydown", (event) => event.key === "Escape" && end(false));
}

function follow(row, height) {
  let other;
  while ((other = row.previousElementSibling) && height < middle(other)) row.after(other);
  while ((other = row.nextElementSibling) && height > middle(other)) row.before(other);
  row.scrollIntoView({ block: "nearest" });
}
