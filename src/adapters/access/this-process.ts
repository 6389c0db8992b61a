/** Who this process is, for the access log of an engine. */
import { userInfo } from 'node:os';
import type { Who } from './access-log.ts';

export function thisProcess(): Who {
  // Words that name a command; what is behind them may name a subscriber.
  const words = process.argv.slice(2, 4).filter((word) => /^[a-z0-9-]+$/.test(word) && !/^[-\d]/.test(word));
  return { user: userName(), processId: process.pid, command: words.join(' ').slice(0, 100) };
}

/** `sudo` says who was there before. */
function userName(): string {
  const behind = process.env['SUDO_USER'];
  let name: string;
  try {
    name = userInfo().username;
  } catch {
    // A user that the machine has no name for.
    name = `${process.getuid?.() ?? 'unknown'}`;
  }
  return (behind === undefined ? name : `${name} (${behind})`).slice(0, 100);
}
