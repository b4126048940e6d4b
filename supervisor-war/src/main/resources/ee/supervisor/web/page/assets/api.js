// The REST interface, as far as the page uses it.
import {isAnother, isOver, tokenHeaders} from './session.js';
import {text} from './text.js';
import {faultWords} from './words.js';

const ROOT = 'api/v1';

/** How long an action is waited for; what takes longer is seen by the states that follow. */
const PATIENCE_SECONDS = 60;

/** What the server refused, or that it could not be asked; the message is for people. */
export class Refusal extends Error {
  constructor(message, status) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
  }
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(`${ROOT}${path}`, {cache: 'no-cache', headers: tokenHeaders(), ...options});
  } catch (failure) {
    console.info(String(failure));
    throw new Refusal(text('server.unreachable'), 0);
  }
  if (response.ok) {
    return response;
  }
  isOver(response.status);
  const isProblem = (response.headers.get('Content-Type') ?? '').startsWith('application/problem+json');
  const problem = isProblem ? await response.json() : {};
  isAnother(problem.detail);
  // what ended a rolling restart is told in full: the fault is not the half of it
  const words = problem.complete === false ? problem.detail : faultWords(problem.fault, problem.detail);
  throw new Refusal(words ?? refused(response.status), response.status);
}

function refused(status) {
  switch (status) {
    case 401: return text('server.password');
    case 403: return text('server.forbidden');
    case 503: return text('server.down');
    default: return text('server.answer', status);
  }
}

/** The path of one process, or of one of its logs. */
export function logPath(key, channel) {
  return key === '' ? `${ROOT}/logs/supervisor` : `${ROOT}/logs/${encodeURIComponent(key)}/${channel}`;
}

/** The address of the stream of events of these types, after the one with `lastId`. */
export function eventsPath(types, lastId) {
  return `${ROOT}/events?type=${types.join(',')}&lastEventId=${encodeURIComponent(lastId)}`;
}

/** Processes with what they use; all, or at least those of `entries`. */
export async function processes(entries) {
  const query = new URLSearchParams({usage: 'true'});
  for (const entry of entries ?? []) {
    query.append('group', entry.group);
    query.append('name', entry.name);
  }
  return (await ask(`/processes?${query}`)).json();
}

/** What supervisord says of itself. */
export async function supervisor() {
  return (await ask('/supervisor')).json();
}

/** Starts, stops or restarts one process, and waits for it if asked to. */
export async function act(key, action, wait) {
  const operation = action === 'startalone' ? 'start?alone=true&' : `${action}?`;
  await ask(
    `/processes/${encodeURIComponent(key)}/${operation}wait=${wait ? PATIENCE_SECONDS : 'false'}`, {method: 'POST'});
}

/** Starts, stops or restarts all; what became of each. */
export async function actOnAll(action) {
  const response = await ask(`/all/${action}?wait=${PATIENCE_SECONDS}`, {method: 'POST'});
  return response.status === 200 ? response.json() : [];
}

/** Restarts those of a group one after the other; null if that goes on. */
export async function roll(group) {
  const response = await ask(`/groups/${encodeURIComponent(group)}/roll?wait=${PATIENCE_SECONDS}`, {method: 'POST'});
  return response.status === 200 ? response.json() : null;
}

/** Empties the logs of a process, or supervisord's own for an empty key. */
export async function clearLogs(key) {
  await ask(`/logs/${key === '' ? 'supervisor' : `${encodeURIComponent(key)}/stdout`}`, {method: 'DELETE'});
}

/** Why a log cannot be had, if it cannot. */
export async function logProblem(key, channel) {
  try {
    await ask(`/${logPath(key, channel).slice(ROOT.length + 1)}`, {method: 'HEAD'});
    return null;
  } catch (refusal) {
    return refusal;
  }
}
