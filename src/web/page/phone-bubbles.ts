/** What stands on the screen of a phone: messages that came, and those that it has sent. */
import type { PhoneNotice } from '../live-source.ts';
import type { PhoneSaid } from '../phones.ts';
import { make } from './dom.ts';
import { localDateTime, localTime } from './format.ts';
import { SIGNS } from './signs.ts';

/** In the order of time. */
export function thread(notices: readonly PhoneNotice[], said: readonly PhoneSaid[]): HTMLLIElement[] {
  const rows = [
    ...notices
      .filter((notice) => !isOvertaken(notice, notices))
      .map((notice) => ({ atMs: notice.createdAtMs, row: () => bubble(notice) })),
    ...said.map((one) => ({ atMs: one.atMs, row: () => ownBubble(one) })),
  ];
  return rows.sort((a, b) => a.atMs - b.atMs).map(({ row }) => row());
}

/** What waited was told by a later notice, which has all that is due: it will not come any more. */
function isOvertaken({ state, kind, createdAtMs }: PhoneNotice, all: readonly PhoneNotice[]): boolean {
  if (state !== 'waiting' || kind === 'text') return false;
  return all.some((other) => other.kind !== 'text' && other.createdAtMs > createdAtMs);
}

export function bubble(notice: PhoneNotice): HTMLLIElement {
  const row = make('li', 'message');
  row.dataset['state'] = notice.state;
  const text = make('div', 'bubble', notice.text);
  // The language chooses the glyphs of Han characters, the line breaks and the voice of a screen reader.
  text.lang = notice.language;
  text.dir = notice.direction;
  row.append(text);
  const meta = make('p', 'message-meta figure', metaOf(notice));
  meta.title = titleOf(notice);
  row.append(meta);
  return row;
}

const SAID: Readonly<Record<PhoneSaid['state'], string>> = {
  sending: '… sending',
  sent: `${SIGNS.well} sent`,
  refused: `${SIGNS.critical} not sent: the service centre refused it`,
  'no-network': `${SIGNS.critical} not sent: no network`,
  'no-answer': `${SIGNS.critical} not sent: the network did not answer`,
};

function ownBubble({ text, state, atMs }: PhoneSaid): HTMLLIElement {
  const row = make('li', 'message message-own');
  row.dataset['state'] = state === 'sent' ? 'said' : state === 'sending' ? state : 'failed';
  const own = make('div', 'bubble', text);
  own.dir = 'auto';
  row.append(
    own,
    make('p', 'message-meta figure', `${SAID[state]} ${state === 'sent' ? localTime(atMs) : ''}`.trim()),
  );
  return row;
}

function metaOf(notice: PhoneNotice): string {
  const words: string[] = [];
  switch (notice.state) {
    case 'delivered':
      words.push(`${SIGNS.well} ${localTime(notice.deliveredAtMs)}`);
      break;
    case 'sent':
      words.push(`→ sent ${localTime(notice.sentAtMs)}, not on the phone yet`);
      break;
    case 'with-smsc':
      words.push(`→ with the SMSC since ${localTime(notice.sentAtMs)}`);
      break;
    case 'waiting':
      words.push('… waits until the phone is back');
      break;
    case 'failed':
      words.push(`${SIGNS.critical} not delivered`);
      break;
    default:
      words.push(`${SIGNS.unknown} ${String(notice.state)}`);
  }
  if (notice.parts > 1)
    words.push(
      notice.state !== 'delivered' && notice.partsDelivered > 0
        ? `${notice.partsDelivered} of ${notice.parts} parts`
        : `${notice.parts} parts`,
    );
  return words.join(' · ');
}

function titleOf({ createdAtMs, sentAtMs, deliveredAtMs, id }: PhoneNotice): string {
  const lines = [`Notice ${id}`, `composed ${localDateTime(createdAtMs)}`];
  if (sentAtMs > 0) lines.push(`sent ${localDateTime(sentAtMs)}`);
  if (deliveredAtMs > 0) lines.push(`on the phone ${localDateTime(deliveredAtMs)}`);
  return lines.join('\n');
}
