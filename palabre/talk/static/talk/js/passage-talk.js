/* <passage-talk>: select words of the text to comment on them; passages that were commented on are underlined.

   Without it, the comment page of the item has a field for the passage. Nothing is changed in the text: passages are
   shown by the Custom Highlight API where there is one. */

const AROUND = 40;

class PassageTalk extends HTMLElement {
  connectedCallback() {
    this.text = document.getElementById("text");
    if (!this.text) return;
    this.follow = () => this.offer();
    document.addEventListener("selectionchange", this.follow);
    this.show();
  }

  disconnectedCallback() {
    document.removeEventListener("selectionchange", this.follow);
    if (!document.querySelector("passage-talk")) CSS.highlights?.delete("passages");
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

  /* Underlines what was commented on; pointing at a remark shows its passage. */
  show() {
    if (!CSS.highlights) return;
    const index = indexed(this.text);
    const ranges = new Map();
    for (const link of document.querySelectorAll("[data-passage]")) {
      const range = index.find(link.dataset.passage);
      if (range) ranges.set(link, range);
    }
    CSS.highlights.set("passages", new Highlight(...ranges.values()));
    for (const [link, range] of ranges) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        CSS.highlights.set("passage", new Highlight(range));
        range.startContainer.parentElement.scrollIntoView({ block: "center" });
      });
    }
  }
}

const squeeze = (text) => text.replace(/\s+/g, " ");

/* The text of an element with white space made single, and the way back from a place in it to a range. */
function indexed(root) {
  const places = [];
  let text = "";
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    [...node.data].reduce((offset, sign) => {
      const shown = /\s/.test(sign) ? " " : sign;
      if (shown !== " " || !text.endsWith(" ")) {
        text += shown;
        for (let unit = 0; unit < shown.length; unit += 1) places.push([node, offset + unit]);
      }
      return offset + sign.length;
    }, 0);
  }
  return {
    find(passage) {
      const start = text.indexOf(squeeze(passage).trim());
      if (start < 0) return null;
      const [last, offset] = places[start + squeeze(passage).trim().length - 1];
      const range = document.createRange();
      range.setStart(...places[start]);
      range.setEnd(last, offset + 1);
      return range;
    },
  };
}

customElements.define("passage-talk", PassageTalk);
