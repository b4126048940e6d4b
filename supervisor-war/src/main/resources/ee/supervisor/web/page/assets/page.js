// The page at `/`, alive: takes what the server has drawn, listens to what happens, and wires up
// everything else.
import {Actions} from './actions.js';
import * as api from './api.js';
import {Attention} from './attention.js';
import {el, oncePerFrame} from './dom.js';
import {Feed} from './feed.js';
import {Keyboard} from './keyboard.js';
import {Link} from './link.js';
import {LogViewer} from './log-viewer.js';
import {Marks} from './marks.js';
import {Notices} from './notices.js';
import {Processes} from './processes.js';
import {TableView} from './table-view.js';
import {isOver} from './session.js';
import {text as say} from './text.js';
import {themeButton} from './theme-choice.js';
import {Usage} from './usage.js';
import {needsAttention} from './words.js';

/** More changes than this at once are fetched in one list. */
const FEW = 8;

class Page {
  #form = document.getElementById('status');
  #dirty = new Set();
  #fetching = false;
  #fetchSoon = oncePerFrame(() => this.#fetchDirty());

  constructor(table) {
    document.body.append(document.getElementById('parts').content);
    this.notices = new Notices(document.getElementById('notices'), document.getElementById('spoken'));
    this.processes = new Processes(table, Number(this.#form.dataset.now));
    // whoever may only look gets no buttons from the server, and here nothing to mark either
    this.mayAct = document.querySelector('#toolbar button[name=action]') !== null;
    this.#form.classList.toggle('looking', !this.mayAct);
    this.#furnish();
    this.view = new TableView(this.processes, this.filter);
    this.actions = new Actions(this.processes, this.notices, () => this.#resync());
    this.marks = new Marks(this.processes, this.view, this.actions);
    this.viewer = new LogViewer((key) => this.#mayClear(key));
    this.feed = new Feed(document.getElementById('events'), (key) => this.#find(key));
    this.keyboard = new Keyboard(this);
    this.attention = new Attention(this.processes, this.view, (process) => this.#find(process.key));
    this.usage = new Usage(this.processes, {
      sortsByUsage: () => this.view.sortsByUsage,
      onList: (infos, all) => this.#take(infos, all),
    });
    this.#listen();
    this.link = new Link({
      onEvent: (type, event, old) => this.#happened(type, event, old),
      onLive: () => this.#resync(),
      onBack: () => this.#cameBack(),
      onUse: (used) => (used ? this.usage.start() : this.usage.stop()),
      renderedAt: Number(this.#form.dataset.now),
    });
    setInterval(() => document.hidden || this.processes.tick(), 1000);
  }

  /** Adds what only works with scripts. */
  #furnish() {
    this.filter = el('input', {
      type: 'search',
      form: 'none',
      placeholder: say('filter.placeholder'),
      'aria-label': say('filter.label'),
      autocomplete: 'off',
      spellcheck: 'false',
    });
    const sort = el('select', {id: 'sort', form: 'none', 'aria-label': say('sort.label'), class: 'narrow'});
    for (const value of ['', 'state', 'name', 'uptime', 'cpu', 'memory']) {
      sort.append(el('option', {value}, say(`sort.${value || 'none'}`)));
    }
    sort.addEventListener('change', () => this.view.sortBy(sort.value));
    document.getElementById('toolbar').prepend(el('span', {class: 'look'}, this.filter, sort));
    this.theme = themeButton();
    const tool = (attributes, text) => el('button', {type: 'button', class: 'quiet', ...attributes}, text);
    document.getElementById('tools').append(
      el('span', {id: 'link', class: 'link'}),
      tool({id: 'events', title: say('tool.events.title'), 'aria-pressed': false}, say('tool.events')),
      tool({title: say('tool.log.title'), onclick: () => this.viewer.open('')}, say('tool.log')),
      this.theme,
      tool({
        title: say('tool.keyboard.title'),
        'aria-label': say('tool.keyboard'),
        onclick: () => document.getElementById('help').showModal(),
      }, '?'));
  }

  #listen() {
    this.processes.onChange((changed) => this.#changed(changed));
    this.view.onChange(() => {
      this.attention.draw();
      this.marks.draw();
    });
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submitted(event.submitter);
    });
    this.processes.table.addEventListener('click', (event) => {
      const link = event.target.closest('a.log');
      if (link !== null && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        this.viewer.open(this.processes.at(link).key);
      }
    });
  }

  #submitted(button) {
    const process = button && this.processes.at(button);
    if (process) {
      this.actions.carryOut(button.value, [process]);
    } else if (button?.value === 'roll') {
      this.actions.roll(button.closest('tbody').dataset.group);
    } else if (button?.value.endsWith('all')) {
      this.actions.all(button.value.slice(0, -'all'.length));
    }
  }

  #mayClear(key) {
    const process = key === '' ? this.processes.all[0] : this.processes.of(key);
    return process?.can('clearlog') ?? false;
  }

  #changed(changed) {
    this.attention.draw();
    this.view.drawTallies();
    if (this.view.states.size > 0) {
      this.view.refresh();
    }
    this.view.resort();
    if (changed.size > 0) {
      this.marks.draw();
    }
  }

  #find(key) {
    const process = this.processes.of(key);
    if (process !== undefined && process.row.hidden) {
      this.view.reveal(process);
    }
    requestAnimationFrame(() => this.keyboard.select(process));
  }

  /** An event; `old` if it was before what the page shows. */
  #happened(type, event, old) {
    this.feed.add(type, event);
    if (old) {
      return;
    }
    if (type.startsWith('PROCESS_STATE_')) {
      const key = event.group === event.process ? event.process : `${event.group}:${event.process}`;
      this.processes.setState(key, event.to, event.pid);
      this.#dirty.add(key);
      this.#fetchSoon();
      if (needsAttention(event.to)) {
        this.notices.speak(say('now.state', key, say(`state.${event.to}`)));
      }
    } else if (type.startsWith('PROCESS_GROUP_')) {
      this.#reread();
    } else if (type === 'lost') {
      this.#resync();
    }
  }

  /** An event tells the new state, not all that goes with it. */
  async #fetchDirty() {
    if (this.#fetching) {
      return;
    }
    this.#fetching = true;
    try {
      while (this.#dirty.size > 0) {
        const keys = [...this.#dirty];
        this.#dirty.clear();
        const entries = keys.map((key) => this.processes.of(key)).filter((one) => one !== undefined);
        const few = entries.length <= FEW;
        this.#take(await api.processes(few ? entries : undefined), !few);
      }
    } catch (refusal) {
      console.info(`not fetched: ${refusal.message}; the next list will tell`);
    } finally {
      this.#fetching = false;
    }
  }

  #take(infos, all) {
    if (!this.processes.update(infos, all)) {
      this.#reread();
    }
  }

  async #resync() {
    try {
      this.#take(await api.processes(), true);
    } catch (refusal) {
      console.info(`not fetched: ${refusal.message}; the stream of events will try again`);
    }
  }

  async #cameBack() {
    this.notices.show(say('link.back'), 'good');
    try {
      // it may be another one than before
      const {pid, identifier} = await api.supervisor();
      document.querySelector('.pid').textContent = say('layout.pid', pid);
      document.querySelector('.identifier').textContent = identifier;
    } catch (refusal) {
      console.info(`not fetched: ${refusal.message}; the stream of events will try again`);
    }
  }

  #rereadSoon = 0;

  /** Groups have come or gone: the server draws their rows, as it drew the others. */
  #reread() {
    clearTimeout(this.#rereadSoon);
    this.#rereadSoon = setTimeout(async () => {
      const page = await fetch('index.html', {cache: 'no-store'}).catch(() => null);
      if (!page?.ok) {
        isOver(page?.status);
        return;
      }
      const {body} = new DOMParser().parseFromString(await page.text(), 'text/html');
      this.processes.adopt(document.adoptNode(body.querySelector('table.processes')));
      this.#form.querySelector('.empty.none').hidden = this.processes.size > 0;
      this.view.adopted();
      this.#resync();
    }, 150);
  }
}

new Page(document.querySelector('table.processes'));
