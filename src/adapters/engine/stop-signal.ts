/** Resolves with the first SIGTERM or SIGINT; a second one ends the process at once. */
export function stopSignal(): Promise<'SIGINT' | 'SIGTERM'> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve(signal);
      });
    }
  });
}

/** Calls `reload` on each SIGHUP, until `end`. */
export function onReloadSignal(reload: () => void): { readonly end: () => void } {
  process.on('SIGHUP', reload);
  return { end: () => void process.off('SIGHUP', reload) };
}
