/** Locks a directory, says so, and waits to be killed. */
import { lockDirectory } from '../../../src/adapters/store/directory-lock.ts';

await lockDirectory(process.argv[2] as string);
process.stdout.write('locked\n');
process.stdin.resume();
