'use strict';
(() => {
  const data = JSON.parse(document.getElementById('plots').textContent);
  const drawings = [...document.querySelectorAll('[data-plot]')].map(figure => new Plots.Drawing(figure, data[figure.dataset.plot]));
  const redraw = () => drawings.forEach(drawing => drawing.draw());

  // Colours as the system has them, until somebody chooses. A page from a file may be kept from remembering that.
  const root = document.documentElement;
  const button = document.getElementById('theme');
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : system.matches;
  const name = () => { button.textContent = isDark() ? 'Light' : 'Dark'; button.title = 'Show the page ' + (isDark() ? 'light' : 'dark'); };
  button.hidden = false;
  name();
  button.addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; name(); redraw(); });
  system.addEventListener('change', () => { name(); redraw(); });

  let waiting = 0;
  addEventListener('resize', () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => drawings.forEach(drawing => drawing.resize()));
  });

  // On paper: light, everything that explains a check open, pictures as wide as the page.
  let before = null;
  addEventListener('beforeprint', () => {
    before = { theme: root.dataset.theme, closed: [...document.querySelectorAll('details.evidence:not([open])')] };
    root.dataset.theme = 'light';
    before.closed.forEach(details => { details.open = true; });
    drawings.forEach(drawing => drawing.print(680));
  });
  addEventListener('afterprint', () => {
    if (!before) return;
    if (before.theme) root.dataset.theme = before.theme; else delete root.dataset.theme;
    before.closed.forEach(details => { details.open = false; });
    before = null;
    drawings.forEach(drawing => drawing.print(0));
  });

  // Rows of a list or table by words and kinds.
  document.querySelectorAll('form.filter').forEach(form => {
    const rows = [...(form.closest('details') || form.closest('.filtered')).querySelectorAll('[data-kind]')]
      .filter(row => form.closest('details') || !row.closest('details'));
    const find = form.querySelector('input[type=search]');
    const kinds = [...form.querySelectorAll('input[type=checkbox]')];
    const texts = rows.map(row => row.textContent.toLowerCase());
    const apply = () => {
      const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = new Set(kinds.filter(kind => kind.checked).map(kind => kind.value));
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = kinds.length > 0 && !wanted.has(row.dataset.kind) || !words.every(word => texts[i].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      form.querySelector('output').textContent = shown === rows.length ? rows.length + ' in all' : shown + ' of ' + rows.length;
    };
    form.hidden = false;
    form.addEventListener('input', apply);
    form.addEventListener('submit', event => event.preventDefault());
    apply();
  });
})();
