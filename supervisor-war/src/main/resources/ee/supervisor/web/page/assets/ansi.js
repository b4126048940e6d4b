// Terminal output as elements: colours and weights of ECMA-48's SGR are kept, all other control
// sequences are dropped, and a carriage return begins the line anew as it does on a terminal.

// ECMA-48: CSI … final byte; OSC, DCS and the like up to their terminator; two-byte escapes
const CONTROL =
  /\x1b\[([0-?]*)[ -/]*([@-~])|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f]/g;

const PLAIN = Object.freeze({
  fg: '', bg: '', bold: false, dim: false, italic: false, underline: false, inverse: false, strike: false});

export class Ansi {
  #style = PLAIN;

  /** One with the same style, which goes its own way. */
  fork() {
    const other = new Ansi();
    other.#style = this.#style;
    return other;
  }

  /** The nodes for one line; the style at its end goes on into the next. */
  render(line) {
    const text = overwritten(line);
    if (!text.includes('\x1b')) {
      CONTROL.lastIndex = 0;
      return [this.#piece(CONTROL.test(text) ? text.replace(CONTROL, '') : text)];
    }
    const nodes = [];
    let from = 0;
    for (const match of text.matchAll(CONTROL)) {
      if (match.index > from) {
        nodes.push(this.#piece(text.slice(from, match.index)));
      }
      from = match.index + match[0].length;
      if (match[2] === 'm') {
        this.#apply(match[1]);
      }
    }
    if (from < text.length) {
      nodes.push(this.#piece(text.slice(from)));
    }
    return nodes;
  }

  #piece(text) {
    const style = this.#style;
    if (style === PLAIN) {
      return document.createTextNode(text);
    }
    const span = document.createElement('span');
    span.textContent = text;
    const {fg, bg} = style.inverse ? {fg: style.bg || 'ink', bg: style.fg || 'paper'} : style;
    for (const name of ['bold', 'dim', 'italic', 'underline', 'strike']) {
      if (style[name]) {
        span.classList.add(`sgr-${name}`);
      }
    }
    colour(span, 'color', 'fg', fg);
    colour(span, 'backgroundColor', 'bg', bg);
    return span;
  }

  #apply(parameters) {
    const codes = parameters.split(/[;:]/).map(Number);
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i];
      if (code === 38 || code === 48) {
        const name = code === 38 ? 'fg' : 'bg';
        if (codes[i + 1] === 5) {
          this.#set({[name]: indexed(codes[i + 2] ?? 0)});
          i += 2;
        } else if (codes[i + 1] === 2) {
          this.#set({[name]: rgb(codes.slice(i + 2, i + 5))});
          i += 4;
        }
      } else {
        this.#simple(code);
      }
    }
  }

  #simple(code) {
    switch (code) {
      case 0: this.#style = PLAIN; break;
      case 1: this.#set({bold: true}); break;
      case 2: this.#set({dim: true}); break;
      case 3: this.#set({italic: true}); break;
      case 4: this.#set({underline: true}); break;
      case 7: this.#set({inverse: true}); break;
      case 9: this.#set({strike: true}); break;
      case 22: this.#set({bold: false, dim: false}); break;
      case 23: this.#set({italic: false}); break;
      case 24: this.#set({underline: false}); break;
      case 27: this.#set({inverse: false}); break;
      case 29: this.#set({strike: false}); break;
      case 39: this.#set({fg: ''}); break;
      case 49: this.#set({bg: ''}); break;
      default:
        if (code >= 30 && code <= 37) {
          this.#set({fg: indexed(code - 30)});
        } else if (code >= 40 && code <= 47) {
          this.#set({bg: indexed(code - 40)});
        } else if (code >= 90 && code <= 97) {
          this.#set({fg: indexed(code - 82)});
        } else if (code >= 100 && code <= 107) {
          this.#set({bg: indexed(code - 92)});
        }
    }
  }

  #set(change) {
    this.#style = {...this.#style, ...change};
  }
}

/** A progress bar writes its line again and again: the last time counts. */
function overwritten(line) {
  const end = line.endsWith('\r') ? line.length - 1 : line.length;
  const last = line.lastIndexOf('\r', end - 1);
  return last < 0 && end === line.length ? line : line.slice(last + 1, end);
}

/** The first sixteen have names, since the style sheet picks them; the others are fixed. */
function indexed(index) {
  if (index < 16) {
    return String(index);
  }
  if (index >= 232) {
    const grey = (index - 232) * 10 + 8;
    return rgb([grey, grey, grey]);
  }
  const level = (n) => (n === 0 ? 0 : n * 40 + 55);
  const cube = index - 16;
  return rgb([level(Math.floor(cube / 36) % 6), level(Math.floor(cube / 6) % 6), level(cube % 6)]);
}

function rgb([red = 0, green = 0, blue = 0]) {
  return `rgb(${red & 255} ${green & 255} ${blue & 255})`;
}

function colour(span, property, prefix, value) {
  if (value.startsWith('rgb')) {
    // through the object model, which a policy without inline styles allows
    span.style[property] = value;
  } else if (value !== '') {
    span.classList.add(`sgr-${prefix}-${value}`);
  }
}
