// The connection to supervisord, and how people see that it is there.
import {eventsPath} from './api.js';
import {el} from './dom.js';
import {Stream} from './stream.js';
import {number, text} from './text.js';
import {STATES, clock} from './words.js';

const STATE_EVENTS = Object.keys(STATES).map((state) => `PROCESS_STATE_${state}`);
const NAMES = [
  ...STATE_EVENTS, 'PROCESS_GROUP_ADDED', 'PROCESS_GROUP_REMOVED', 'SUPERVISOR_STATE_CHANGE_RUNNING',
  'SUPERVISOR_STATE_CHANGE_STOPPING', 'REMOTE_COMMUNICATION', 'TICK_5', 'lost'];

// a tick comes every five seconds, whatever else happens: three that do not come are a dead line
const TYPES = ['PROCESS_STATE', 'PROCESS_GROUP', 'SUPERVISOR_STATE_CHANGE', 'REMOTE_COMMUNICATION', 'TICK_5'];
const SILENCE = 16_000;

/** A page that nobody looks at for so long gives its connection back: browsers have but six. */
const UNSEEN = 60_000;

export class Link {
  #stream;
  #callbacks;
  #sign = document.getElementById('link');
  #banner = el('div', {class: 'banner', role: 'alert', hidden: true});
  #heard = new Date();
  #unseenTimer = 0;
  #countdown = 0;
  #wasLost = false;
  #isLive = false;

  /**
   * Told are `onEvent(type, event, whether it was before the page was made)`, `onLive()` when there
   * is a connection, `onBack()` when there is one again, and `onUse(whether somebody looks and
   * there is a connection)`.
   */
  constructor(callbacks) {
    this.#callbacks = callbacks;
    document.querySelector('main').before(this.#banner);
    this.#stream = new Stream({
      address: (lastId) => eventsPath(TYPES, lastId),
      types: NAMES,
      silence: SILENCE,
      // before the first event that is remembered: the feed begins with what is known already
      lastId: '0',
      onMessage: (type, data) => this.#told(type, JSON.parse(data)),
      onState: (state, wait) => this.#show(state, wait),
    });
    document.addEventListener('visibilitychange', () => this.#seen());
    window.addEventListener('online', () => this.#stream.retryNow());
    // a page that goes into the browser's back/forward cache must hold no connection
    window.addEventListener('pagehide', () => this.#stream.close());
    window.addEventListener('pageshow', (event) => event.persisted && this.#stream.open());
    this.#seen();
  }

  #seen() {
    clearTimeout(this.#unseenTimer);
    if (document.hidden) {
      this.#unseenTimer = setTimeout(() => this.#stream.close(), UNSEEN);
    } else {
      this.#stream.open();
    }
    this.#callbacks.onUse(!document.hidden && this.#isLive);
  }

  #told(type, event) {
    this.#heard = new Date();
    if (type === 'SUPERVISOR_STATE_CHANGE_STOPPING') {
      this.#leaving(!this.#isOld(event));
    } else if (type === 'SUPERVISOR_STATE_CHANGE_RUNNING') {
      this.#leaving(false);
      this.#callbacks.onLive();
    }
    if (type !== 'TICK_5') {
      this.#callbacks.onEvent(type, event, this.#isOld(event));
    }
  }

  #isOld(event) {
    return event.at !== undefined && Date.parse(event.at) <= this.#callbacks.renderedAt;
  }

  #leaving(leaves) {
    document.querySelectorAll('.leaving').forEach((one) => one.remove());
    if (leaves) {
      document.querySelector('main').prepend(el(
        'p', {class: 'message leaving', role: 'status'}, text('link.stopping')));
    }
  }

  #show(state, wait) {
    clearInterval(this.#countdown);
    this.#isLive = state === 'live';
    this.#callbacks.onUse(!document.hidden && this.#isLive);
    if (state === 'live') {
      this.#live();
    } else if (state === 'connecting') {
      this.#sign.textContent = text('link.connecting');
      this.#sign.className = 'link busy';
    } else {
      this.#wasLost = true;
      document.documentElement.classList.add('offline');
      this.#sign.textContent = text('link.lost');
      this.#sign.className = 'link bad';
      this.#count(Date.now() + wait);
    }
  }

  #live() {
    this.#sign.textContent = text('link.live');
    this.#sign.className = 'link good';
    document.documentElement.classList.remove('offline');
    this.#banner.hidden = true;
    if (this.#wasLost) {
      this.#wasLost = false;
      this.#leaving(false);
      this.#callbacks.onBack();
    }
    this.#callbacks.onLive();
  }

  #count(until) {
    const seconds = el('span', {class: 'seconds'});
    this.#banner.replaceChildren(
      el('b', {}, text('link.banner')), ` ${text('link.since', clock(this.#heard))} `, seconds, ' ',
      el('button', {type: 'button', onclick: () => this.#stream.retryNow()}, text('link.try')));
    this.#banner.hidden = false;
    const show = () => {
      seconds.textContent = text('link.seconds', number(Math.max(0, Math.round((until - Date.now()) / 1000))));
    };
    show();
    this.#countdown = setInterval(show, 1000);
  }
}
