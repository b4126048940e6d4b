// What the buttons and keys do: asked of the server in the background, told in the row.
import * as api from './api.js';
import {confirmed} from './notices.js';
import {count, text} from './text.js';
import {faultWords} from './words.js';

/** A browser opens six connections to a server; the streams need some of them. */
const AT_ONCE = 3;

const HARMLESS = new Set(['start']);

export class Actions {
  #processes;
  #notices;
  #resync;

  /** `resync()` fetches what has become of all. */
  constructor(processes, notices, resync) {
    this.#processes = processes;
    this.#notices = notices;
    this.#resync = resync;
  }

  /** Does `action` to the processes that it fits and that a person may do it to. */
  async carryOut(action, processes) {
    const fitting = processes.filter((one) => one.can(action) && one.pending === '' && fits(action, one.state));
    if (fitting.length === 0) {
      this.#tellNothing(action, processes);
      return;
    }
    if (!asksFirst(action, processes.length)
        || await confirmed(text(`ask.${action}`, named(fitting)), text(`yes.${action}`))) {
      await (processes.length === 1 ? this.#one(action, fitting[0]) : this.#several(action, fitting));
    }
  }

  #tellNothing(action, processes) {
    if (processes.length > 0 && processes.every((one) => !one.can(action))) {
      this.#notices.show(text('cannot.look'), 'bad');
    } else if (processes.length === 1 && processes[0].pending === '') {
      processes[0].fault = text(`cannot.${action}`, text(`state.${processes[0].state}`));
      this.#processes.touch(processes[0]);
      this.#notices.speak(text('could.one', processes[0].key, processes[0].fault));
    }
  }

  async #one(action, process) {
    if (await this.#tried(action, process, true)) {
      this.#notices.speak(text(`done.${action}`, process.key));
    }
  }

  async #several(action, processes) {
    let next = 0;
    let failed = 0;
    const work = async () => {
      while (next < processes.length) {
        failed += await this.#tried(action, processes[next++], false) ? 0 : 1;
      }
    };
    processes.forEach((one) => this.#begin(action, one));
    await Promise.all(Array.from({length: AT_ONCE}, work));
    this.#resync();
    if (failed > 0) {
      this.#notices.show(text('some.failed', failed, count(processes.length, 'program')), 'bad');
    }
  }

  #begin(action, process) {
    process.pending = action;
    process.fault = '';
    this.#processes.touch(process);
  }

  /** Whether it went well. */
  async #tried(action, process, wait) {
    this.#begin(action, process);
    try {
      await (action === 'clearlog' ? api.clearLogs(process.key) : api.act(process.key, action, wait));
      return true;
    } catch (refusal) {
      this.#blame(action, process, refusal.message);
      return false;
    } finally {
      process.pending = '';
      this.#processes.touch(process);
    }
  }

  #blame(action, process, words) {
    process.fault = text(`could.${action}`, words);
    this.#notices.speak(text('could.one', process.key, process.fault));
  }

  /** Does `action` to all that supervisord has; asks before. */
  async all(action) {
    const concerned = this.#processes.all.filter((one) => fits(action, one.state));
    const programs = count(this.#processes.size, 'program');
    if (!HARMLESS.has(action) && !await confirmed(text(`ask.all.${action}`, programs), text(`status.${action}all`))) {
      return;
    }
    concerned.forEach((one) => this.#begin(action, one));
    try {
      const results = await api.actOnAll(action);
      const failed = results.filter((result) => !result.ok);
      failed.forEach((result) => this.#blameResult(action, result));
      this.#notices.show(
        failed.length === 0 ? text(`all.${action}`) : text(`some.${action}`, failed.length, count(results.length, 'program')),
        failed.length === 0 ? 'good' : 'bad');
    } catch (refusal) {
      this.#notices.show(text(`could.all.${action}`, refusal.message), 'bad');
    } finally {
      for (const one of concerned) {
        one.pending = '';
        this.#processes.touch(one);
      }
      this.#resync();
    }
  }

  /** Restarts those of a group one after the other; asks before. */
  async roll(group) {
    const number = this.#processes.all.filter((one) => one.group === group).length;
    if (!await confirmed(text('ask.roll', count(number, 'program'), group), text('action.roll'))) {
      return;
    }
    this.#notices.show(text('rolling.begun', group), 'good');
    try {
      const report = await api.roll(group);
      this.#notices.show(
        report === null ? text('rolling.on', group) : text('rolling.done', group), 'good');
    } catch (refusal) {
      this.#notices.show(text('could.roll', group, refusal.message), 'bad');
    } finally {
      this.#resync();
    }
  }

  #blameResult(action, {id, fault, description}) {
    const [group, name] = id.split(':');
    const process = this.#processes.of(group === name ? name : id);
    if (process !== undefined) {
      this.#blame(action, process, faultWords(fault, description));
      this.#processes.touch(process);
    }
  }
}

/** What is lost when it is done in error, and what is done to many. */
function asksFirst(action, number) {
  return action === 'clearlog' || (number > 1 && !HARMLESS.has(action));
}

function named(processes) {
  return processes.length === 1 ? processes[0].key : count(processes.length, 'program');
}

/** Whether a process in that state can be asked to. */
function fits(action, state) {
  const runs = state === 'RUNNING' || state === 'STARTING' || state === 'BACKOFF';
  switch (action) {
    case 'start': return !runs && state !== 'STOPPING';
    case 'stop': return runs;
    case 'restart': return state !== 'STOPPING';
    default: return true;
  }
}
