// Tells people what happened: on the screen for a while, and to those who listen to it.
import {el} from './dom.js';
import {text as say} from './text.js';

const SPEAK_EVERY = 2000;
const SHOWN_FOR = 7000;

export class Notices {
  #place;
  #spoken;
  #waiting = [];
  #speaking = false;

  constructor(place, spoken) {
    this.#place = place;
    this.#spoken = spoken;
  }

  /** Shows and speaks `text`; `kind` is good or bad. A bad one stays until it is closed. */
  show(text, kind) {
    const close = el('button', {type: 'button', class: 'quiet close', 'aria-label': say('layout.close')}, '✕');
    const notice = el('div', {class: `notice ${kind}`}, el('span', {}, text), close);
    close.addEventListener('click', () => notice.remove());
    this.#place.append(notice);
    while (this.#place.children.length > 4) {
      this.#place.firstChild.remove();
    }
    if (kind !== 'bad') {
      setTimeout(() => notice.remove(), SHOWN_FOR);
    }
    this.speak(text);
  }

  /** Speaks only; what comes in a flood is spoken as a number of changes. */
  speak(text) {
    this.#waiting.push(text);
    if (!this.#speaking) {
      this.#speaking = true;
      setTimeout(() => this.#say(), 100);
    }
  }

  #say() {
    const texts = this.#waiting.splice(0);
    if (texts.length === 0) {
      this.#speaking = false;
      return;
    }
    this.#spoken.textContent =
      texts.length > 3 ? say('notice.changes', texts.length, texts.at(-1)) : texts.join('. ');
    setTimeout(() => this.#say(), SPEAK_EVERY);
  }
}

/** Asks yes or no in a dialog of the page; resolves to whether it was yes. */
export function confirmed(text, yes) {
  const dialog = document.getElementById('question');
  dialog.querySelector('p').textContent = text;
  const button = dialog.querySelector('[value=yes]');
  button.textContent = yes;
  dialog.returnValue = 'no';
  dialog.showModal();
  button.focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), {once: true});
  });
}
