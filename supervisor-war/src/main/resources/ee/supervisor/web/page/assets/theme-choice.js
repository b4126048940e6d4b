// Light, dark, or as the system has it; remembered.
import {el, recall, remember} from './dom.js';
import {text} from './text.js';

const KEY = 'supervisor.theme';
const NEXT = {system: 'light', light: 'dark', dark: 'system'};
const SIGNS = {system: '◐', light: '☀', dark: '☾'};

/** A button that goes through the themes. */
export function themeButton() {
  const button = el('button', {type: 'button', class: 'quiet', onclick: () => change(button)});
  show(button);
  return button;
}

function current() {
  return recall(KEY) ?? 'system';
}

function change(button) {
  const theme = NEXT[current()] ?? 'system';
  remember(KEY, theme);
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  show(button);
}

function show(button) {
  const theme = current();
  button.textContent = SIGNS[theme] ?? SIGNS.system;
  const label = text(`theme.${theme in SIGNS ? theme : 'system'}`);
  button.setAttribute('aria-label', label);
  button.title = text('theme.title', label);
}
