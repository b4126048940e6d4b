// The last lines of a log on the screen. However much comes, the page holds so many lines and no
// more, draws once a frame, and leaves in peace whoever has scrolled back to read.
import {Ansi} from './ansi.js';
import {el, oncePerFrame} from './dom.js';
import {count, text as say} from './text.js';

/** Lines that are kept. */
export const MOST = 5000;

/** Lines that come and go together: the browser lays out only those blocks that can be seen. */
const BLOCK = 100;

/** Of a longer line the rest is left out: nobody reads it here, and it stops the browser. */
const LONGEST = 20_000;

export class LogLines {
  #place;
  #ansi = new Ansi();
  #partial = '';
  #open = null;
  #waiting = [];
  #skipped = 0;
  #held = false;
  #size = 0;
  #listener;
  #drawSoon = oncePerFrame(() => this.#draw());

  /** `listener(lines added, lines removed)` is called after each drawing, and when held back. */
  constructor(place, listener) {
    this.#place = place;
    this.#listener = listener;
  }

  /** The next piece of the log. */
  append(text) {
    const lines = (this.#partial + text).split('\n');
    this.#partial = lines.pop();
    if (this.#partial.length > LONGEST) {
      lines.push(this.#partial);
      this.#partial = '';
    }
    // pushing them one by one: there may be more than a call can have arguments
    lines.forEach((line) => this.#waiting.push(line));
    if (this.#waiting.length > 2 * MOST) {
      this.#skipped += this.#waiting.length - MOST;
      this.#waiting = this.#waiting.slice(-MOST);
    }
    this.#drawSoon();
  }

  /** A line of ours between those of the log. */
  remark(text) {
    this.#endPartial();
    this.#draw();
    this.#place.append(this.#block(el('div', {class: 'remark'}, text)));
    this.#size++;
  }

  clear() {
    this.#waiting = [];
    this.#partial = '';
    this.#open = null;
    this.#skipped = 0;
    this.#size = 0;
    this.#ansi = new Ansi();
    this.#place.replaceChildren();
  }

  /** Nothing is drawn any more until it is let go; what comes meanwhile waits. */
  hold() {
    this.#held = true;
  }

  letGo() {
    this.#held = false;
    this.#drawSoon();
  }

  /** How many lines wait to be drawn. */
  get waiting() {
    return this.#waiting.length + this.#skipped;
  }

  get size() {
    return this.#size;
  }

  /** The lines that are there, from the oldest. */
  * [Symbol.iterator]() {
    for (const block of this.#place.children) {
      yield* block.children;
    }
  }

  #endPartial() {
    if (this.#partial !== '') {
      this.#waiting.push(this.#partial);
      this.#partial = '';
    }
  }

  #draw() {
    if (this.#held) {
      this.#listener([], []);
      return;
    }
    const removed = [];
    this.#open?.remove();
    if (this.#waiting.length + this.#skipped > MOST) {
      removed.push(...this);
      this.#place.replaceChildren();
      this.#skipped += Math.max(0, this.#waiting.length - MOST);
      this.#waiting = this.#waiting.slice(-MOST);
      this.#size = 0;
    }
    const added = this.#take();
    this.#drawPartial();
    this.#trim(removed);
    this.#listener(added, removed);
  }

  #take() {
    const added = [];
    if (this.#skipped > 0) {
      this.#put(el('div', {class: 'remark'}, say('log.skipped', count(this.#skipped, 'line'))));
      this.#skipped = 0;
    }
    for (const line of this.#waiting) {
      added.push(this.#put(this.#line(line, this.#ansi)));
    }
    this.#waiting = [];
    return added;
  }

  #line(text, ansi) {
    const line = document.createElement('div');
    if (text.length > LONGEST) {
      line.append(...ansi.render(text.slice(0, LONGEST)), ` … ${count(text.length - LONGEST, 'character')}`);
    } else {
      line.append(...ansi.render(text));
    }
    return line;
  }

  /** What has no end yet is shown, and drawn anew when it has. */
  #drawPartial() {
    this.#open = null;
    if (this.#partial !== '') {
      this.#open = this.#line(this.#partial, this.#ansi.fork());
      this.#place.append(this.#block(this.#open));
    }
  }

  #put(line) {
    const last = this.#place.lastElementChild;
    if (last !== null && last.childElementCount < BLOCK) {
      last.append(line);
    } else {
      this.#place.append(this.#block(line));
    }
    this.#size++;
    return line;
  }

  #block(line) {
    return el('div', {class: 'block'}, line);
  }

  #trim(removed) {
    while (this.#size > MOST + BLOCK) {
      const first = this.#place.firstElementChild;
      removed.push(...first.children);
      this.#size -= first.childElementCount;
      first.remove();
    }
  }
}
