// The graph, kept up to date: whenever something happens the server is asked to draw it anew.
import {eventsPath} from './api.js';
import {isOver} from './session.js';
import {Stream} from './stream.js';
import {STATES} from './words.js';

const TYPES = ['PROCESS_STATE', 'PROCESS_GROUP', 'TICK_5'];
const NAMES = [
  ...Object.keys(STATES).map((state) => `PROCESS_STATE_${state}`),
  'PROCESS_GROUP_ADDED', 'PROCESS_GROUP_REMOVED', 'TICK_5', 'lost'];
const SILENCE = 16_000;
const PAUSE = 200;

const place = document.getElementById('graph');
let asked = false;
let fetching = false;

async function drawAnew() {
  asked = false;
  fetching = true;
  try {
    const response = await fetch('graph.html', {cache: 'no-store'});
    if (response.ok) {
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      place.replaceChildren(...document.adoptNode(page.getElementById('graph')).childNodes);
    } else {
      isOver(response.status);
    }
  } catch (failure) {
    // the stream says when there is a connection again
    console.info(String(failure));
  } finally {
    fetching = false;
    if (asked) {
      setTimeout(drawAnew, PAUSE);
    }
  }
}

function drawSoon() {
  if (!asked) {
    asked = true;
    if (!fetching) {
      setTimeout(drawAnew, PAUSE);
    }
  }
}

/** What a program is waited for in: no event tells when it is ready. */
function isSettled() {
  return place.querySelector('[data-waiting]') === null;
}

const stream = new Stream({
  address: (lastId) => eventsPath(TYPES, lastId),
  types: NAMES,
  silence: SILENCE,
  lastId: '',
  onMessage: (type) => (type === 'TICK_5' && isSettled() ? undefined : drawSoon()),
  onState: (state) => {
    document.documentElement.classList.toggle('live', state === 'live');
    if (state === 'live') {
      drawSoon();
    }
  },
});
window.addEventListener('pagehide', () => stream.close());
window.addEventListener('pageshow', (event) => event.persisted && stream.open());
stream.open();
