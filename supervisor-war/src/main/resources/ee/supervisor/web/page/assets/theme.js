// Runs before the first paint, or a page that is to be dark would flash white; so it is no module.
(() => {
  const root = document.documentElement;
  root.classList.add('js');
  try {
    const theme = localStorage.getItem('supervisor.theme');
    if (theme === 'light' || theme === 'dark') {
      root.dataset.theme = theme;
    }
  } catch {
    // a browser that keeps nothing for us: it is as the system is
  }
})();
