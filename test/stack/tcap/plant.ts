import type { TcapLimits } from '../../../src/stack/tcap/core.ts';
import type {
  AbortIndication,
  Component,
  Dialogue,
  DialogueAcceptor,
  DialoguePortion,
  DialogueUser,
  ObjectIdentifier,
} from '../../../src/stack/tcap/service.ts';
import { Tcap } from '../../../src/stack/tcap/tcap.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';
import { MemorySccp, titled } from '../../support/memory-sccp.ts';

export const context: ObjectIdentifier = [0, 4, 0, 0, 1, 0, 20, 3];
export const otherContext: ObjectIdentifier = [0, 4, 0, 0, 1, 0, 20, 2];
export const alice = titled('41790000001', 147);
export const bob = titled('41790000002', 6);

export function hex(octets: Uint8Array | undefined): string {
  return octets === undefined ? '' : Buffer.from(octets).toString('hex');
}

export function octets(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));
}

function show(component: Component): string {
  switch (component.kind) {
    case 'invoke': {
      const linked = component.linkedId === undefined ? '' : ` linked ${component.linkedId}`;
      const duplicate = component.duplicate === true ? ' duplicate' : '';
      return `invoke ${component.invokeId}${linked} op ${String(component.operationCode)} ${hex(component.parameter)}${duplicate}`;
    }
    case 'result':
      return `result${component.last ? '' : '-nl'} ${component.invokeId} ${hex(component.parameter)}`;
    case 'error':
      return `error ${component.invokeId} code ${String(component.errorCode)} ${hex(component.parameter)}`;
    case 'reject':
      return `reject ${String(component.invokeId)} ${component.problem.type} ${component.problem.code}${component.local ? ' local' : ''}`;
  }
}

function showAbort(abort: AbortIndication): string {
  switch (abort.kind) {
    case 'provider':
      return `abort provider ${abort.cause}${abort.local ? ' local' : ''}`;
    case 'user':
      return `abort user ${(abort.userInformation ?? []).map(hex).join(',')}`.trim();
    case 'refused':
      return `abort refused ${abort.diagnostic} ${String(abort.alternative ?? '')}`.trim();
    case 'notice':
      return `abort notice ${abort.returnCause}`;
    case 'idle':
      return 'abort idle';
  }
}

/** Writes down its upcalls, and answers as it is told. */
export class Recorder implements DialogueUser {
  readonly log: string[] = [];
  dialogue: Dialogue | null = null;
  onComponentDo: ((dialogue: Dialogue, component: Component) => void) | null = null;
  onDelimiterDo: ((dialogue: Dialogue, message: string) => void) | null = null;

  onComponent(dialogue: Dialogue, component: Component): void {
    this.log.push(show(component));
    this.onComponentDo?.(dialogue, component);
  }

  onDelimiter(dialogue: Dialogue, message: 'begin' | 'continue' | 'end', portion: DialoguePortion): void {
    const context =
      portion.applicationContext === undefined ? '' : ` context ${portion.applicationContext.join('.')}`;
    const information = (portion.userInformation ?? []).map((external) => ` info ${hex(external)}`).join('');
    this.log.push(`${message}${context}${information}`);
    this.onDelimiterDo?.(dialogue, message);
  }

  onInvokeTimeout(_dialogue: Dialogue, invokeId: number): void {
    this.log.push(`timeout ${invokeId}`);
  }

  onAbort(_dialogue: Dialogue, abort: AbortIndication): void {
    this.log.push(showAbort(abort));
  }

  onNotice(_dialogue: Dialogue, returnCause: number): void {
    this.log.push(`notice ${returnCause}`);
  }

  /** What was written since the last call. */
  take(): string[] {
    return this.log.splice(0);
  }
}

export interface Node {
  readonly tcap: Tcap;
  readonly counters: CountersMap;
  readonly recorder: Recorder;
}

/** Alice opens, Bob accepts; a message arrives within the call that sends it. */
export function plant(
  options: {
    aliceLimits?: Partial<TcapLimits>;
    bobLimits?: Partial<TcapLimits>;
    bobAdmits?: () => boolean;
  } = {},
) {
  const wheel = new TimingWheel();
  const sccp = new MemorySccp();
  const node = (
    name: string,
    index: number,
    limits: Partial<TcapLimits> = {},
    admit?: () => boolean,
  ): Node => {
    const counters = new CountersMap();
    const tcap = new Tcap({
      sccp: sccp.node(name),
      timers: wheel,
      counters,
      node: index,
      bootEpoch: 1,
      limits,
      ...(admit === undefined ? {} : { admit }),
    });
    return { tcap, counters, recorder: new Recorder() };
  };
  const a = node('41790000001', 1, options.aliceLimits);
  const b = node('41790000002', 2, options.bobLimits, options.bobAdmits);
  const acceptor: DialogueAcceptor & { refuse: boolean } = {
    refuse: false,
    onBegin(dialogue) {
      b.recorder.dialogue = dialogue;
      return this.refuse ? 'refuse-context' : b.recorder;
    },
  };
  b.tcap.accept(6, acceptor);
  const open = (withContext = true): Dialogue => {
    const dialogue = a.tcap.open({
      localAddress: alice,
      remoteAddress: bob,
      user: a.recorder,
      ...(withContext ? { applicationContext: context } : {}),
    });
    if (dialogue === null) throw new Error('no dialogue');
    return dialogue;
  };
  /** A message of a foreign node for Bob. */
  const toBob = (message: string | Uint8Array) =>
    sccp.deliver({
      called: bob,
      calling: titled('999', 6),
      data: typeof message === 'string' ? octets(message) : message,
      returnOption: false,
    });
  /** Hex of the last message that was sent. */
  const lastSent = () => hex(sccp.sent.at(-1)?.data);
  return { wheel, sccp, a, b, acceptor, open, toBob, lastSent };
}
