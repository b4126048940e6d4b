// The session by which this page was let in, if it was by one: where users log in at the login
// page, whatever changes something has to show the session's token.

const TOKEN = document.querySelector('meta[name=token]')?.content ?? null;

/** Headers for a request that changes something. */
export function tokenHeaders() {
  return TOKEN === null ? {} : {'X-Supervisor-Token': TOKEN};
}

/** Whether a refusal means that the session is over; then the login page is on its way. */
export function isOver(status) {
  if (TOKEN === null || status !== 401) {
    return false;
  }
  const page = location.pathname.slice(location.pathname.lastIndexOf('/') + 1) + location.search;
  location.replace(`login.html?next=${encodeURIComponent(page)}${location.hash}`);
  return true;
}

/**
 * Whether a refusal means that its user has logged in anew, in another window: this page, which does
 * not know the token of that session, is then loaded again.
 */
export function isAnother(detail) {
  const another = TOKEN !== null && detail === 'the token of the session is missing or wrong';
  if (another) {
    location.reload();
  }
  return another;
}

/** Looks whether the session goes on, where a stream has ended and cannot say why. */
export async function look() {
  if (TOKEN !== null) {
    try {
      isOver((await fetch('api/v1/supervisor', {method: 'HEAD', cache: 'no-store'})).status);
    } catch (failure) {
      // supervisord cannot be reached: that is another matter
      console.info(String(failure));
    }
  }
}
