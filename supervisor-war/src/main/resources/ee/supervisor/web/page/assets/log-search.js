// Finds a text in the lines that are shown, and goes on finding it in those that come. Matches are
// coloured by the browser's highlights: no line is changed for them.

import {text as say} from './text.js';

/** More than anybody steps through. */
const MOST = 10_000;

export class LogSearch {
  #lines;
  #text = '';
  #matches = [];
  #current = -1;
  #all = highlight('log-match', 0);
  #one = highlight('log-current', 1);
  #onChange;

  /** `onChange()` is called when the number of matches, or the current one, has changed. */
  constructor(lines, onChange) {
    this.#lines = lines;
    this.#onChange = onChange;
  }

  get text() {
    return this.#text;
  }

  /** `3 of 17`, for people. */
  get position() {
    if (this.#text === '') {
      return '';
    }
    if (this.#matches.length === 0) {
      return say('log.nomatch');
    }
    const more = this.#matches.length >= MOST ? '+' : '';
    return say('log.position', this.#current + 1, `${this.#matches.length}${more}`);
  }

  /** Looks for another text; the last match becomes the current one. */
  look(text) {
    this.#text = text.toLowerCase();
    this.#matches = [];
    this.#all?.clear();
    if (this.#text !== '') {
      for (const line of this.#lines) {
        this.#find(line);
      }
    }
    this.#go(this.#matches.length - 1);
  }

  /** Lines have come and gone. */
  changed(added, removed) {
    if (this.#text === '' || (added.length === 0 && removed.length === 0)) {
      return;
    }
    if (removed.length > 0) {
      const gone = new Set(removed);
      let dropped = 0;
      while (dropped < this.#matches.length && gone.has(this.#matches[dropped].line)) {
        this.#all?.delete(this.#matches[dropped++].range);
      }
      this.#matches.splice(0, dropped);
      this.#current = Math.max(this.#matches.length > 0 ? 0 : -1, this.#current - dropped);
    }
    added.forEach((line) => this.#find(line));
    if (this.#current < 0 && this.#matches.length > 0) {
      this.#current = 0;
    }
    this.#mark();
  }

  /** Goes to the next match, -1 for the one before; around the ends. The line it is in, if any. */
  step(by) {
    if (this.#matches.length === 0) {
      return null;
    }
    this.#go((this.#current + by + this.#matches.length) % this.#matches.length);
    return this.currentLine;
  }

  get currentLine() {
    return this.#matches[this.#current]?.line ?? null;
  }

  #go(index) {
    this.#current = index;
    this.#mark();
  }

  #mark() {
    this.#one?.clear();
    const match = this.#matches[this.#current];
    if (match !== undefined) {
      this.#one?.add(match.range);
    }
    this.#onChange();
  }

  #find(line) {
    const text = line.textContent.toLowerCase();
    let at = text.indexOf(this.#text);
    if (at < 0 || line.className === 'remark') {
      return;
    }
    const nodes = textNodes(line);
    while (at >= 0 && this.#matches.length < MOST) {
      const range = rangeOf(nodes, at, at + this.#text.length);
      if (range !== null) {
        this.#matches.push({line, range});
        this.#all?.add(range);
      }
      at = text.indexOf(this.#text, at + this.#text.length);
    }
  }
}

/** Null in a browser that has none: there, the line is scrolled to and not coloured. */
function highlight(name, priority) {
  if (!('highlights' in CSS)) {
    return null;
  }
  const made = new Highlight();
  made.priority = priority;
  CSS.highlights.set(name, made);
  return made;
}

function textNodes(line) {
  const nodes = [];
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let start = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    nodes.push({node, start});
    start += node.length;
  }
  return nodes;
}

function rangeOf(nodes, start, end) {
  const first = nodes.findLast((one) => one.start <= start);
  const last = nodes.findLast((one) => one.start < end);
  // lower case may be longer than what it was made of: İ
  if (start - first.start > first.node.length || end - last.start > last.node.length) {
    return null;
  }
  return new StaticRange({
    startContainer: first.node,
    startOffset: start - first.start,
    endContainer: last.node,
    endOffset: end - last.start,
  });
}
