/** An explanation for people: calls, then notices, each a heading and lines with a time before them. */
import type { CallStory, QueryStory, ReturnStory, Standing } from '../explain/story.ts';
import {
  ageText,
  causeText,
  contentText,
  fateText,
  heldText,
  MESSAGES,
  noticeEndText,
  numberText,
  presenceText,
  REASONS,
  RULES,
  stateText,
  timeText,
  triggerText,
  tryEndText,
  tryText,
} from './explain-words.ts';
import type { Explained, ExplainedNotice } from './explained.ts';

const TIME_WIDTH = 25;

const line = (atMs: number, text: string): string => `  ${timeText(atMs).padEnd(TIME_WIDTH)}${text}\n`;
const more = (text: string): string => `  ${''.padEnd(TIME_WIDTH)}${text}\n`;
const named = (name: string, text: string): string => `  ${name.padEnd(TIME_WIDTH)}${text}\n`;

export function explanationText(explained: Explained): string {
  const { number, now, asOfMs, calls, notices, returns, queries } = explained;
  return [
    `${number}, as of ${timeText(asOfMs)}; all times are UTC\n`,
    `${standing(now)}${journal(explained.journal)}`,
    ...calls.map(call),
    ...returns.map(ownCall),
    ...notices.map((one) => notice(one, explained)),
    ...(queries.length === 0 ? [] : [asked(queries)]),
  ].join('\n');
}

function standing({ isSubscribed, missedCalls, notifyMe, delivery, deadlineAtMs, ...now }: Standing): string {
  const { isAbsent, reachableAtMs, callsWaiting } = now;
  if (!isSubscribed) return named('now', 'not subscribed');
  const seen = reachableAtMs === 0 ? 'never seen' : `last seen at ${timeText(reachableAtMs)}`;
  return (
    named('ordered', `missed calls ${missedCalls ? 'on' : 'off'}, notify me ${notifyMe}`) +
    named('the phone', `${isAbsent ? 'away' : 'not known to be away'}, ${seen}`) +
    named('now', `${callsWaiting} calls wait to be told; ${stateText(delivery, deadlineAtMs)}`)
  );
}

function journal({ sinceMs, isWhole, leftOut, unreadable }: Explained['journal']): string {
  const reach =
    sinceMs === 0
      ? 'is empty'
      : isWhole
        ? `has all since ${timeText(sinceMs)}, when it began`
        : `reaches back to ${timeText(sinceMs)}; what came before is not there any more (store.journalWindowsKept)`;
  return (
    named('the journal', reach) +
    (leftOut === 0 ? '' : named('', `${leftOut} older events are left out here`)) +
    (unreadable === 0 ? '' : named('', `${unreadable} records cannot be read: see callwake verify`))
  );
}

function call(story: CallStory): string {
  const { id, attemptedAtMs, reportedAtMs, caller, presentation, reason, cause, message, verdict } = story;
  const withheld = presentation === 'allowed' ? '' : `, presentation ${presentation}`;
  const told = message === undefined ? '' : `; told by ${MESSAGES[message]}`;
  return [
    `CALL ${id} from ${numberText(caller)}${withheld}\n`,
    line(attemptedAtMs, 'the call came'),
    line(reportedAtMs, `it failed: ${REASONS[reason]} (${causeText(cause)})${told}`),
    more(
      story.fate.kind === 'not-told' && verdict === 'not-told'
        ? `${VERDICTS[verdict]}: ${RULES[story.fate.rule]}`
        : VERDICTS[verdict],
    ),
    ...(story.callerNotTold ? [more(`the caller is not told of the return: ${RULES.precedence}`)] : []),
    ...story.held.map((held) => line(held.atMs, heldText(held))),
    ...(story.notices.length === 0 ? [] : [named('notices', story.notices.join(', '))]),
    named('so', verdict === 'not-told' ? 'NOT TOLD, by that rule' : fateText(story.fate)),
  ].join('');
}

const VERDICTS: Readonly<Record<CallStory['verdict'], string>> = {
  told: 'by the rules at capture it is to be told (N1)',
  counted: 'by the rules at capture it is to be told as a call of a withheld number (R1)',
  'not-told': 'by the rules at capture it is not to be told',
};

function ownCall(story: ReturnStory): string {
  const { callee, attemptedAtMs, toldAtMs, watched, refusedAtMs, returned, notices } = story;
  return [
    `OWN CALL to ${callee}\n`,
    line(attemptedAtMs, 'the call was tried'),
    line(toldAtMs, 'it failed: the called party was away'),
    more(
      watched
        ? 'its return is watched for (K1)'
        : 'its return is not wanted: notify me is off, or not for this number (K2)',
    ),
    ...(refusedAtMs === undefined
      ? []
      : [line(refusedAtMs, 'the called party lets this caller not know of it (R2)')]),
    ...(returned === undefined
      ? []
      : [
          line(
            returned.atMs,
            `it is back${returned.trigger === undefined ? '' : `, as was shown by ${presenceText(returned.trigger)}`}`,
          ),
        ]),
    ...(notices.length === 0 ? [] : [named('notices', notices.join(', '))]),
  ].join('');
}

function notice(
  { id, notice: made, composed, calls, tries, receipts, end, rendered }: ExplainedNotice,
  { number }: Explained,
): string {
  const { recipient, language, timeZone, templateVersion, brand, originator } = made;
  return [
    `NOTICE ${id}: ${contentText(made.content)}\n`,
    ...origin(composed, made.createdAtMs),
    ...(calls.length === 0 ? [] : [named('calls', calls.join(', '))]),
    named(
      'made with',
      [
        `language ${language}`,
        timeZone,
        `texts of version ${templateVersion}`,
        ...(brand === undefined ? [] : [`brand ${brand}`]),
        ...(originator === undefined ? [] : [`from ${originator}`]),
        ...(recipient === number ? [] : [`to ${recipient} (N13)`]),
      ].join(', '),
    ),
    ...rendered.text
      .split('\n')
      .map((text, index) => named(index === 0 ? partsWord(rendered.parts) : '', `│ ${text}`)),
    ...(rendered.fallbacks.length === 0
      ? []
      : [more(`the texts have not all that it asks for: ${rendered.fallbacks.join(', ')}`)]),
    ...tries.flatMap((one, index) => {
      const how = tryText(one);
      return [
        line(one.askedAtMs, `try ${index + 1} (${one.id})${how === '' ? '' : `, ${how}`}`),
        ...(one.end === undefined ? [] : [line(one.end.atMs, `  ${tryEndText(one.end)}`)]),
        ...(one.end?.handedOver === undefined
          ? []
          : [
              more(
                `  message_id ${one.end.handedOver.messageIds.join(', ')}; valid until ${timeText(one.end.handedOver.validUntilMs)}`,
              ),
            ]),
      ];
    }),
    ...receipts.map(({ atMs, smsc, messageId, fate, detail }) =>
      line(
        atMs,
        `receipt from ${smsc} for message_id ${messageId}: ${fate}${detail === '' ? '' : ` (${detail})`}`,
      ),
    ),
    named('so', noticeEndText(end)),
  ].join('');
}

function origin(composed: ExplainedNotice['composed'], createdAtMs: number): string[] {
  if (composed === undefined)
    return [line(createdAtMs, 'it was made; the journal does not reach back to why')];
  const { atMs, trigger, reachable } = composed;
  if (reachable === undefined)
    return [line(atMs, `set off by ${triggerText(trigger)}`), more('that the phone is there was not known')];
  if (reachable.atMs === trigger.atMs && reachable.kind === trigger.kind)
    return [line(atMs, `set off by ${triggerText(trigger)}, which shows that the phone is there`)];
  const age = ageText(atMs - reachable.atMs);
  return [
    line(atMs, `set off by ${triggerText(trigger)}`),
    more(`that the phone is there was shown by ${presenceText(reachable)}, ${age} before`),
  ];
}

const partsWord = (parts: number): string => `text, in ${parts} part${parts === 1 ? '' : 's'}`;

function asked(queries: readonly QueryStory[]): string {
  return [
    'QUESTIONS whether the phone is there, by silent short messages\n',
    ...queries.map(({ id, askedAtMs, end }) => {
      const waiting = end?.onWaitingList === true ? '; on the HLR’s waiting list' : '';
      const detail = end === undefined || end.detail === '' ? '' : ` (${end.detail})`;
      return line(
        askedAtMs,
        `${id}: ${end === undefined ? 'no answer yet' : `${end.result}${detail}${waiting}`}`,
      );
    }),
  ].join('');
}
