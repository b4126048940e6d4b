// Supervisor's states, faults and descriptions in the words that people know from it.

/** States, worst first: the order of the summary, and of a sort by state. */
export const STATES = {
  FATAL: {word: 'fatal', style: 'bad'},
  UNKNOWN: {word: 'unknown', style: 'bad'},
  BACKOFF: {word: 'backoff', style: 'warn'},
  STOPPING: {word: 'stopping', style: 'busy'},
  STARTING: {word: 'starting', style: 'busy'},
  EXITED: {word: 'exited', style: 'idle'},
  STOPPED: {word: 'stopped', style: 'idle'},
  RUNNING: {word: 'running', style: 'good'},
};

export const SEVERITY = Object.fromEntries(Object.keys(STATES).map((name, rank) => [name, rank]));

/** Whether somebody should look at a process in this state. */
export function needsAttention(state) {
  return state === 'FATAL' || state === 'BACKOFF' || state === 'UNKNOWN';
}

const FAULTS = {
  ABNORMAL_TERMINATION: 'abnormal termination',
  ALREADY_STARTED: 'already started',
  BAD_NAME: 'no such process',
  FAILED: 'failed',
  NOT_EXECUTABLE: 'file not executable',
  NOT_RUNNING: 'not running',
  NO_FILE: 'no such file',
  SHUTDOWN_STATE: 'supervisord is shutting down',
  SPAWN_ERROR: 'spawn error',
};

/** What a fault means; `detail` where it has no words of its own. */
export function faultWords(fault, detail) {
  return FAULTS[fault] ?? detail ?? fault;
}

/** `0:00:14`, `2 days, 3:00:00`: as supervisorctl has it. */
export function uptime(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const days = Math.floor(seconds / 86400);
  const two = (n) => String(n).padStart(2, '0');
  const time = `${Math.floor(seconds / 3600) % 24}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return days === 0 ? time : `${days} ${days === 1 ? 'day' : 'days'}, ${time}`;
}

const ENDED = new Intl.DateTimeFormat('en-US', {month: 'short', day: '2-digit', hour: '2-digit', minute: '2-digit'});
const CLOCK = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});

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
    return `waiting for ${process.waitsFor.map((need) => need.text).join(', ')}`;
  }
  switch (process.state) {
    case 'RUNNING':
      return `pid ${process.pid}, uptime ${uptime(now - process.start)}${health(process)}${restarts(process)}`;
    case 'BACKOFF':
      return `${process.spawnError || 'unknown error'}${tries(process)}`;
    case 'FATAL':
      return process.spawnError || `unknown error (try "tail ${process.name}")`;
    case 'EXITED':
      return `${process.exitStatus < 0 ? 'ended by a signal' : `exit status ${process.exitStatus}`}, ${ended(process)}`;
    case 'STOPPED':
      return process.start ? ended(process) : 'Not started';
    case 'STARTING':
      return [process.pid ? `pid ${process.pid}` : '', process.statusText].filter(Boolean).join(', ');
    case 'STOPPING':
      return process.statusText;
    default:
      return '';
  }
}

/** Nothing where neither a check nor the program itself says more. */
function health(process) {
  const said = process.statusText ? `: ${process.statusText}` : '';
  return process.ready === false ? `, not ready${said}` : said.replace(':', ',');
}

function restarts(process) {
  return process.restarts > 0 ? ` · restarted ${process.restarts === 1 ? 'once' : `${process.restarts} times`}` : '';
}

function tries(process) {
  return process.backoff > 0 ? ` · try ${process.backoff}` : '';
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
  return `${value >= 100 || unit === 'B' ? Math.round(value) : value.toFixed(1)} ${unit}`;
}

/** `1 program`, `3 programs` */
export function count(number, noun) {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}
