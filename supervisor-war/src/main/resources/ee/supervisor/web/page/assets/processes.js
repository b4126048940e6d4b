// The processes as the page knows them, each with its row. A row is changed where something has
// changed, and nowhere else: a thousand rows cost nothing while they stay as they are.
import {el, oncePerFrame} from './dom.js';
import {text as say} from './text.js';
import {STATES, describe} from './words.js';

/** How many measurements a sparkline is made of. */
export const MEMORY = 48;

class Process {
  /** Takes a row over from the server. */
  constructor(row) {
    this.row = row;
    this.key = row.dataset.process;
    const colon = this.key.indexOf(':');
    this.group = colon < 0 ? this.key : this.key.slice(0, colon);
    this.name = colon < 0 ? this.key : this.key.slice(colon + 1);
    this.state = row.dataset.state;
    this.pid = 0;
    this.start = 0;
    this.stop = 0;
    this.exitStatus = 0;
    this.spawnError = '';
    this.ready = null;
    this.statusText = '';
    this.backoff = 0;
    this.restarts = 0;
    this.waitsFor = [];
    this.cpu = null;
    this.memory = null;
    this.cpuHistory = [];
    this.memoryHistory = [];
    this.usageChanged = false;
    this.known = false;
    this.visible = false;
    this.marked = false;
    this.pending = '';
    this.fault = '';
    this.chip = row.querySelector('.chip');
    this.text = el('span', {class: 'text'}, row.querySelector('.description').textContent);
    this.complaint = el('span', {class: 'fault', hidden: true});
    row.querySelector('.description').replaceChildren(this.text, this.complaint);
    this.box = el('input', {type: 'checkbox', form: 'none', tabindex: '-1', 'aria-label': say('mark.one', this.key)});
    row.querySelector('.pick').append(this.box);
    row.tabIndex = -1;
  }

  get description() {
    return this.text.textContent;
  }

  /** Whether the row has a button for it: what a person may not do, the server leaves out. */
  can(action) {
    return this.row.querySelector(`button[value="${action}"]`) !== null;
  }

  /** Puts into the row what is not there yet. */
  draw(now) {
    const {word, style} = STATES[this.state];
    set(this.row.dataset, 'state', this.state);
    const label = this.pending === '' ? word : say(`doing.${this.pending}`);
    if (this.chip.textContent !== label) {
      this.chip.textContent = label;
    }
    set(this.chip, 'className', `chip ${this.pending === '' ? style : 'busy pending'}`);
    this.drawDescription(now);
    if (this.complaint.textContent !== this.fault) {
      this.complaint.textContent = this.fault;
      this.complaint.hidden = this.fault === '';
    }
  }

  drawDescription(now) {
    if (this.known) {
      const text = describe(this, now);
      if (this.text.textContent !== text) {
        this.text.textContent = text;
      }
    }
  }
}

function set(object, name, value) {
  if (object[name] !== value) {
    object[name] = value;
  }
}

export class Processes {
  #byKey = new Map();
  #byRow = new WeakMap();
  #changed = new Set();
  #listeners = [];
  #draw = oncePerFrame(() => this.#drawChanged());
  #clockOffset;
  #watch;

  /** `serverNow` is the server's clock when it made the page, in milliseconds. */
  constructor(table, serverNow) {
    this.table = table;
    this.#clockOffset = serverNow - Date.now();
    this.#watch = new IntersectionObserver((seen) => this.#see(seen), {rootMargin: '150px'});
    this.#adoptRows();
  }

  get all() {
    return [...this.#byKey.values()];
  }

  get size() {
    return this.#byKey.size;
  }

  of(key) {
    return this.#byKey.get(key);
  }

  /** The process whose row `node` is in. */
  at(node) {
    return this.#byRow.get(node.closest('tr'));
  }

  /** The server's time, which is that of starts and stops. */
  now() {
    return Date.now() + this.#clockOffset;
  }

  /** Has `listener(changed processes)` called in the frame after something changed. */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** Something about `process` is to be drawn anew. */
  touch(process) {
    this.#changed.add(process);
    this.#draw();
  }

  /** What an event tells. */
  setState(key, state, pid) {
    const process = this.#byKey.get(key);
    if (process === undefined) {
      return;
    }
    if (process.state !== state) {
      process.state = state;
      process.known = false;
      process.fault = '';
      // what was said of the state before; what goes with this one is about to be fetched
      process.text.textContent = '';
    }
    process.pid = pid;
    this.touch(process);
  }

  /** What the server's list tells; whether it is about the processes that are known here. */
  update(infos, complete) {
    let same = !complete || infos.length === this.#byKey.size;
    for (const info of infos) {
      const process = this.#byKey.get(info.group === info.name ? info.name : info.id);
      if (process === undefined) {
        same = false;
      } else {
        this.#take(process, info);
      }
    }
    return same;
  }

  #take(process, info) {
    const start = info.start === null ? 0 : Date.parse(info.start);
    const stop = info.stop === null ? 0 : Date.parse(info.stop);
    const differs = !process.known || process.state !== info.state || process.pid !== info.pid
      || process.start !== start || process.stop !== stop || process.restarts !== info.restarts
      || process.backoff !== info.backoff || process.spawnError !== info.spawnError
      || process.exitStatus !== info.exitStatus || process.ready !== info.ready
      || process.statusText !== info.statusText
      || JSON.stringify(process.waitsFor) !== JSON.stringify(info.waitsFor);
    if (differs) {
      const {state, pid, restarts, backoff, spawnError, exitStatus, ready, statusText, waitsFor} = info;
      if (process.known && process.state !== state) {
        process.fault = '';
      }
      Object.assign(process, {
        state, pid, start, stop, restarts, backoff, spawnError, exitStatus, ready, statusText, waitsFor, known: true,
      });
      this.touch(process);
    }
    if (info.residentBytes !== undefined) {
      measure(process, info);
    }
  }

  /** Takes the rows of a page that has just been fetched: new ones, gone ones, another order. */
  adopt(table) {
    for (const row of table.querySelectorAll('tr[data-process]')) {
      const known = this.#byKey.get(row.dataset.process);
      if (known !== undefined) {
        row.replaceWith(known.row);
      }
    }
    this.table.replaceChildren(this.table.tHead, ...table.tBodies);
    this.#byKey.forEach((process, key) => {
      if (!process.row.isConnected) {
        this.#watch.unobserve(process.row);
        this.#byKey.delete(key);
      }
    });
    this.#adoptRows();
  }

  #adoptRows() {
    const inOrder = new Map();
    for (const row of this.table.querySelectorAll('tr[data-process]')) {
      let process = this.#byKey.get(row.dataset.process);
      if (process === undefined) {
        process = new Process(row);
        this.#byRow.set(row, process);
        this.#watch.observe(row);
      }
      inOrder.set(process.key, process);
      this.#changed.add(process);
    }
    this.#byKey = inOrder;
    this.#draw();
  }

  #see(entries) {
    const now = this.now();
    for (const {target, isIntersecting} of entries) {
      const process = this.#byRow.get(target);
      process.visible = isIntersecting;
      if (isIntersecting) {
        process.drawDescription(now);
        process.usageChanged = true;
      }
    }
    this.onSeen?.();
  }

  /** Moves the uptimes on; of rows that nobody sees later. */
  tick() {
    const now = this.now();
    for (const process of this.#byKey.values()) {
      if (process.visible && process.state === 'RUNNING') {
        process.drawDescription(now);
      }
    }
  }

  #drawChanged() {
    const changed = this.#changed;
    this.#changed = new Set();
    const now = this.now();
    for (const process of changed) {
      process.draw(now);
    }
    for (const listener of this.#listeners) {
      listener(changed);
    }
  }
}

function measure(process, info) {
  const runs = info.pid > 0;
  process.cpu = runs ? info.cpuPercent : null;
  process.memory = runs ? info.residentBytes : null;
  process.usageChanged = true;
  push(process.cpuHistory, process.cpu ?? 0);
  push(process.memoryHistory, process.memory ?? 0);
}

function push(history, value) {
  history.push(value);
  if (history.length > MEMORY) {
    history.shift();
  }
}
