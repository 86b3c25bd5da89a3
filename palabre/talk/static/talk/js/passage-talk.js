/* <passage-talk>: select words of the text to comment on them; passages that were commented on are underlined.

   The button is the next thing one tabs to from the words that were chosen. Without it, the form of the discussion
   leads to a page with a field for the passage. Nothing is changed in the text: passages are shown by the
   Custom Highlight API where there is one. */

const AROUND = 40;

class PassageTalk extends HTMLElement {
  connectedCallback() {
    this.text = document.getElementById("text");
    if (!this.text) return;
    this.stop = new AbortController();
    const { signal } = this.stop;
    document.addEventListener("selectionchange", () => this.offer(), { signal });
    document.addEventListener("keydown", (event) => this.reach(event), { signal });
    document.addEventListener("htmx:afterSettle", () => this.show(), { signal });
    document.addEventListener("click", (event) => this.point(event), { signal });
    this.show();
  }

  disconnectedCallback() {
    this.stop?.abort();
    CSS.highlights?.delete("passages");
  }

  /* A button appears under the selection, and goes with it. */
  offer() {
    const selection = document.getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    const chosen = range && !selection.isCollapsed && this.text.contains(range.commonAncestorContainer);
    if (!chosen || selection.toString().trim().length < 3) {
      if (!this.contains(document.activeElement)) this.replaceChildren();
      return;
    }
    this.range = range.cloneRange();
    const button = this.querySelector("button") ?? this.appendChild(this.button());
    const end = [...range.getClientRects()].at(-1);
    const frame = this.offsetParent?.getBoundingClientRect() ?? document.body.getBoundingClientRect();
    button.style.setProperty("inset-block-start", `${end.bottom - frame.top + 6}px`);
    button.style.setProperty("inset-inline-start", `${Math.max(0, end.right - frame.left - 90)}px`);
  }

  /* Tab leads from chosen words to the button, wherever the browser would go on. */
  reach(event) {
    const button = this.querySelector("button");
    if (event.key !== "Tab" || event.shiftKey || !button || !document.activeElement?.contains(this.text)) return;
    event.preventDefault();
    button.focus({ preventScroll: true });
  }

  button() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = this.dataset.label;
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", () => this.open());
    return button;
  }

  open() {
    const quote = squeeze(this.range.toString()).trim();
    const before = document.createRange();
    before.setStart(this.text, 0);
    before.setEnd(this.range.startContainer, this.range.startOffset);
    const after = document.createRange();
    after.setStart(this.range.endContainer, this.range.endOffset);
    after.setEnd(this.text, this.text.childNodes.length);
    const asked = new URLSearchParams({
      quote,
      before: squeeze(before.toString()).slice(-AROUND),
      after: squeeze(after.toString()).slice(0, AROUND),
    });
    this.replaceChildren();
    const address = `${this.dataset.address}?${asked}`;
    if (!window.htmx) {
      location.assign(address);
      return;
    }
    const typed = document.querySelector("#comment-form textarea")?.value;
    htmx.ajax("GET", address, { target: "#comment-form", swap: "outerHTML" }).then(() => {
      const field = document.querySelector("#comment-form textarea");
      if (!field) return;
      if (typed) field.value = typed;
      field.scrollIntoView({ block: "center" });
      field.focus();
    });
  }

  /* Underlines what was commented on. */
  show() {
    this.ranges = new Map();
    if (!CSS.highlights) return;
    const index = indexed(this.text);
    for (const link of document.querySelectorAll("[data-passage]")) {
      const range = index.find(link.dataset.passage, Number(link.dataset.place));
      if (range) this.ranges.set(link, range);
    }
    CSS.highlights.set("passages", new Highlight(...this.ranges.values()));
  }

  /* A remark that is pointed at shows its passage. */
  point(event) {
    const range = this.ranges.get(event.target.closest("[data-passage]"));
    if (!range) return;
    event.preventDefault();
    CSS.highlights.set("passage", new Highlight(range));
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
  }
}

const squeeze = (text) => text.replace(/\s+/g, " ");

/* The text of an element as it is kept, white space made single, and the way back from a place in it to a range.
   A mention shows a name and is kept as it was written. */
function indexed(root) {
  const places = [];
  let text = "";
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const said = node.parentElement.closest("[data-said]")?.dataset.said;
    const kept = said ?? node.data;
    for (let at = 0; at < kept.length; at += 1) {
      const sign = /\s/.test(kept[at]) ? " " : kept[at];
      if (sign === " " && text.endsWith(" ")) continue;
      text += sign;
      places.push(said === undefined ? [node, at, at + 1] : [node, 0, node.length]);
    }
  }
  return {
    /* The range of a passage that stands `place` times before. */
    find(passage, place) {
      const words = squeeze(passage).trim();
      let start = text.indexOf(words);
      for (let before = 0; before < place && start >= 0; before += 1) start = text.indexOf(words, start + 1);
      if (start < 0 || !words) return null;
      const [first, from] = places[start];
      const [last, , to] = places[start + words.length - 1];
      const range = document.createRange();
      range.setStart(first, from);
      range.setEnd(last, to);
      return range;
    },
  };
}

customElements.define("passage-talk", PassageTalk);
