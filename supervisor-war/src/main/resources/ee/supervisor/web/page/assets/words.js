// Supervisor's states, faults and descriptions in the words that people know from it.
import {locale, number, text} from './text.js';

/** States, worst first: the order of the summary, and of a sort by state. */
export const STATES = {
  FATAL: {word: text('state.FATAL'), style: 'bad'},
  UNKNOWN: {word: text('state.UNKNOWN'), style: 'bad'},
  BACKOFF: {word: text('state.BACKOFF'), style: 'warn'},
  STOPPING: {word: text('state.STOPPING'), style: 'busy'},
  STARTING: {word: text('state.STARTING'), style: 'busy'},
  EXITED: {word: text('state.EXITED'), style: 'idle'},
  STOPPED: {word: text('state.STOPPED'), style: 'idle'},
  RUNNING: {word: text('state.RUNNING'), style: 'good'},
};

export const SEVERITY = Object.fromEntries(Object.keys(STATES).map((name, rank) => [name, rank]));

/** Whether somebody should look at a process in this state. */
export function needsAttention(state) {
  return state === 'FATAL' || state === 'BACKOFF' || state === 'UNKNOWN';
}

const FAULTS = new Set([
  'ABNORMAL_TERMINATION', 'ALREADY_STARTED', 'BAD_NAME', 'FAILED', 'NOT_EXECUTABLE', 'NOT_RUNNING', 'NO_FILE',
  'SHUTDOWN_STATE', 'SPAWN_ERROR']);

/** What a fault means; `detail` where it has no words of its own. */
export function faultWords(fault, detail) {
  return FAULTS.has(fault) ? text(`fault.${fault}`) : detail ?? fault;
}

/** `0:00:14`, `2 days, 3:00:00`: as supervisorctl has it. */
export function uptime(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const days = Math.floor(seconds / 86400);
  const two = (n) => String(n).padStart(2, '0');
  const time = `${Math.floor(seconds / 3600) % 24}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return days === 0 ? time : text(days === 1 ? 'describe.day' : 'describe.days', days, time);
}

const ENDED = new Intl.DateTimeFormat(locale, {month: 'short', day: '2-digit', hour: '2-digit', minute: '2-digit'});
// by a clock of 24 hours, as logs have it
const CLOCK = new Intl.DateTimeFormat(locale === 'en-US' ? 'en-GB' : locale, {hour: '2-digit', minute: '2-digit', second: '2-digit'});

/** `14:03:22` */
export function clock(date) {
  return CLOCK.format(date);
}

function ended(process) {
  return process.stop ? ENDED.format(process.stop).replace(',', '') : '';
}

/** The line that tells how a process fares. */
export function describe(process, now) {
  if (process.waitsFor?.length > 0) {
    return text('describe.waiting', process.waitsFor.map(needWords).join(', '));
  }
  switch (process.state) {
    case 'RUNNING':
      return text('describe.running', process.pid, uptime(now - process.start)) + health(process) + restarts(process);
    case 'BACKOFF':
      return `${process.spawnError || text('describe.error')}${tries(process)}`;
    case 'FATAL':
      return process.spawnError || text('describe.unknown', process.name);
    case 'EXITED':
      return `${process.exitStatus < 0 ? text('describe.signal') : text('program.exit', process.exitStatus)}, ${ended(process)}`;
    case 'STOPPED':
      return process.start ? ended(process) : text('describe.unstarted');
    case 'STARTING':
      return [process.pid ? text('layout.pid', process.pid) : '', process.statusText].filter(Boolean).join(', ');
    case 'STOPPING':
      return process.statusText;
    default:
      return '';
  }
}

/** What a process waits for. */
function needWords({condition, process, trouble}) {
  const words = text(`need.${condition}`, process);
  return trouble === '' ? words : `${words} ${text('need.trouble', trouble)}`;
}

/** Nothing where neither a check nor the program itself says more. */
function health(process) {
  const said = process.statusText ? `: ${process.statusText}` : '';
  return process.ready === false ? `, ${text('describe.unready')}${said}` : said.replace(':', ',');
}

function restarts(process) {
  return process.restarts > 0 ? ` · ${process.restarts === 1 ? text('describe.restarted') : text('describe.restarts', process.restarts)}` : '';
}

function tries(process) {
  return process.backoff > 0 ? ` · ${text('describe.try', process.backoff)}` : '';
}

/** `3.2 MB`: powers of 1024, as top and ps have them. */
export function bytes(count) {
  let value = count;
  let unit = 'B';
  for (const larger of ['KB', 'MB', 'GB', 'TB']) {
    if (value < 1000) {
      break;
    }
    value /= 1024;
    unit = larger;
  }
  return `${number(value, value >= 100 || unit === 'B' ? 0 : 1)} ${unit}`;
}
