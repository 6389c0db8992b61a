// Before the first paint: the theme that was chosen, or the one that the system asks for.
(() => {
  let wish = 'auto';
  try {
    wish = localStorage.getItem('callwake.theme') ?? 'auto';
  } catch {
    // Storage is denied: the system's wish it is.
  }
  const matches = (query) => matchMedia(query).matches;
  const system = matches('(prefers-contrast: more)')
    ? 'contrast'
    : matches('(prefers-color-scheme: dark)')
      ? 'dark'
      : 'light';
  document.documentElement.dataset.theme = wish === 'auto' ? system : wish;
})();
