// What processes use of the machine, asked for every few seconds while somebody looks.
import * as api from './api.js';
import {svg} from './dom.js';
import {MEMORY} from './processes.js';
import {number} from './text.js';
import {bytes} from './words.js';

const PERIOD = 2500;

/** With more than so many, only those whose rows are on the screen are asked for. */
const ASK_FOR_ALL = 200;
const MOST_ASKED = 80;

const WIDTH = 60;
const HEIGHT = 18;

export class Usage {
  #processes;
  #sortsByUsage;
  #onList;
  #timer = 0;
  #cells = new WeakMap();

  /** `onList(processes as the server lists them, whether all)` gets what comes. */
  constructor(processes, {sortsByUsage, onList}) {
    this.#processes = processes;
    this.#sortsByUsage = sortsByUsage;
    this.#onList = onList;
    processes.onSeen = () => this.#drawAll();
  }

  start() {
    this.stop();
    this.#timer = setTimeout(() => this.#ask(), 0);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  async #ask() {
    const all = this.#processes.size <= ASK_FOR_ALL || this.#sortsByUsage();
    const asked = all ? undefined : this.#processes.all.filter((one) => one.visible).slice(0, MOST_ASKED);
    const mine = this.#timer;
    try {
      if (asked === undefined || asked.length > 0) {
        this.#onList(await api.processes(asked), all);
        this.#drawAll();
      }
    } catch (refusal) {
      // the stream of events tells people that the connection is lost
      console.info(`no usage: ${refusal.message}`);
    }
    if (this.#timer === mine && mine !== 0) {
      this.#timer = setTimeout(() => this.#ask(), PERIOD);
    }
  }

  #drawAll() {
    for (const process of this.#processes.all) {
      if (process.visible && process.usageChanged) {
        process.usageChanged = false;
        this.#draw(process);
      }
    }
  }

  #draw(process) {
    if (process.memory === null && !this.#cells.has(process)) {
      return;
    }
    let cells = this.#cells.get(process);
    if (cells === undefined) {
      cells = [...process.row.querySelectorAll('.usage')].map(cell);
      this.#cells.set(process, cells);
    }
    const gone = process.memory === null;
    cells[0].show(process.cpuHistory, 5, gone ? '' : `${number(process.cpu, process.cpu < 10 ? 1 : 0)} %`);
    cells[1].show(process.memoryHistory, 1, gone ? '' : bytes(process.memory));
  }
}

function cell(place) {
  const area = svg('path', {class: 'area'});
  const line = svg('path', {class: 'line'});
  const picture = svg('svg', {
    class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, 'aria-hidden': 'true'});
  picture.append(area, line);
  const value = document.createElement('span');
  value.className = 'value';
  place.replaceChildren(picture, value);
  return {
    show(history, least, text) {
      const path = points(history, least);
      line.setAttribute('d', path);
      area.setAttribute('d', path === '' ? '' : `${path}V${HEIGHT}H${x(MEMORY - history.length)}Z`);
      value.textContent = text;
    },
  };
}

function x(index) {
  return ((index * WIDTH) / (MEMORY - 1)).toFixed(1);
}

/** The newest at the right edge; as high as the highest, but `least` is never the whole height. */
function points(history, least) {
  if (history.length < 2) {
    return '';
  }
  const top = Math.max(least, ...history) * 1.15;
  const first = MEMORY - history.length;
  return history
    .map((value, i) => `${i === 0 ? 'M' : 'L'}${x(first + i)} ${(HEIGHT - 1 - (value / top) * (HEIGHT - 2)).toFixed(1)}`)
    .join('');
}
