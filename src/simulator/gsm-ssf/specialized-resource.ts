import { canceled, improperCallerResponse, parameterOutOfRange } from '../../stack/cap/errors.ts';
import type { PlayAnnouncementArg } from '../../stack/cap/operations/play-announcement.ts';
import type {
  PromptAndCollectUserInformationArg,
  ReceivedInformationArg,
} from '../../stack/cap/operations/prompt-and-collect-user-information.ts';
import type { CapInvocation } from '../../stack/cap/service/invocation.ts';
import { kept } from '../../stack/cap/service/kept.ts';
import type { Later } from '../later.ts';
import { announcementMs, describe } from './announcement.ts';
import type { Reply } from './call-script.ts';
import { collectionOrder, DigitCollection } from './digit-collection.ts';
import { encodeDigits } from './generic-digits.ts';
import { type SrfAction, type SrfEvent, type SrfState, srfFsm, srfTable } from './srf-fsm.ts';

export type ResourceReport = 'firstAnnouncementStarted' | 'allAnnouncementsComplete';

export interface ResourceHost {
  readonly later: Later;
  /** What the connected party says to the next prompt. */
  nextReply(): Reply | undefined;
  note(line: string): void;
  /** specializedResourceReport, linked to the operation with this id. */
  report(linkedId: number, what: ResourceReport): void;
  /** The gsmSRF wants to be disconnected: the last operation allowed it, or nobody has asked for anything. */
  onDisconnection(): void;
  /** Components of an upcall of a timer are to be sent. */
  flush(): void;
  readonly tsrfMs: number;
}

type Task = { readonly invocation: CapInvocation } & (
  | { readonly kind: 'announcement'; readonly argument: PlayAnnouncementArg }
  | { readonly kind: 'collection'; readonly argument: PromptAndCollectUserInformationArg }
);

const TASKS_MAX = 8;

/** Announcements and collection of digits, towards one party of a call (3GPP TS 29.078 §11.23, §11.25). */
export class SpecializedResource {
  readonly #host: ResourceHost;
  #state: SrfState = srfTable.initial;
  readonly #line: Task[] = [];
  #timer = 0;
  #collection: DigitCollection | undefined;
  /** What the collection that is over came to. */
  #collected: string | undefined;

  constructor(host: ResourceHost) {
    this.#host = host;
    this.#on('connect');
  }

  get state(): SrfState {
    return this.#state;
  }

  /** False when too much waits already. */
  play(argument: PlayAnnouncementArg, invocation: CapInvocation): boolean {
    if (this.#line.length >= TASKS_MAX) return false;
    this.#line.push({ kind: 'announcement', argument: kept(argument), invocation });
    this.#on('playAnnouncement');
    return true;
  }

  collect(argument: PromptAndCollectUserInformationArg, invocation: CapInvocation): boolean {
    if (collectionOrder(argument.collectedInfo.collectedDigits) === undefined) {
      invocation.error(parameterOutOfRange);
      return true;
    }
    if (this.#line.length >= TASKS_MAX) return false;
    this.#line.push({ kind: 'collection', argument: kept(argument), invocation });
    this.#on('promptAndCollectUserInformation');
    return true;
  }

  /** Whether there was such a task; it is answered with canceled (3GPP TS 29.078 §11.8). */
  cancel(invokeId: number): boolean {
    const at = this.#line.findIndex(({ invocation }) => invocation.invokeId === invokeId);
    if (at < 0) return false;
    if (at > 0) this.#line.splice(at, 1)[0]?.invocation.error(canceled);
    else this.#on('cancel');
    return true;
  }

  cancelAll(): void {
    while (this.#line.length > 1) this.#line.pop()?.invocation.error(canceled);
    if (this.#line.length > 0) this.#on('cancel');
  }

  /** The party is gone, or the gsmSSF has disconnected it: nothing more is answered. */
  disconnect(): void {
    this.#on('disconnect');
  }

  #on(event: SrfEvent): void {
    const row = srfFsm.find(this.#state, event, (guard) =>
      guard === 'another waits' ? this.#line.length > 1 : this.#allowsDisconnection(),
    );
    if (row === undefined) return;
    this.#state = row[4];
    for (const action of row[3]) this.#do(action);
  }

  /** Absent: the gsmSCF disconnects it (3GPP TS 29.078 §5.1). */
  #allowsDisconnection(): boolean {
    return this.#line[0]?.argument.disconnectFromIPForbidden === false;
  }

  #do(action: SrfAction): void {
    const { later } = this.#host;
    switch (action) {
      case 'start Tsrf':
        this.#timer = later.after(this.#host.tsrfMs, () => this.#onTimer('Tsrf expiry'));
        return;
      case 'stop Tsrf':
        later.cancel(this.#timer);
        return;
      case 'begin':
        this.#begin();
        return;
      case 'wait in line':
        return;
      case 'report': {
        const task = this.#line.shift();
        if (task?.kind === 'announcement' && task.argument.requestAnnouncementCompleteNotification !== false)
          this.#host.report(task.invocation.invokeId, 'allAnnouncementsComplete');
        return;
      }
      case 'answer': {
        const task = this.#line.shift();
        if (this.#collected === undefined) task?.invocation.error(improperCallerResponse);
        else {
          const answer: ReceivedInformationArg = { digitsResponse: encodeDigits(this.#collected) };
          task?.invocation.result(answer);
        }
        return;
      }
      case 'answer canceled':
        this.#halt();
        this.#line.shift()?.invocation.error(canceled);
        return;
      case 'begin the next':
        this.#begin();
        return;
      case 'stop all':
        this.#halt();
        this.#line.length = 0;
        return;
      case 'ask for disconnection':
        this.#host.onDisconnection();
    }
  }

  #halt(): void {
    this.#host.later.cancel(this.#timer);
    this.#collection?.stop();
    this.#collection = undefined;
  }

  #begin(): void {
    const task = this.#line[0];
    if (task === undefined) return;
    const { informationToSend, requestAnnouncementStartedNotification } = task.argument;
    if (informationToSend !== undefined) this.#host.note(describe(informationToSend));
    if (requestAnnouncementStartedNotification === true)
      this.#host.report(task.invocation.invokeId, 'firstAnnouncementStarted');
    const playsMs = announcementMs(informationToSend);
    if (task.kind === 'announcement') {
      this.#timer = this.#host.later.after(playsMs, () => this.#onTimer('announcement over'));
      return;
    }
    const order = collectionOrder(task.argument.collectedInfo.collectedDigits);
    if (order === undefined) return;
    this.#collection = new DigitCollection(this.#host, order, playsMs, (digits) => {
      this.#collected = digits;
      this.#host.note(digits === undefined ? 'no proper digits' : `digits ${digits}`);
      this.#onTimer('collection over');
    });
  }

  #onTimer(event: SrfEvent): void {
    this.#on(event);
    this.#host.flush();
  }
}
