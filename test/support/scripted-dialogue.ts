/** A dialogue and a TCAP that write down what they are asked, and whose peer is the test. */
import type { SccpAddress } from '../../src/stack/sccp/service.ts';
import type {
  AbortIndication,
  Component,
  Dialogue,
  DialogueUser,
  InvokeRequest,
  OpenRequest,
  Problem,
  TcapService,
} from '../../src/stack/tcap/service.ts';

const address: SccpAddress = { routing: 'ssn', ssn: 8 };

export class ScriptedDialogue implements Dialogue {
  readonly id = 1;
  readonly localAddress: SccpAddress;
  readonly remoteAddress: SccpAddress;
  readonly applicationContext?: readonly number[];
  user: DialogueUser;
  idleLimitMs = 0;
  state: Dialogue['state'] = 'init-received';
  /** Requests since the last `sent`: `invoke 23`, `reject invoke 1`, `continue`, `end` … */
  #sent: string[] = [];
  readonly invokes: InvokeRequest[] = [];
  userInformation: Uint8Array | undefined;
  #over = false;

  constructor(user: DialogueUser, applicationContext?: readonly number[], request?: OpenRequest) {
    this.user = user;
    this.idleLimitMs = request?.idleLimitMs ?? 0;
    this.localAddress = request?.localAddress ?? address;
    this.remoteAddress = request?.remoteAddress ?? address;
    if (applicationContext !== undefined) this.applicationContext = applicationContext;
  }

  get over(): boolean {
    return this.#over;
  }

  /** What was sent since the last time. */
  sent(): string[] {
    return this.#sent.splice(0);
  }

  invoke(request: InvokeRequest): number | null {
    if (!this.#note(`invoke ${String(request.operationCode)}`)) return null;
    this.invokes.push(request);
    return this.invokes.length;
  }
  result(invokeId: number): boolean {
    return this.#note(`result ${invokeId}`);
  }
  error(invokeId: number, errorCode: number | readonly number[]): boolean {
    return this.#note(`error ${invokeId} ${String(errorCode)}`);
  }
  reject(_invokeId: number | null, { type, code }: Problem): boolean {
    return this.#note(`reject ${type} ${code}`);
  }
  cancel(): void {
    this.#note('cancel');
  }
  begin(userInformation?: Uint8Array): void {
    this.userInformation = userInformation;
    this.#note('begin');
  }
  continue(): void {
    this.#note('continue');
  }
  end(kind: 'basic' | 'prearranged' = 'basic'): void {
    if (this.#note(kind === 'basic' ? 'end' : 'end prearranged')) this.#over = true;
  }
  abort(): void {
    if (this.#note('abort')) this.#over = true;
  }

  /** A message of the peer with these components. Nothing more comes up once we have ended the dialogue. */
  receive(message: 'begin' | 'continue' | 'end', ...components: readonly Component[]): this {
    if (message === 'end') this.#over = true;
    let ended = false;
    for (const component of components) {
      this.user.onComponent(this, component);
      ended = this.#over && message !== 'end';
      if (ended) return this;
    }
    this.user.onDelimiter(this, message, {});
    return this;
  }

  aborted(abort: AbortIndication): void {
    this.#over = true;
    this.user.onAbort(this, abort);
  }

  timeout(invokeId = 1): void {
    this.user.onInvokeTimeout(this, invokeId);
  }

  #note(what: string): boolean {
    if (this.#over) this.#sent.push(`stale ${what}`);
    else this.#sent.push(what);
    return !this.#over;
  }
}

/** Opens scripted dialogues. */
export class ScriptedTcap implements TcapService {
  readonly openDialogues = 0;
  readonly opened: ScriptedDialogue[] = [];
  /** No dialogue is free. */
  full = false;

  open(request: OpenRequest): Dialogue | null {
    if (this.full) return null;
    const dialogue = new ScriptedDialogue(request.user, request.applicationContext, request);
    this.opened.push(dialogue);
    return dialogue;
  }
  accept(): void {
    // Nobody calls.
  }
  unidirectional(): boolean {
    return true;
  }

  /** The next dialogue that was opened. */
  next(): ScriptedDialogue {
    const dialogue = this.opened.shift();
    if (dialogue === undefined) throw new Error('no dialogue was opened');
    return dialogue;
  }
}

export function invoke(operationCode: number, parameter?: Uint8Array, invokeId = 1): Component {
  return { kind: 'invoke', invokeId, operationCode, ...(parameter === undefined ? {} : { parameter }) };
}

export function result(operationCode?: number, parameter?: Uint8Array, invokeId = 1): Component {
  return {
    kind: 'result',
    invokeId,
    last: true,
    ...(operationCode === undefined ? {} : { operationCode }),
    ...(parameter === undefined ? {} : { parameter }),
  };
}

export function error(errorCode: number, parameter?: Uint8Array, invokeId = 1): Component {
  return { kind: 'error', invokeId, errorCode, ...(parameter === undefined ? {} : { parameter }) };
}

export function reject(type: Problem['type'], code: number, local = false): Component {
  return { kind: 'reject', invokeId: 1, problem: { type, code }, local };
}
