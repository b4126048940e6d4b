// The page of one program, alive: what happens to it is drawn anew by the server, what it uses is
// asked for while somebody looks.
import * as api from './api.js';
import {el, svg} from './dom.js';
import {Link} from './link.js';
import {Notices} from './notices.js';
import {isOver} from './session.js';
import {number, text as say} from './text.js';
import {themeButton} from './theme-choice.js';
import {bytes, describe} from './words.js';

const PERIOD = 2500;

/** Ten minutes. */
const MEMORY = 240;
const WIDTH = 480;
const HEIGHT = 90;

/** What comes meanwhile is drawn together; the log is written a moment after the event: so twice. */
const SOON = 150;
const PAUSE = 1350;

/** What is drawn anew; what a person may have a hand on stays. */
const LIVE = ['state', 'fares', 'facts', 'history'];

class Chart {
  #history = [];
  #title;
  #unit;
  #least;
  #line = svg('path', {class: 'line'});
  #area = svg('path', {class: 'area'});
  #picture = svg('svg', {
    class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img'});
  #value = el('b', {}, '–');
  #highest = el('span', {class: 'highest'});

  /** `least` is the smallest value that may be the whole height. */
  constructor(place, title, unit, least) {
    this.#title = title;
    this.#unit = unit;
    this.#least = least;
    this.#picture.append(this.#area, this.#line);
    this.#picture.setAttribute('aria-label', title);
    place.append(el('figure', {},
      el('figcaption', {}, el('span', {}, title), this.#value, this.#highest), this.#picture));
  }

  add(value) {
    this.#history.push(value ?? 0);
    if (this.#history.length > MEMORY) {
      this.#history.shift();
    }
    const highest = Math.max(...this.#history);
    this.#value.textContent = value === null ? say('program.idle') : this.#unit(value);
    this.#highest.textContent = say('program.highest', this.#unit(highest));
    this.#picture.setAttribute(
      'aria-label', `${this.#title}: ${this.#value.textContent}, ${this.#highest.textContent}`);
    this.#draw(Math.max(this.#least, highest) * 1.1);
  }

  #draw(top) {
    const first = MEMORY - this.#history.length;
    const x = (i) => ((i * WIDTH) / (MEMORY - 1)).toFixed(1);
    const path = this.#history
      .map((value, i) => `${i === 0 ? 'M' : 'L'}${x(first + i)} ${(HEIGHT - 1 - (value / top) * (HEIGHT - 2)).toFixed(1)}`)
      .join('');
    this.#line.setAttribute('d', path);
    this.#area.setAttribute('d', `${path}V${HEIGHT}H${x(first)}Z`);
  }
}

class ProgramPage {
  #place = document.getElementById('program');
  #key = this.#place.dataset.process;
  #entry = {group: this.#place.dataset.group, name: this.#place.dataset.name};
  #offset = Number(this.#place.dataset.now) - Date.now();
  #notices = new Notices(document.getElementById('notices'), document.getElementById('spoken'));
  #fares = document.getElementById('fares');
  #timer = 0;
  #toDraw = 0;
  #drawing = false;
  #cpu;
  #memory;

  constructor() {
    document.getElementById('tools').append(el('span', {id: 'link', class: 'link'}), themeButton());
    const charts = document.getElementById('charts');
    this.#cpu = new Chart(charts, say('table.cpu'), (value) => `${number(value, value < 10 ? 1 : 0)} %`, 5);
    this.#memory = new Chart(charts, say('table.memory'), bytes, 1);
    document.getElementById('do').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#carryOut(event.submitter.value);
    });
    new Link({
      onEvent: (type, event, old) => !old && this.#happened(type, event),
      onLive: () => this.#drawAnew(),
      onBack: () => this.#notices.show(say('link.back'), 'good'),
      onUse: (used) => (used ? this.#start() : this.#stop()),
      renderedAt: Number(this.#place.dataset.now),
    });
  }

  #happened(type, event) {
    const isOurs = event.group === this.#entry.group && event.process === this.#entry.name;
    if (type === 'lost' || type.startsWith('PROCESS_GROUP_') || (type.startsWith('PROCESS_STATE_') && isOurs)) {
      if (isOurs) {
        this.#notices.speak(say('now.state', this.#key, say(`state.${event.to}`)));
      }
      this.#drawSoon();
    }
  }

  #drawSoon() {
    this.#toDraw = 2;
    if (!this.#drawing) {
      this.#drawing = true;
      setTimeout(() => this.#drawNext(), SOON);
    }
  }

  async #drawNext() {
    this.#toDraw -= 1;
    await this.#drawAnew();
    if (this.#toDraw > 0) {
      setTimeout(() => this.#drawNext(), PAUSE);
    } else {
      this.#drawing = false;
    }
  }

  async #drawAnew() {
    try {
      const response = await fetch(`program.html${location.search}`, {cache: 'no-store'});
      if (response.status === 404) {
        this.#fares.textContent = say('program.gone');
      } else if (!response.ok) {
        isOver(response.status);
      } else {
        this.#take(new DOMParser().parseFromString(await response.text(), 'text/html'));
      }
    } catch (failure) {
      // the link says when there is a connection again
      console.info(String(failure));
    }
  }

  #take(page) {
    for (const id of LIVE) {
      const [here, there] = [document.getElementById(id), page.getElementById(id)];
      if (here.innerHTML !== there.innerHTML) {
        here.replaceChildren(...document.adoptNode(there).childNodes);
      }
    }
    for (const button of document.querySelectorAll('#do button')) {
      button.hidden = page.querySelector(`#do button[value="${button.value}"]`)?.hidden ?? true;
    }
  }

  #start() {
    this.#stop();
    this.#timer = setTimeout(() => this.#ask(), 0);
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  async #ask() {
    const mine = this.#timer;
    try {
      const infos = await api.processes([this.#entry]);
      const info = infos.find(({group, name}) => group === this.#entry.group && name === this.#entry.name);
      if (info !== undefined) {
        this.#show(info);
      }
    } catch (refusal) {
      console.info(`no usage: ${refusal.message}`);
    }
    if (this.#timer === mine && mine !== 0) {
      this.#timer = setTimeout(() => this.#ask(), PERIOD);
    }
  }

  #show(info) {
    const runs = info.pid > 0;
    this.#cpu.add(runs ? info.cpuPercent : null);
    this.#memory.add(runs ? info.residentBytes : null);
    const instant = (text) => (text === null ? 0 : Date.parse(text));
    const process = {...info, start: instant(info.start), stop: instant(info.stop)};
    this.#fares.textContent = describe(process, Date.now() + this.#offset);
  }

  async #carryOut(action) {
    try {
      await (action === 'clearlog' ? api.clearLogs(this.#key) : api.act(this.#key, action, true));
      this.#notices.show(say(`done.${action}`, this.#key), 'good');
    } catch (refusal) {
      this.#notices.show(say('could.one', this.#key, say(`could.${action}`, refusal.message)), 'bad');
    }
    this.#drawAnew();
  }
}

new ProgramPage();
