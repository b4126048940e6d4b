// What the keys do; the list that people see is in parts.html.

const ACTIONS = {s: 'start', x: 'stop', r: 'restart', c: 'clearlog'};

/** Listens for keys; `page` has what they do. */
export class Keyboard {
  #page;
  #current = null;

  constructor(page) {
    this.#page = page;
    document.addEventListener('keydown', (event) => this.#pressed(event));
    page.processes.table.addEventListener('focusin', (event) => this.#moveTo(page.processes.at(event.target)));
  }

  /** Makes a process the one that keys are about, and shows it. */
  select(process) {
    if (process !== undefined) {
      process.row.focus({preventScroll: true});
      process.row.scrollIntoView({block: 'nearest'});
    }
  }

  #moveTo(process) {
    if (process !== this.#current) {
      this.#current?.row.classList.remove('current');
      this.#current = process ?? null;
      process?.row.classList.add('current');
    }
  }

  #pressed(event) {
    const {target, key} = event;
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null) {
      return;
    }
    if (target.matches('input:not([type=checkbox]), textarea, select')) {
      if (key === 'Escape' || key === 'ArrowDown' || key === 'Enter') {
        event.preventDefault();
        this.#leaveFilter(key);
      }
      return;
    }
    // a button and a link do with Enter and Space what they always do
    const ownKeys = target.matches('button, a[href], input, summary') && (key === 'Enter' || key === ' ');
    if (!ownKeys && this.#does(key)) {
      event.preventDefault();
    }
  }

  #leaveFilter(key) {
    if (key === 'Escape') {
      this.#page.view.clear();
    }
    const {shown} = this.#page.view;
    this.select(shown.includes(this.#current) ? this.#current : shown[0]);
  }

  #does(key) {
    const action = this.#moves(key) ?? this.#acts(key) ?? this.#opens(key);
    action?.();
    return action !== undefined;
  }

  #moves(key) {
    const {shown} = this.#page.view;
    const at = shown.indexOf(this.#current);
    const to = {
      j: at + 1,
      ArrowDown: at + 1,
      k: Math.max(0, at - 1),
      ArrowUp: Math.max(0, at - 1),
      Home: 0,
      End: shown.length - 1,
    }[key];
    return to === undefined ? undefined : () => this.select(shown[Math.min(to, shown.length - 1)]);
  }

  #acts(key) {
    const {actions, marks, mayAct} = this.#page;
    const process = this.#current;
    if (key in ACTIONS) {
      return () => actions.carryOut(ACTIONS[key], marks.some ? marks.all : this.#concerned());
    }
    switch (key) {
      case ' ': return process !== null && mayAct ? () => marks.set(process, !process.marked) : undefined;
      case 'a': return mayAct ? () => marks.toggleShown() : undefined;
      case 'o': return process === null ? undefined : () => this.#page.view.fold(process.group);
      default: return undefined;
    }
  }

  #concerned() {
    return this.#current === null ? [] : [this.#current];
  }

  #opens(key) {
    const page = this.#page;
    switch (key) {
      case '/': return () => page.filter.select();
      case 'l':
      case 'Enter': return this.#current === null ? undefined : () => page.viewer.open(this.#current.key);
      case 'd': return this.#current === null ? undefined : () => this.#current.row.querySelector('a.details').click();
      case 'L': return () => page.viewer.open('');
      case 'O': return () => page.view.foldAll();
      case 'e': return () => page.feed.toggle();
      case 't': return () => page.theme.click();
      case '?': return () => document.getElementById('help').showModal();
      case 'Escape': return () => page.view.clear() || page.marks.clear();
      default: return undefined;
    }
  }
}
