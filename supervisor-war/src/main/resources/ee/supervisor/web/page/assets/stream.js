// A stream of server-sent events that comes back by itself.
//
// The browser's own reconnecting gives up for good on an answer that is no stream (a server that
// is starting, a proxy in between), shows nobody when it will try again, and never notices a
// connection that has died without a word. So each connection here is used once, and the last id
// goes with the next one's address.

import {look} from './session.js';

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 10_000;

export class Stream {
  #options;
  #source = null;
  #lastId;
  #failures = 0;
  #timer = 0;
  #watchdog = 0;

  /**
   * `address(lastId)` gives the address, `types` the names of events beside unnamed ones;
   * `silence` is after how many milliseconds without an event the connection counts as dead, 0
   * for never. Told are `onMessage(type, data, at)`, and `onState('connecting' | 'live' | 'lost',
   * milliseconds until the next try)`.
   */
  constructor(options) {
    this.#options = {types: [], silence: 0, ...options};
    this.#lastId = options.lastId ?? '';
  }

  open() {
    if (this.#source === null && this.#timer === 0) {
      this.#connect();
    }
  }

  /** Ends it; a later `open` goes on where it was. */
  close() {
    clearTimeout(this.#timer);
    clearTimeout(this.#watchdog);
    this.#timer = 0;
    this.#source?.close();
    this.#source = null;
  }

  /** Does not wait for the time of the next try. */
  retryNow() {
    if (this.#timer !== 0) {
      this.close();
      this.#connect();
    }
  }

  #connect() {
    this.#timer = 0;
    this.#options.onState('connecting', 0);
    const source = new EventSource(this.#options.address(this.#lastId));
    this.#source = source;
    source.onopen = () => {
      this.#failures = 0;
      this.#heard();
      this.#options.onState('live', 0);
    };
    source.onerror = () => this.#failed();
    const listener = (event) => {
      this.#heard();
      this.#lastId = event.lastEventId || this.#lastId;
      this.#options.onMessage(event.type, event.data);
    };
    for (const type of ['message', ...this.#options.types]) {
      source.addEventListener(type, listener);
    }
    this.#heard();
  }

  #heard() {
    clearTimeout(this.#watchdog);
    if (this.#options.silence > 0) {
      this.#watchdog = setTimeout(() => this.#failed(), this.#options.silence);
    }
  }

  #failed() {
    this.close();
    look();
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures++);
    this.#timer = setTimeout(() => this.#connect(), wait);
    this.#options.onState('lost', wait);
  }
}
