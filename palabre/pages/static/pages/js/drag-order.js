// <drag-order>: a list whose rows can also be dragged by their grip, with mouse, pen or finger. A drop sends the form of
// the row once; the buttons of that form do the same without this script, and by keyboard.

import { dragRow } from "row-drag";

class DragOrder extends HTMLElement {
  connectedCallback() {
    for (const grip of this.querySelectorAll(".grip")) {
      grip.hidden = false;
      grip.onpointerdown = (event) => event.button || !event.isPrimary || this.drag(event, grip); // one finger at a time
    }
  }

  drag(start, grip) {
    const row = grip.closest("li");
    dragRow(start, row, grip, { drop: () => this.drop(row) });
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
