// The copies of a text on this device, which outlive a reload, a crash, a lost line: the one being written, and those
// lost earlier, which wait apart until somebody says whether they want them back.

const same = (one, other) => one.title === other.title && one.body.trimEnd() === other.body.trimEnd();

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false; // a full or forbidden storage leaves the copy of the server
  }
}

export class TextCopies {
  constructor(key) {
    this.key = key;
    this.lost = `${key}/lost`;
  }

  keep(text) {
    write(this.key, text);
  }

  forget() {
    localStorage.removeItem(this.key);
  }

  /* The text has an address of its own from now on; what was lost before stays where it will be offered again. */
  moveTo(key) {
    this.forget();
    this.key = key;
  }

  /* The lost texts, the latest first, other than the one that is shown. */
  others(shown) {
    const current = read(this.key);
    const found = [current, ...(read(this.lost) ?? [])].filter((text) => text && !same(text, shown));
    if (this.setAside(found)) this.forget();
    return found;
  }

  answered(text, instead = null) {
    const left = (read(this.lost) ?? []).filter((each) => !same(each, text));
    this.setAside(instead ? [instead, ...left] : left);
    return instead ? [instead, ...left] : left;
  }

  setAside(texts) {
    if (texts.length) return write(this.lost, texts);
    localStorage.removeItem(this.lost);
    return true;
  }
}
