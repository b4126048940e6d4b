// Elements made of names and text. There is no way here to make one of markup: what comes from
// programs and their logs stays text.

/** An element; `class`, `on…` listeners and attributes, `true` for one without a value. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else if (value !== false && value !== undefined) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children);
  return node;
}

/** An SVG element. */
export function svg(tag, attributes = {}) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, value);
  }
  return node;
}

/** Runs `work` with the next frame, once, however often it is asked to before. */
export function oncePerFrame(work) {
  let asked = false;
  return () => {
    if (!asked) {
      asked = true;
      // no frames come while the page is hidden, and what is new must not pile up until it is seen
      const soon = document.hidden ? (run) => setTimeout(run, 250) : requestAnimationFrame;
      soon(() => {
        asked = false;
        work();
      });
    }
  };
}

/** What this browser was told to remember under `key`, if it may and was. */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Remembers a text; a browser that keeps nothing for us forgets it with the page. */
export function remember(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch {
    console.info('nothing is remembered: the browser forbids it');
  }
}
