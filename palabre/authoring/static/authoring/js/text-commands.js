// What the tools of the editor do to Markdown in a textarea. Every change goes through the browser's own editing, so
// that its undo knows it.

export function insert(area, text) {
  area.focus();
  // The only editing that the browser's undo knows; where it is gone, setRangeText does the same without undo.
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

/* Puts a text where another one stands, and leaves the caret and whoever has the focus where they are. */
export function replace(area, old, text) {
  const at = area.value.indexOf(old);
  if (at < 0) return;
  const { selectionStart, selectionEnd } = area;
  const moved = (place) => (place <= at ? place : Math.max(place - old.length, at) + text.length);
  const focused = document.activeElement;
  area.setSelectionRange(at, at + old.length);
  insert(area, text);
  area.setSelectionRange(moved(selectionStart), moved(selectionEnd));
  if (focused !== area) focused?.focus({ preventScroll: true });
}

function selected(area) {
  return area.value.slice(area.selectionStart, area.selectionEnd);
}

function wrap(area, before, after = before) {
  const text = selected(area);
  const start = area.selectionStart;
  const outside = area.value.slice(start - before.length, start) === before
    && area.value.slice(area.selectionEnd, area.selectionEnd + after.length) === after;
  if (outside && text) {
    area.setSelectionRange(start - before.length, area.selectionEnd + after.length);
    insert(area, text);
    area.setSelectionRange(start - before.length, start - before.length + text.length);
    return;
  }
  insert(area, before + text + after);
  area.setSelectionRange(start + before.length, start + before.length + text.length);
}

function lines(area, change) {
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  let end = area.value.indexOf("\n", area.selectionEnd);
  if (end < 0) end = area.value.length;
  const before = area.value.slice(start, end).split("\n");
  const after = change(before).join("\n");
  area.setSelectionRange(start, end);
  insert(area, after);
  if (before.length > 1) area.setSelectionRange(start, start + after.length);
}

function prefix(area, mark, pattern) {
  lines(area, (each) => {
    const all = each.every((line) => pattern.test(line));
    return each.map((line) => (all ? line.replace(pattern, "") : mark + line.replace(/^(#{1,6} |[-*] (\[[ x]\] )?|> )/, "")));
  });
}

function block(area, text, from, length) {
  const start = area.selectionStart;
  const lead = start && area.value[start - 1] !== "\n" ? "\n\n" : "";
  insert(area, `${lead}${text}\n`);
  area.setSelectionRange(start + lead.length + from, start + lead.length + from + length);
}

export const commands = {
  heading: (area) => prefix(area, "## ", /^## /),
  bold: (area) => wrap(area, "**"),
  italic: (area) => wrap(area, "*"),
  list: (area) => prefix(area, "- ", /^- (?!\[)/),
  tasks: (area) => prefix(area, "- [ ] ", /^- \[[ x]\] /),
  quote: (area) => prefix(area, "> ", /^> /),
  note: (area) => block(area, "> [!NOTE]\n> ", 12, 0),
  table: (area) => block(area, "| A | B |\n| --- | --- |\n|  |  |", 2, 1),
  mention: (area) => mark(area, "@"),
  page: (area) => mark(area, "[["),
  tag: (area) => mark(area, "#"),
  code(area) {
    if (selected(area).includes("\n")) wrap(area, "```\n", "\n```");
    else wrap(area, "`");
  },
  link(area) {
    const text = selected(area);
    const start = area.selectionStart;
    if (/^https?:\/\/\S+$/.test(text)) {
      insert(area, `[](${text})`);
      area.setSelectionRange(start + 1, start + 1);
    } else {
      insert(area, `[${text}](https://)`);
      area.setSelectionRange(start + text.length + 3, start + text.length + 11);
    }
  },
  // Enter goes on with a list, and ends it on an empty line. Returns whether it did something.
  enter(area) {
    const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const line = area.value.slice(start, area.selectionStart);
    const found = /^(\s*)(?:([-*+]) (\[[ xX]\] )?|(\d+)([.)]) |(> ))/.exec(line);
    if (!found || area.selectionStart !== area.selectionEnd) return false;
    if (line === found[0]) {
      area.setSelectionRange(start, area.selectionStart);
      insert(area, "");
      return false;
    }
    const [, indent, bullet, task, number, point, quote] = found;
    const next = bullet ? `${bullet} ${task ? "[ ] " : ""}` : number ? `${Number(number) + 1}${point} ` : quote;
    insert(area, `\n${indent}${next}`);
    return true;
  },
};

function mark(area, sign) {
  const before = area.value[area.selectionStart - 1];
  insert(area, (before && !/\s/.test(before) ? " " : "") + sign);
}
