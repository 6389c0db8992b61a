import { integer, section } from '../keys.ts';

export const personalData = section('What is kept about people, and for how long.', {
  accessLogOctetsMax: integer('Octets of the access log from which on another file is begun.', {
    from: 4_096,
    to: 1_073_741_824,
    default: 16_777_216,
  }),
  accessLogFilesMax: integer('Files of the access log in all: the oldest one goes.', {
    from: 1,
    to: 10_000,
    default: 10,
  }),
  backupDays: integer(
    'For how long you keep backups, as the receipts of erasures say it; Callwake deletes none.',
    { from: 0, to: 36_500, default: 30 },
  ),
});
