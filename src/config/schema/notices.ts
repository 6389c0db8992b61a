import { boolean, integer, list, oneOf, section, text, textElement } from '../keys.ts';
import { filePath, originatingAddress } from '../rules.ts';

export const notices = section('What subscribers read.', {
  templateFiles: list(
    'Texts, one file for each language and brand; the first is for everybody whose language is not there. None without a brand: those that come with Callwake, in its languages.',
    textElement(filePath),
    { allowed: 'a list of paths', atMost: 100, example: ['texts/en.txt'] },
  ),
  originatingAddress: text('What the short messages come from.', originatingAddress, 'Missed call'),
  withheld: oneOf(
    'A missed call of a caller whose number is withheld, where a service class does not say otherwise. suppress: it is not told. count: as a call of a withheld number. ask: as count, and a caller who has a service with us is asked by short message whether the number may be shown; with the answer SHOW it is.',
    ['suppress', 'count', 'ask'],
    'suppress',
  ),
  returnsOfStrangers: boolean(
    'Who has ordered it is told of the return of numbers that are not subscribed, too. Every call that the network reports is watched then.',
    false,
  ),
  threads: integer('Threads that render notices.', { from: 1, to: 16, default: 1 }),
  batchMax: integer('Notices that are rendered together.', { from: 1, to: 10_000, default: 200 }),
  waitingBatchesMax: integer('Batches that may wait to be rendered.', { from: 1, to: 10_000, default: 32 }),
  batchTimeoutMs: integer('A batch that takes longer is tried again, and its thread is replaced.', {
    from: 100,
    to: 600_000,
    default: 10_000,
  }),
});
