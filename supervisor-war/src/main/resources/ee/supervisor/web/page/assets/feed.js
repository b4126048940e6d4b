// What happened, newest first.
import {el, oncePerFrame, recall, remember} from './dom.js';
import {count, pieces, text} from './text.js';
import {STATES, clock} from './words.js';

const MOST = 300;
const OPEN = 'supervisor.feed';
const WIDE = 1500;

export class Feed {
  #place = document.getElementById('feed');
  #list = this.#place.querySelector('ol');
  #waiting = [];
  #drawSoon = oncePerFrame(() => this.#draw());
  #button;
  #open;

  /** `open(key)` shows a process. */
  constructor(button, open) {
    this.#button = button;
    this.#open = open;
    button.addEventListener('click', () => this.toggle());
    this.#place.querySelector('.close').addEventListener('click', () => this.toggle());
    this.#show(recall(OPEN) === null ? window.innerWidth >= WIDE : recall(OPEN) === 'yes');
  }

  toggle() {
    const open = this.#place.hidden;
    remember(OPEN, open ? 'yes' : 'no');
    this.#show(open);
  }

  #show(open) {
    this.#place.hidden = !open;
    this.#button.setAttribute('aria-pressed', open);
    document.documentElement.classList.toggle('with-feed', open);
  }

  /** An event of the stream. */
  add(type, event) {
    const words = this.#words(type, event);
    if (words !== null) {
      this.#waiting.push({at: event.at ? new Date(event.at) : new Date(), words});
      this.#drawSoon();
    }
  }

  #words(type, event) {
    if (type.startsWith('PROCESS_STATE_')) {
      return this.#stateWords(event);
    }
    switch (type) {
      case 'PROCESS_GROUP_ADDED': return pieces('feed.added', el('b', {}, event.group));
      case 'PROCESS_GROUP_REMOVED': return pieces('feed.removed', el('b', {}, event.group));
      case 'SUPERVISOR_STATE_CHANGE_RUNNING': return [text('feed.running')];
      case 'SUPERVISOR_STATE_CHANGE_STOPPING': return [text('feed.stopping')];
      case 'REMOTE_COMMUNICATION': return [...pieces('feed.message', el('b', {}, event.name)), ` ${event.data.slice(0, 200)}`];
      case 'lost': return [text('feed.unseen', count(event.count, 'event'))];
      default: return null;
    }
  }

  #stateWords(event) {
    const key = event.group === event.process ? event.process : `${event.group}:${event.process}`;
    const {word, style} = STATES[event.to];
    const unexpected = event.to === 'EXITED' && !event.expected;
    return [
      el('button', {type: 'button', class: 'where', onclick: () => this.#open(key)}, key), ' ',
      el('span', {class: `chip bare ${unexpected ? 'bad' : style}`}, unexpected ? text('feed.unexpected', word) : word)];
  }

  #draw() {
    const news = this.#waiting.splice(0).slice(-MOST).reverse();
    this.#list.prepend(...news.map(({at, words}) =>
      el('li', {}, el('time', {datetime: at.toISOString()}, clock(at)), el('span', {}, ...words))));
    while (this.#list.children.length > MOST) {
      this.#list.lastChild.remove();
    }
    this.#place.classList.add('some');
  }
}
