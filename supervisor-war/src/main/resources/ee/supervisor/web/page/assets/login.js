// The login page. It works without: this keeps what stands behind a `#`, logs in by a name and a
// password that stand in the address, as browsers did by themselves while they were asked for them,
// and goes on where somebody is logged in already, which a link from another site does not show.
import {themeButton} from './theme-choice.js';

const form = document.getElementById('login');
const here = new URL(document.URL);
const {username, password, searchParams} = here;
here.username = '';
here.password = '';
form.action = new URL(`login.html${location.hash}`, here).href;
document.getElementById('tools').append(themeButton());

if (username !== '' && !searchParams.has('failed')) {
  form.elements.user.value = decodeURIComponent(username);
  form.elements.password.value = decodeURIComponent(password);
  form.requestSubmit();
} else {
  const response = await fetch(here, {redirect: 'manual', cache: 'no-store'}).catch(() => null);
  if (response?.type === 'opaqueredirect') {
    location.replace(here);
  }
}
