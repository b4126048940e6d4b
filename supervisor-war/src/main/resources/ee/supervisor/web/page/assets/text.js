// What the page says, in the language that the server chose: texts.js is another in each.
import {locale, texts} from './texts.js';

export {locale};

const PLURALS = new Intl.PluralRules(locale);

/** The text under `key`, its gaps `{0}`, `{1}` filled. */
export function text(key, ...values) {
  return (texts[key] ?? key).replace(/\{(\d)\}/g, (gap, index) => values[index] ?? gap);
}

/** The same where gaps are filled with elements: the pieces, in their order. */
export function pieces(key, ...nodes) {
  return (texts[key] ?? key).split(/(\{\d\})/).map((piece) => nodes[/^\{(\d)\}$/.exec(piece)?.[1]] ?? piece);
}

/** `3 programs`: how many there are of what `count.` has a text for. */
export function count(number, noun) {
  const form = PLURALS.select(number) === 'one' ? 'one' : 'other';
  return text(`count.${noun}.${form}`, number.toLocaleString(locale));
}

/** `3.2`, or `3,2`. */
export function number(value, digits = 0) {
  return value.toLocaleString(locale, {minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false});
}
