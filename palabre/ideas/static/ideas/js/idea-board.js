// <idea-board>: cards that can be dragged to another stage by their grip, with mouse, pen, finger or the arrow keys. A drop
// asks for the reason on the page that the form of the card leads to; that form does the same without this script.

const EDGE = 48; // pixels from the side of the board within which it goes on under a card
const PACE = 0.6; // pixels a millisecond, however often the screen is drawn

class IdeaBoard extends HTMLElement {
  connectedCallback() {
    this.board = this.querySelector(".board");
    this.columns = [...this.querySelectorAll(".column")];
    this.told = this.querySelector("[data-told]");
    for (const grip of this.querySelectorAll(".grip")) {
      grip.hidden = false;
      grip.onpointerdown = (event) => event.button || !event.isPrimary || this.drag(event, grip); // one finger at a time
      grip.onkeydown = (event) => this.key(event, grip);
      grip.onblur = () => this.held === grip && this.putBack();
    }
  }

  drag(start, grip) {
    start.preventDefault();
    const card = grip.closest(".card");
    const home = card.closest(".column");
    const { board } = this;
    const [first, last] = [board.scrollLeft, board.scrollWidth - board.clientWidth];
    let at = start;
    let frame = 0;
    let drawn = 0;
    const place = () => {
      card.style.translate = `${at.clientX - start.clientX + board.scrollLeft - first}px ${at.clientY - start.clientY}px`;
      this.over(this.under(at.clientX));
    };
    const drift = (moment) => {
      const box = board.getBoundingClientRect();
      const step = PACE * Math.min(moment - drawn, 100);
      const way = at.clientX > box.right - EDGE ? step : at.clientX < box.left + EDGE ? -step : 0;
      const to = Math.min(Math.max(Math.round(board.scrollLeft + way), 0), last);
      drawn = moment;
      if (to !== board.scrollLeft) {
        board.scrollLeft = to;
        place();
      }
      frame = requestAnimationFrame(drift);
    };
    const stop = new AbortController();
    const on = (target, name, what) => target.addEventListener(name, what, { signal: stop.signal });
    const end = () => {
      stop.abort();
      cancelAnimationFrame(frame);
      board.style.scrollSnapType = "";
      card.classList.remove("taken");
      card.style.translate = "";
      this.over(null);
    };
    card.classList.add("taken");
    grip.setPointerCapture(start.pointerId);
    on(grip, "pointermove", (event) => {
      if (!frame) {
        board.style.scrollSnapType = "none"; // or each small step would fall back
        drawn = performance.now();
        drift(drawn); // a press alone moves nothing
      }
      at = event;
      place();
    });
    on(grip, "pointercancel", end);
    on(document, "keydown", (event) => event.key === "Escape" && end());
    on(grip, "pointerup", (event) => {
      const column = this.under(event.clientX);
      end();
      if (column && column !== home) this.go(card, column);
    });
  }

  /* The column in sight that is nearest: beside the board, the one at its side. */
  under(x) {
    const sight = this.board.getBoundingClientRect();
    const at = Math.min(Math.max(x, sight.left + 1), sight.right - 1);
    return this.columns.find((column) => {
      const box = column.getBoundingClientRect();
      return at >= box.left && at <= box.right;
    });
  }

  over(column) {
    for (const each of this.columns) each.classList.toggle("over", each === column);
  }

  /* With the arrows another column is pointed at; Enter goes there, Escape leaves the card where it is. */
  key(event, grip) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const home = grip.closest(".column");
    if (step) {
      event.preventDefault();
      const at = this.columns.indexOf((this.held === grip && this.aim) || home) + step;
      if (!this.columns[at]) return;
      [this.held, this.aim] = [grip, this.columns[at]];
      this.over(this.aim);
      this.aim.scrollIntoView({ block: "nearest", inline: "nearest" });
      this.say(`${this.dataset.over} ${this.aim.dataset.name}`);
    } else if (event.key === "Escape" && this.held === grip) {
      this.putBack();
    } else if (event.key === "Enter" && this.held === grip && this.aim !== home) {
      event.preventDefault();
      this.go(grip.closest(".card"), this.aim);
    }
  }

  putBack() {
    this.held = this.aim = null;
    this.over(null);
    this.say(this.dataset.back);
  }

  go(card, column) {
    const form = card.querySelector("form");
    form.elements.namedItem("to").value = column.dataset.stage;
    form.requestSubmit();
  }

  say(text) {
    this.told.textContent = text;
  }
}

customElements.define("idea-board", IdeaBoard);
