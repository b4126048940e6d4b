// Rows that are marked, and what can be done with all of them at once.
import {el} from './dom.js';
import {count, text as say} from './text.js';

export class Marks {
  #processes;
  #view;
  #bar;
  #text = el('span', {class: 'number', role: 'status'});
  #everything = el('input', {type: 'checkbox', form: 'none', 'aria-label': say('mark.shown')});
  #last = null;

  constructor(processes, view, actions) {
    this.#processes = processes;
    this.#view = view;
    const button = (action, text, style = '') => el(
      'button', {type: 'button', class: style, onclick: () => actions.carryOut(action, this.all)}, text);
    this.#bar = el(
      'span', {class: 'marked', hidden: true}, this.#text, button('start', say('action.start')), button('restart', say('action.restart')),
      button('stop', say('action.stop'), 'danger'), button('clearlog', say('mark.clearlogs')),
      el('button', {type: 'button', class: 'quiet', 'aria-label': say('mark.none'), onclick: () => this.clear()}, '✕'));
    document.getElementById('toolbar').append(this.#bar);
    const {table} = processes;
    table.tHead.querySelector('.pick').append(this.#everything);
    this.#everything.addEventListener('click', () => this.toggleShown());
    table.addEventListener('click', (event) => this.#clicked(event));
  }

  get all() {
    return this.#processes.all.filter((one) => one.marked);
  }

  get some() {
    return !this.#bar.hidden;
  }

  set(process, marked) {
    process.marked = marked;
    this.draw();
  }

  /** Marks all that are shown, or none if all are marked. */
  toggleShown() {
    const {shown} = this.#view;
    const marked = !shown.every((one) => one.marked);
    shown.forEach((one) => {
      one.marked = marked;
    });
    this.draw();
  }

  clear() {
    this.#processes.all.forEach((one) => {
      one.marked = false;
    });
    this.draw();
  }

  #clicked(event) {
    const box = event.target.closest('input[type=checkbox]');
    if (box === null || box === this.#everything) {
      return;
    }
    const process = this.#processes.at(box);
    if (process === undefined) {
      const {group} = box.closest('tbody').dataset;
      this.#processes.all.filter((one) => one.group === group).forEach((one) => {
        one.marked = box.checked;
      });
    } else if (event.shiftKey && this.#last !== null) {
      this.#markRange(this.#last, process, box.checked);
    } else {
      process.marked = box.checked;
    }
    this.#last = process ?? null;
    this.draw();
  }

  #markRange(one, other, marked) {
    const {shown} = this.#view;
    const [first, last] = [shown.indexOf(one), shown.indexOf(other)].sort((a, b) => a - b);
    shown.slice(Math.max(0, first), last + 1).forEach((each) => {
      each.marked = marked;
    });
  }

  /** Brings boxes and the bar up to date. */
  draw() {
    const {all} = this.#processes;
    let marked = 0;
    const groups = new Map();
    for (const one of all) {
      if (one.box.checked !== one.marked) {
        one.box.checked = one.marked;
      }
      one.row.classList.toggle('is-marked', one.marked);
      marked += one.marked ? 1 : 0;
      groups.set(one.group, (groups.get(one.group) ?? true) && one.marked);
    }
    for (const box of this.#processes.table.querySelectorAll('input.mark')) {
      box.checked = groups.get(box.closest('tbody').dataset.group) ?? false;
    }
    this.#everything.checked = marked > 0 && marked === all.length;
    this.#everything.indeterminate = marked > 0 && marked < all.length;
    this.#bar.hidden = marked === 0;
    this.#bar.parentElement.classList.toggle('marking', marked > 0);
    this.#text.textContent = say('mark.count', count(marked, 'program'));
  }
}
