// A program's log, followed in a dialog.
import * as api from './api.js';
import {recall, remember} from './dom.js';
import {LogLines} from './log-lines.js';
import {LogSearch} from './log-search.js';
import {confirmed} from './notices.js';
import {Stream} from './stream.js';
import {TableView} from './table-view.js';
import {count, text} from './text.js';

const TAIL_BYTES = 262_144;
const WRAP = 'supervisor.wrap';

/** Keys by which a browser scrolls. */
const SCROLLING = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' ']);

export class LogViewer {
  #dialog = document.getElementById('viewer');
  #title = this.#dialog.querySelector('h2');
  #place = this.#dialog.querySelector('.lines');
  #status = this.#dialog.querySelector('.status');
  #followButton = this.#dialog.querySelector('.follow');
  #wrapButton = this.#dialog.querySelector('.wrap');
  #clearButton = this.#dialog.querySelector('.clear');
  #newer = this.#dialog.querySelector('.newer');
  #input = this.#dialog.querySelector('input');
  #lines = new LogLines(this.#place, (added, removed) => this.#drawn(added, removed));
  #search = new LogSearch(this.#lines, () => this.#showCount());
  #stream = null;
  #key = null;
  #channel = 'stdout';
  #following = true;
  #handUntil = 0;
  #mayClear;

  /** `mayClear(key)` tells whether a person may empty that log. */
  constructor(mayClear) {
    this.#mayClear = mayClear;
    this.#listen();
    this.#wrap(recall(WRAP) !== 'no');
    window.addEventListener('hashchange', () => this.#fromAddress());
    window.addEventListener('popstate', () => this.#fromAddress());
    this.#fromAddress();
  }

  get isOpen() {
    return this.#dialog.open;
  }

  /** Shows the log of a process, or supervisord's own for an empty key. */
  open(key, channel = 'stdout') {
    const address = TableView.address((parameters) => parameters.set('log', `${key}/${channel}`));
    history.pushState(null, '', address);
    this.#show(key, channel);
  }

  #fromAddress() {
    const log = new URLSearchParams(location.hash.slice(1)).get('log');
    if (log === null) {
      this.#dialog.close();
      return;
    }
    const slash = log.lastIndexOf('/');
    const key = slash < 0 ? log : log.slice(0, slash);
    const channel = log.slice(slash + 1) === 'stderr' && slash >= 0 ? 'stderr' : 'stdout';
    if (!this.isOpen || key !== this.#key || channel !== this.#channel) {
      this.#show(key, channel);
    }
  }

  #show(key, channel) {
    this.#key = key;
    this.#channel = channel;
    this.#title.textContent = key === '' ? text('log.title') : key;
    this.#dialog.querySelector('.channels').hidden = key === '';
    for (const button of this.#dialog.querySelectorAll('.channels button')) {
      button.setAttribute('aria-pressed', button.value === channel);
    }
    this.#dialog.querySelector('.raw').href = api.logPath(key, channel);
    this.#clearButton.hidden = !this.#mayClear(key);
    this.#follow(true);
    this.#begin();
    if (!this.isOpen) {
      this.#dialog.showModal();
      this.#place.focus();
    }
  }

  #begin() {
    this.#stream?.close();
    this.#lines.clear();
    this.#search.look(this.#input.value);
    const [key, channel] = [this.#key, this.#channel];
    let before = false;
    this.#stream = new Stream({
      address: () => `${api.logPath(key, channel)}?follow=true&tail=${TAIL_BYTES}`,
      onMessage: (type, data) => this.#lines.append(JSON.parse(data)),
      onState: (state, wait) => {
        if (state === 'live' && before) {
          this.#lines.remark(text('log.lost'));
        }
        before ||= state === 'live';
        this.#tell(state, wait);
      },
    });
    this.#stream.open();
  }

  async #tell(state, wait) {
    this.#dialog.dataset.connection = state;
    if (state === 'live') {
      this.#showState();
    } else if (state === 'connecting') {
      this.#status.textContent = text('log.connecting');
    } else {
      const problem = await api.logProblem(this.#key, this.#channel);
      if (this.#dialog.dataset.connection === 'lost') {
        this.#status.textContent = problem?.status === 404
          ? text('log.missing')
          : text('log.retry', Math.round(wait / 1000));
      }
    }
  }

  #showState() {
    if (this.#dialog.dataset.connection === 'live') {
      this.#status.textContent = this.#following
        ? count(this.#lines.size, 'line')
        : text('log.pausedat', count(this.#lines.size, 'line'));
    }
  }

  #drawn(added, removed) {
    if (this.#following) {
      this.#search.changed(added, removed);
      this.#toEnd();
    }
    this.#newer.hidden = this.#following || this.#lines.waiting === 0;
    this.#newer.textContent = text('log.newer', count(this.#lines.waiting, 'newline'));
    this.#showState();
  }

  #toEnd() {
    this.#place.scrollTop = this.#place.scrollHeight;
  }

  #follow(following) {
    this.#following = following;
    this.#followButton.setAttribute('aria-pressed', following);
    this.#followButton.textContent = text(following ? 'log.following' : 'log.paused');
    if (following) {
      this.#lines.letGo();
      this.#toEnd();
    } else {
      this.#lines.hold();
    }
    this.#newer.hidden = true;
    this.#showState();
  }

  #wrap(wrap) {
    this.#place.classList.toggle('wrapped', wrap);
    this.#wrapButton.setAttribute('aria-pressed', wrap);
    remember(WRAP, wrap ? 'yes' : 'no');
  }

  #showCount() {
    this.#dialog.querySelector('.count').textContent = this.#search.position;
  }

  /** Whoever looks at a match wants it to stay where it is. */
  #step(by) {
    if (this.#search.position !== '' && this.#search.currentLine !== null) {
      this.#follow(false);
      this.#search.step(by).scrollIntoView({block: 'center'});
    }
  }

  #listen() {
    const on = (selector, action) => this.#dialog.querySelector(selector).addEventListener('click', action);
    on('.close', () => this.#dialog.close());
    on('.follow', () => this.#follow(!this.#following));
    on('.wrap', () => this.#wrap(!this.#place.classList.contains('wrapped')));
    on('.newer', () => this.#follow(true));
    on('.next', () => this.#step(1));
    on('.previous', () => this.#step(-1));
    on('.clear', () => this.#clear());
    on('.channels', (event) => {
      if (event.target.value) {
        this.#turnTo(event.target.value);
      }
    });
    this.#input.addEventListener('input', () => {
      this.#search.look(this.#input.value);
      this.#search.currentLine?.scrollIntoView({block: 'nearest'});
    });
    this.#dialog.addEventListener('close', () => this.#closed());
    this.#dialog.addEventListener('keydown', (event) => this.#pressed(event));
    this.#watchScrolling();
  }

  #turnTo(channel) {
    history.replaceState(
      null, '', TableView.address((parameters) => parameters.set('log', `${this.#key}/${channel}`)));
    this.#show(this.#key, channel);
  }

  /** Scrolling up pauses; back at the end it goes on. Only a hand does it, not what we scroll. */
  #watchScrolling() {
    const hand = () => {
      this.#handUntil = performance.now() + 700;
    };
    for (const type of ['wheel', 'touchmove', 'pointerdown']) {
      this.#place.addEventListener(type, hand, {passive: true});
    }
    // `p` is pressed here too, and what it scrolls is ours
    this.#place.addEventListener('keydown', (event) => SCROLLING.has(event.key) && hand(), {passive: true});
    this.#place.addEventListener('pointermove', (event) => event.buttons > 0 && hand(), {passive: true});
    this.#place.addEventListener('scroll', () => {
      const {scrollHeight, scrollTop, clientHeight} = this.#place;
      const atEnd = scrollHeight - scrollTop - clientHeight < 24;
      if (performance.now() < this.#handUntil && atEnd !== this.#following) {
        this.#follow(atEnd);
      }
    }, {passive: true});
  }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.target === this.#input) {
      if (event.key === 'Enter') {
        event.preventDefault();
        this.#step(event.shiftKey ? -1 : 1);
      } else if (event.key === 'Escape' && this.#input.value !== '') {
        event.preventDefault();
        this.#input.value = '';
        this.#search.look('');
        this.#place.focus();
      }
      return;
    }
    const action = {
      '/': () => this.#input.select(),
      n: () => this.#step(1),
      N: () => this.#step(-1),
      p: () => this.#follow(!this.#following),
      w: () => this.#wrap(!this.#place.classList.contains('wrapped')),
      1: () => this.#key !== '' && this.#turnTo('stdout'),
      2: () => this.#key !== '' && this.#turnTo('stderr'),
    }[event.key];
    if (action !== undefined) {
      event.preventDefault();
      action();
    }
  }

  async #clear() {
    const name = this.#key === '' ? text('log.title') : this.#key;
    if (!await confirmed(text('ask.clearboth', name), text('yes.clearlog'))) {
      return;
    }
    try {
      await api.clearLogs(this.#key);
      this.#begin();
    } catch (refusal) {
      this.#status.textContent = text('could.clear', refusal.message);
    }
  }

  #closed() {
    this.#stream?.close();
    this.#stream = null;
    this.#lines.clear();
    this.#search.look('');
    if (new URLSearchParams(location.hash.slice(1)).has('log')) {
      history.pushState(null, '', TableView.address((parameters) => parameters.delete('log')));
    }
  }
}
