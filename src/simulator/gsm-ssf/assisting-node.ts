import {
  cancelFailed,
  parameterOutOfRange,
  taskRefused,
  unexpectedComponentSequence,
} from '../../stack/cap/errors.ts';
import { CapDialogue, type CapDialogueOwner, type Handlers } from '../../stack/cap/service/cap-dialogue.ts';
import { assistContexts, srfContexts } from '../../stack/cap/service/contexts.ts';
import type { CapInvocation } from '../../stack/cap/service/invocation.ts';
import type { fromAssistPhase4, toAssistPhase4 } from '../../stack/cap/service/operation-sets.ts';
import type { AbortIndication } from '../../stack/tcap/service.ts';
import {
  type AssistingAction,
  type AssistingEvent,
  type AssistingState,
  assistingFsm,
  assistingTable,
} from './assisting-fsm.ts';
import { encodeDigits } from './generic-digits.ts';
import { RESOURCE_CAPABILITIES } from './initial-dp.ts';
import type { AssistedCall, GsmSsfPorts } from './ports.ts';
import { sendResourceReport } from './resource-connection.ts';
import { SpecializedResource } from './specialized-resource.ts';

export type AssistingPorts = Pick<
  GsmSsfPorts,
  'tcap' | 'later' | 'counters' | 'localAddress' | 'scfAddress' | 'tssf' | 'tsrfMs' | 'onOutcome'
>;

type AssistingDialogue = CapDialogue<typeof fromAssistPhase4, typeof toAssistPhase4>;

/** An assisting gsmSSF with its resource, or a gsmSRF: asks the gsmSCF what to do with a call that was sent to it. */
export class AssistingCall implements CapDialogueOwner {
  readonly #ports: AssistingPorts;
  readonly #call: AssistedCall;
  readonly #dialogue: AssistingDialogue;
  #state: AssistingState = assistingTable.initial;
  #resource: SpecializedResource | undefined;
  #ask: ((resource: SpecializedResource) => void) | undefined;
  #tssf = 0;
  #lastIntervalMs: number;
  #resetMs = 0;

  constructor(ports: AssistingPorts, call: AssistedCall) {
    this.#ports = ports;
    this.#call = call;
    this.#lastIntervalMs = ports.tssf.defaultMs;
    const phase = call.phase === 1 ? 2 : call.phase;
    const context = call.kind === 'gsmSRF' ? srfContexts[phase] : assistContexts[phase];
    this.#dialogue = CapDialogue.ofSsf(
      context as (typeof assistContexts)[4],
      this.#handlers(),
      this,
      ports.counters,
    );
    const opened = this.#dialogue.open(ports.tcap, {
      localAddress: ports.localAddress,
      remoteAddress: ports.scfAddress,
      applicationContext: context.context.objectIdentifier,
    });
    if (opened) this.#on('call to assist');
    else call.onOver();
  }

  get state(): AssistingState {
    return this.#state;
  }

  /** The exchange that sent the call takes it back. */
  release(): void {
    this.#on('call released');
  }

  onClosed(abort: AbortIndication | undefined): void {
    this.#call.note(`${this.#call.kind}: dialogue ${abort === undefined ? 'ended' : `lost: ${abort.kind}`}`);
    this.#on('dialogue ended');
  }

  onOutcome(direction: 'sent' | 'received', operation: string, wrong: string | undefined): void {
    this.#ports.onOutcome?.(this.#call.phase, direction, operation, wrong);
  }

  #handlers(): Handlers<typeof toAssistPhase4> {
    const expect = (event: AssistingEvent, invocation: CapInvocation) => {
      if (!this.#on(event)) invocation.error(unexpectedComponentSequence);
    };
    return {
      activityTest: (_argument, invocation) => invocation.result(),
      cancel: (argument, invocation) => {
        const id = 'invokeID' in argument ? argument.invokeID : undefined;
        if (id === undefined) this.#resource?.cancelAll();
        else if (this.#resource?.cancel(id) !== true)
          invocation.error(cancelFailed, { problem: 'tooLate', operation: id });
        this.#on('other operation');
      },
      connectToResource: (_argument, invocation) => expect('connectToResource', invocation),
      disconnectForwardConnection: (_argument, invocation) =>
        expect('disconnectForwardConnection', invocation),
      disconnectForwardConnectionWithArgument: (_argument, invocation) =>
        expect('disconnectForwardConnection', invocation),
      playAnnouncement: (argument, invocation) => {
        this.#ask = (resource) => {
          if (!resource.play(argument, invocation)) invocation.error(taskRefused, 'generic');
        };
        expect('user interaction operation', invocation);
      },
      promptAndCollectUserInformation: (argument, invocation) => {
        this.#ask = (resource) => {
          if (!resource.collect(argument, invocation)) invocation.error(taskRefused, 'generic');
        };
        expect('user interaction operation', invocation);
      },
      resetTimer: ({ timervalue }, invocation) => {
        if (timervalue === 0) return void invocation.error(parameterOutOfRange);
        this.#resetMs = timervalue * 1000;
        return expect('resetTimer', invocation);
      },
    };
  }

  #on(event: AssistingEvent): boolean {
    const row = assistingFsm.find(this.#state, event, () => this.#call.kind === 'gsmSRF');
    if (row === undefined) return false;
    this.#state = row[4];
    for (const action of row[3]) this.#do(action);
    return true;
  }

  #do(action: AssistingAction): void {
    const { tssf, later } = this.#ports;
    switch (action) {
      case 'assistRequestInstructions':
        this.#dialogue.invoke(
          'assistRequestInstructions',
          { correlationID: encodeDigits(this.#call.correlationId), iPSSPCapabilities: RESOURCE_CAPABILITIES },
          { error: (error) => this.#refused(error?.name ?? 'unknown error') },
        );
        return this.#dialogue.flush();
      case 'connect gsmSRF':
        this.#resource = this.#connect();
        return;
      case 'ask gsmSRF':
        if (this.#resource !== undefined) this.#ask?.(this.#resource);
        return;
      case 'disconnect gsmSRF':
        this.#resource?.disconnect();
        this.#resource = undefined;
        return;
      case 'start Tssf':
        return this.#start(tssf.defaultMs);
      case 'start Tssf for user interaction':
        return this.#start(tssf.userInteractionMs);
      case 'start Tssf again':
        return this.#start(this.#lastIntervalMs);
      case 'start Tssf by resetTimer':
        return this.#start(this.#resetMs);
      case 'stop Tssf':
        return later.cancel(this.#tssf);
      case 'abort dialogue':
        return this.#dialogue.abort();
      case 'end dialogue':
        // Without an answer there is nobody who could be told.
        if (this.#dialogue.state === 'active') this.#dialogue.end();
        else this.#dialogue.abort();
        return;
      case 'release call':
        this.#call.onOver();
    }
  }

  #refused(why: string): void {
    this.#call.note(`assistRequestInstructions refused: ${why}`);
    this.#dialogue.end();
    this.#on('dialogue ended');
  }

  #start(ms: number): void {
    this.#ports.later.cancel(this.#tssf);
    this.#lastIntervalMs = ms;
    this.#tssf = this.#ports.later.after(ms, () => this.#on('Tssf expiry'));
  }

  #connect(): SpecializedResource {
    const { later, tsrfMs } = this.#ports;
    const call = this.#call;
    return new SpecializedResource({
      later,
      tsrfMs,
      nextReply: () => call.nextReply(),
      note: (line) => call.note(`${call.kind}: ${line}`),
      report: (linkedId, what) => sendResourceReport(this.#dialogue, call.phase, linkedId, what),
      onDisconnection: () => {
        this.#resource = undefined;
        this.#on('resource disconnected');
      },
      flush: () => this.#dialogue.flush(),
    });
  }
}
