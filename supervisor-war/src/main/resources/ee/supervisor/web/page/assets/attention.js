// The summary, whose numbers filter, and the processes that somebody should look at.
import {el} from './dom.js';
import {text as say} from './text.js';
import {SEVERITY, STATES, needsAttention} from './words.js';

const MOST_TROUBLES = 5;

/** Keeps the summary and the list of troubles; `view` is the table's filter. */
export class Attention {
  #processes;
  #view;
  #summary = document.getElementById('summary');
  #troubles = document.getElementById('attention');
  #chips = new Map();
  #shown = '';
  #open;

  /** `open(process)` shows where it is. */
  constructor(processes, view, open) {
    this.#processes = processes;
    this.#view = view;
    this.#open = open;
    this.#summary.replaceChildren();
    this.#summary.setAttribute('aria-label', say('filter.states'));
    this.#chip('', say('filter.all'), 'every');
    for (const [state, {word, style}] of Object.entries(STATES)) {
      this.#chip(state, word, style);
    }
    this.draw();
  }

  #chip(state, word, style) {
    const number = el('b');
    const button = el(
      'button',
      {
        type: 'button',
        class: `chip ${style}`,
        'data-filter': state,
        onclick: () => (state === '' ? this.#view.setStates([]) : this.#view.toggleState(state)),
      },
      number, ` ${word}`);
    const item = el('li', {}, button);
    this.#chips.set(state, {item, button, number});
    this.#summary.append(item);
  }

  /** Counts anew, and tells in the window's title when something is wrong. */
  draw() {
    const counts = {};
    const troubles = [];
    for (const process of this.#processes.all) {
      counts[process.state] = (counts[process.state] ?? 0) + 1;
      if (needsAttention(process.state)) {
        troubles.push(process);
      }
    }
    const wanted = this.#view.states;
    this.#chips.forEach(({item, button, number}, state) => {
      const pressed = state === '' ? wanted.size === 0 : wanted.has(state);
      const text = String((state === '' ? this.#processes.size : counts[state]) ?? 0);
      if (number.textContent !== text) {
        number.textContent = text;
      }
      button.setAttribute('aria-pressed', pressed);
      item.hidden = text === '0' && !pressed && state !== '';
    });
    this.#drawTroubles(troubles);
    document.title = `${troubles.length === 0 ? '' : `(${troubles.length}) `}${say('status.title')}`;
  }

  #drawTroubles(troubles) {
    troubles.sort((a, b) => SEVERITY[a.state] - SEVERITY[b.state]);
    const shown = troubles.slice(0, MOST_TROUBLES);
    const signature = JSON.stringify([troubles.length, shown.map((one) => [one.key, one.state, one.description])]);
    if (signature === this.#shown) {
      return;
    }
    this.#shown = signature;
    const items = shown.map((process) =>
      el('li', {},
        el('span', {class: `chip ${STATES[process.state].style}`}, STATES[process.state].word), ' ',
        el('button', {type: 'button', class: 'where', onclick: () => this.#open(process)}, process.key), ' ',
        el('span', {class: 'why'}, process.description)));
    if (troubles.length > MOST_TROUBLES) {
      items.push(el('li', {}, el('button', {
        type: 'button',
        class: 'where',
        onclick: () => this.#view.setStates(['FATAL', 'UNKNOWN', 'BACKOFF']),
      }, say('status.more', troubles.length - MOST_TROUBLES))));
    }
    this.#troubles.replaceChildren(...items);
    this.#troubles.hidden = items.length === 0;
  }
}
