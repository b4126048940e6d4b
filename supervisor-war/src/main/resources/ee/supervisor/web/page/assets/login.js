// The login page. It works without: this only keeps what stands behind a `#`, and goes on by itself
// where somebody is logged in already, which a link from another site does not show.
import {themeButton} from './theme-choice.js';

const form = document.getElementById('login');
form.action = `login.html${location.hash}`;
document.getElementById('tools').append(themeButton());

const response = await fetch(location.href, {redirect: 'manual', cache: 'no-store'}).catch(() => null);
if (response?.type === 'opaqueredirect') {
  location.reload();
}
