// Which rows are shown, and in which order: filter, sort, folded groups. Filter and sort stand in
// the address, so that a link shows another person the same; what is folded is one's own matter.
import {el, oncePerFrame, recall, remember} from './dom.js';
import {text as say} from './text.js';
import {SEVERITY, STATES} from './words.js';

const FOLDED = 'supervisor.folded';

/** What a column is sorted by, and whether its largest comes first at the first click. */
const SORTS = {
  state: {by: (one) => SEVERITY[one.state], downFirst: false},
  name: {by: (one) => one.key.toLowerCase(), downFirst: false},
  uptime: {by: (one) => (one.state === 'RUNNING' ? -one.start : 1), downFirst: false},
  cpu: {by: (one) => one.cpu ?? -1, downFirst: true},
  memory: {by: (one) => one.memory ?? -1, downFirst: true},
};

export class TableView {
  /** The states that are shown; none stands for all. */
  states = new Set();
  #processes;
  #text = '';
  #sort = '';
  #down = false;
  #folded = new Set(JSON.parse(recall(FOLDED) ?? '[]'));
  #flat = el('tbody', {role: 'rowgroup', class: 'flat'});
  #nothing;
  #input;
  #listeners = [];
  #homes = [];
  #order = [];
  #writeAddress = oncePerFrame(() => this.#toAddress());
  #arrangeSoon = oncePerFrame(() => this.#arrange());

  constructor(processes, input) {
    this.#processes = processes;
    this.#input = input;
    this.#nothing = el('div', {class: 'empty nothing', role: 'status', hidden: true});
    processes.table.after(this.#nothing);
    input.addEventListener('input', () => this.#setText(input.value));
    this.#makeHead();
    this.#fromAddress();
    window.addEventListener('hashchange', () => this.#fromAddress());
    this.adopted();
  }

  /** Has `listener()` called when other rows, or the same in another order, are shown. */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  get sortsByUsage() {
    return this.#sort === 'cpu' || this.#sort === 'memory';
  }

  /** The processes whose rows can be seen, from top to bottom. */
  get shown() {
    return this.#order.filter((one) => !one.row.hidden);
  }

  /** What part of the address belongs to others is left to them. */
  static address(change) {
    const parameters = new URLSearchParams(location.hash.slice(1));
    change(parameters);
    const text = parameters.toString();
    return text === '' ? location.pathname + location.search : `#${text}`;
  }

  toggleState(state) {
    const states = new Set(this.states);
    if (!states.delete(state)) {
      states.add(state);
    }
    this.setStates(states);
  }

  setStates(states) {
    this.states = new Set(states);
    this.#changed();
  }

  /** Shows everything again; whether anything was hidden. */
  clear() {
    const filtered = this.#text !== '' || this.states.size > 0;
    this.#input.value = '';
    this.states.clear();
    this.#text = '';
    this.#changed();
    return filtered;
  }

  /** Has the process's row shown, whatever hides it. */
  reveal(process) {
    if (this.#folded.delete(process.group)) {
      this.#rememberFolds();
    }
    if (!this.#fits(process, this.#terms)) {
      this.clear();
    }
  }

  get #terms() {
    return this.#text.split(/\s+/).filter((term) => term !== '');
  }

  #setText(text) {
    this.#text = text.trim().toLowerCase();
    this.#changed();
  }

  #changed() {
    this.#writeAddress();
    this.refresh();
  }

  /** The table has other rows than before. */
  adopted() {
    for (const body of this.#groupBodies()) {
      this.#makeGroupHead(body);
    }
    this.#processes.table.append(this.#flat);
    this.#homes = this.#processes.all.map((process) => ({process, body: process.row.parentElement}));
    this.#order = this.#homes.map(({process}) => process);
    this.refresh();
  }

  #groupBodies() {
    return [...this.#processes.table.tBodies].filter((body) => body !== this.#flat && body.dataset.group);
  }

  /** Filters anew with the next frame, and sorts. */
  refresh() {
    this.#arrangeSoon();
  }

  #arrange() {
    this.#sortRows();
    this.#filter();
    this.#listeners.forEach((listener) => listener());
  }

  /** New states or numbers: rows move, but not away from under a pointer or the keyboard. */
  resort() {
    const {table} = this.#processes;
    if (this.#sort !== '' && !table.matches(':hover') && !table.contains(document.activeElement)) {
      this.#sortRows();
    }
  }

  #sortRows() {
    const natural = this.#homes.map(({process}) => process);
    const sort = SORTS[this.#sort];
    const order = sort === undefined ? natural : sorted(natural, sort.by, this.#down);
    if (order.length === this.#order.length && order.every((one, i) => one === this.#order[i])) {
      return;
    }
    this.#order = order;
    this.#apart(() => {
      if (sort === undefined) {
        this.#homes.forEach(({process, body}) => body.append(process.row));
      } else {
        this.#flat.append(...order.map((one) => one.row));
      }
    });
  }

  /** Moves rows while the table is out of the page: in it, each move of a thousand takes its time. */
  #apart(move) {
    const {table} = this.#processes;
    const focused = document.activeElement;
    const {scrollY} = window;
    table.remove();
    move();
    this.#nothing.before(table);
    window.scrollTo({top: scrollY, behavior: 'instant'});
    if (document.activeElement !== focused) {
      focused.focus({preventScroll: true});
    }
  }

  #filter() {
    const terms = this.#terms;
    const filtered = terms.length > 0 || this.states.size > 0;
    const flat = this.#sort !== '';
    const open = new Map();
    let matches = 0;
    for (const process of this.#processes.all) {
      const fits = this.#fits(process, terms);
      matches += fits ? 1 : 0;
      const folded = !flat && !filtered && this.#folded.has(process.group) && process.key !== process.group;
      process.row.hidden = !fits || folded;
      if (fits) {
        open.set(process.group, true);
      }
    }
    for (const body of this.#groupBodies()) {
      const {group} = body.dataset;
      body.hidden = flat || !open.has(group);
      body.classList.toggle('folded', !filtered && this.#folded.has(group));
      body.querySelector('.fold')?.setAttribute('aria-expanded', filtered || !this.#folded.has(group));
    }
    this.#tellNothing(matches === 0 && this.#processes.size > 0);
  }

  #fits(process, terms) {
    if (this.states.size > 0 && !this.states.has(process.state)) {
      return false;
    }
    if (terms.length === 0) {
      return true;
    }
    // of a running one the description holds no more than numbers
    const description = process.state === 'RUNNING' ? '' : process.description;
    const text = `${process.key} ${process.state} ${description}`.toLowerCase();
    return terms.every((term) => text.includes(term));
  }

  #tellNothing(nothing) {
    this.#nothing.hidden = !nothing;
    this.#processes.table.classList.toggle('blank', nothing);
    if (nothing) {
      const states = [...this.states].map((state) => STATES[state]?.word ?? state).join(` ${say('filter.or')} `);
      const wanted = [this.#text && say('filter.quoted', this.#input.value.trim()), states && say('filter.state', states)].filter(Boolean);
      this.#nothing.replaceChildren(
        el('h2', {}, say('filter.nothing')),
        el('p', {}, wanted.join(` ${say('filter.and')} `)),
        el('button', {type: 'button', onclick: () => this.clear()}, say('filter.show')));
    }
  }

  #makeHead() {
    for (const head of this.#processes.table.tHead.querySelectorAll('[data-sort]')) {
      head.replaceChildren(el('button', {
        type: 'button',
        class: 'sort',
        onclick: () => this.sortBy(head.dataset.sort),
      }, head.textContent));
    }
  }

  /** The first time one way, then the other, then as configured. */
  sortBy(column) {
    const {downFirst} = SORTS[column] ?? {};
    if (this.#sort !== column) {
      this.#sort = column;
      this.#down = downFirst ?? false;
    } else if (this.#down === downFirst) {
      this.#down = !downFirst;
    } else {
      this.#sort = '';
    }
    this.#drawHead();
    this.#changed();
  }

  #drawHead() {
    for (const head of this.#processes.table.tHead.querySelectorAll('[data-sort]')) {
      if (head.dataset.sort === this.#sort) {
        head.setAttribute('aria-sort', this.#down ? 'descending' : 'ascending');
      } else {
        head.removeAttribute('aria-sort');
      }
    }
    const choice = document.getElementById('sort');
    if (choice !== null) {
      choice.value = this.#sort;
    }
  }

  #makeGroupHead(body) {
    const {group} = body.dataset;
    const head = body.querySelector('.group th');
    if (head.querySelector('.fold') !== null) {
      return;
    }
    const roll = head.querySelector('button.roll');
    head.replaceChildren(
      el('input', {type: 'checkbox', form: 'none', class: 'mark', tabindex: '-1', 'aria-label': say('mark.group', group)}),
      el('button', {type: 'button', class: 'fold', 'aria-expanded': true, onclick: () => this.fold(group)}, group),
      el('span', {class: 'tally'}),
      ...(roll === null ? [] : [roll]));
  }

  /** Writes beside each group's name how many of it run. */
  drawTallies() {
    const tallies = new Map();
    for (const {group, state} of this.#processes.all) {
      const tally = tallies.get(group) ?? {runs: 0, all: 0};
      tally.runs += state === 'RUNNING' ? 1 : 0;
      tally.all += 1;
      tallies.set(group, tally);
    }
    for (const body of this.#groupBodies()) {
      const {runs, all} = tallies.get(body.dataset.group) ?? {runs: 0, all: 0};
      const place = body.querySelector('.tally');
      const text = say('group.tally', runs, all);
      if (place.textContent !== text) {
        place.textContent = text;
        place.classList.toggle('short', runs < all);
      }
    }
  }

  /** Folds the group, or unfolds it. */
  fold(group) {
    if (!this.#folded.delete(group)) {
      this.#folded.add(group);
    }
    this.#rememberFolds();
  }

  /** Folds all groups, or unfolds them if all are. */
  foldAll() {
    const groups = this.#groupBodies().map((body) => body.dataset.group);
    const all = groups.every((group) => this.#folded.has(group));
    this.#folded = new Set(all ? [] : groups);
    this.#rememberFolds();
  }

  #rememberFolds() {
    remember(FOLDED, JSON.stringify([...this.#folded]));
    this.refresh();
  }

  #fromAddress() {
    const parameters = new URLSearchParams(location.hash.slice(1));
    const text = parameters.get('q') ?? '';
    if (text.trim().toLowerCase() !== this.#text) {
      this.#input.value = text;
      this.#text = text.trim().toLowerCase();
    }
    const states = (parameters.get('state') ?? '').toUpperCase().split(',');
    this.states = new Set(states.filter((state) => state in STATES));
    const sort = parameters.get('sort') ?? '';
    this.#down = sort.startsWith('-');
    const column = sort.replace('-', '');
    this.#sort = column in SORTS ? column : '';
    this.#drawHead();
    this.refresh();
  }

  #toAddress() {
    const address = TableView.address((parameters) => {
      put(parameters, 'q', this.#input.value.trim());
      put(parameters, 'state', [...this.states].join(',').toLowerCase());
      put(parameters, 'sort', this.#sort === '' ? '' : `${this.#down ? '-' : ''}${this.#sort}`);
    });
    history.replaceState(history.state, '', address);
  }
}

function put(parameters, name, value) {
  if (value === '') {
    parameters.delete(name);
  } else {
    parameters.set(name, value);
  }
}

function sorted(processes, by, down) {
  const sign = down ? -1 : 1;
  return processes
    .map((process) => ({process, value: by(process)}))
    .sort((a, b) => sign * (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
    .map(({process}) => process);
}
