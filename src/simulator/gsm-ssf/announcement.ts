/** How long what is to be said takes, and what it is, in words: 3GPP TS 29.078 §5.1, InformationToSend. */
import type { InformationToSend } from '../../stack/cap/operations/call-gap.ts';

const MESSAGE_MS = 1000;
const TONE_MS = 1000;

/** Duration 0 of an announcement is endless; the gsmSCF has to disconnect it. */
const ENDLESS_MS = 600_000;

export function announcementMs(information: InformationToSend | undefined): number {
  if (information === undefined) return 0;
  if ('tone' in information) {
    const { duration } = information.tone;
    // In tenths of a second.
    return duration === undefined
      ? TONE_MS
      : duration === 0
        ? ENDLESS_MS
        : Math.min(ENDLESS_MS, duration * 100);
  }
  const { numberOfRepetitions = 1, duration, interval = 0 } = information.inbandInfo;
  const playedMs = numberOfRepetitions * (MESSAGE_MS + interval * 1000);
  if (duration === undefined) return Math.min(ENDLESS_MS, playedMs);
  return duration === 0 ? ENDLESS_MS : Math.min(playedMs, duration * 1000);
}

export function describe(information: InformationToSend): string {
  if ('tone' in information) return `tone ${information.tone.toneID}`;
  const { messageID } = information.inbandInfo;
  if ('elementaryMessageID' in messageID) return `announcement ${messageID.elementaryMessageID}`;
  if ('elementaryMessageIDs' in messageID) return `announcements ${messageID.elementaryMessageIDs.join(' ')}`;
  if ('text' in messageID) return `text ${messageID.text.messageContent}`;
  return `variable announcement ${messageID.variableMessage.elementaryMessageID}`;
}
