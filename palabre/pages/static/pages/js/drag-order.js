// <drag-order>: a list whose rows can also be dragged by their grip, with mouse, pen or finger. A drop sends the form of
// the row once; the buttons of that form do the same without this script, and by keyboard.

const middle = (row) => row.getBoundingClientRect().top + row.offsetHeight / 2;

class DragOrder extends HTMLElement {
  connectedCallback() {
    for (const grip of this.querySelectorAll(".grip")) {
      grip.hidden = false;
      grip.onpointerdown = (event) => event.button || !event.isPrimary || this.drag(event, grip); // one finger at a time
    }
  }

  drag(start, grip) {
    start.preventDefault();
    const row = grip.closest("li");
    const order = [...row.parentNode.children];
    const stop = new AbortController();
    const on = (target, name, what) => target.addEventListener(name, what, { signal: stop.signal });
    const end = () => {
      stop.abort();
      row.classList.remove("taken");
    };
    row.classList.add("taken");
    grip.setPointerCapture(start.pointerId);
    on(grip, "pointermove", (event) => this.follow(row, event.clientY));
    on(grip, "pointercancel", () => (end(), row.parentNode.append(...order)));
    on(document, "keydown", (event) => event.key === "Escape" && (end(), row.parentNode.append(...order)));
    on(grip, "pointerup", () => {
      end();
      if (order[order.indexOf(row) + 1] !== (row.nextElementSibling ?? undefined)) this.drop(row);
    });
  }

  /* The others step aside: the row itself stays in the document, or it would lose the finger that holds it. */
  follow(row, height) {
    let other;
    while ((other = row.previousElementSibling) && height < middle(other)) row.after(other);
    while ((other = row.nextElementSibling) && height > middle(other)) row.before(other);
    row.scrollIntoView({ block: "nearest" });
  }

  drop(row) {
    const form = row.querySelector("form");
    const before = row.nextElementSibling?.querySelector("[name=page]").value ?? "";
    for (const [name, value] of Object.entries({ to: "before", before })) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    form.requestSubmit();
  }
}

customElements.define("drag-order", DragOrder);
