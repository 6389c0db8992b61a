/** Circuit groups: what this end asks of the other (a table per request that is under way), and what it answers. */
import type { TimerListener } from '../../types/timers.ts';
import type { CallProcessing } from './call-processing.ts';
import type { Circuit } from './circuit.ts';
import type { CircuitSupervision } from './circuit-supervision.ts';
import type { Core } from './core.ts';
import { type GroupEvent, type GroupState, groupFsm } from './group-fsm.ts';
import { circuitGroupSupervisionMessageType, supervisionType } from './indicators.ts';
import type { Message } from './message.ts';
import { GROUP_CIRCUITS_MAX, type RangeAndStatus, unequippedCircuit } from './range-and-status.ts';
import { TIMER_NAMES, type TimerName } from './timers.ts';

/** Requests under way at once; a further one is refused. */
const REQUESTS_MAX = 1024;
/** The status of a circuit group message has bits for 256 circuits (ITU-T Q.763 §3.43). */
const RANGE_MAX = 255;

export type GroupRequestKind =
  | 'GROUP-BLOCK.req'
  | 'GROUP-UNBLOCK.req'
  | 'GROUP-RESET.req'
  | 'GROUP-QUERY.req';
export type BlockingType = keyof typeof supervisionType;

interface GroupRequest {
  readonly id: number;
  readonly pointCode: number;
  /** The CIC that stands in the message. */
  readonly cic: number;
  readonly kind: GroupRequestKind;
  readonly type: BlockingType;
  readonly range: number;
  /** The circuits that are marked, as the status of a blocking has it; empty: all of the range. */
  status: readonly boolean[];
  state: GroupState;
  readonly timers: Map<TimerName, number>;
}

type GroupMessage = Message<'CGB' | 'CGU' | 'CGBA' | 'CGUA' | 'GRS' | 'GRA' | 'CQM' | 'CQR'>;

export class GroupSupervision implements TimerListener {
  readonly #core: Core;
  readonly #supervision: CircuitSupervision;
  readonly #calls: CallProcessing;
  readonly #requests = new Map<number, GroupRequest>();
  #lastId = 0;

  constructor(core: Core, supervision: CircuitSupervision, calls: CallProcessing) {
    this.#core = core;
    this.#supervision = supervision;
    this.#calls = calls;
  }

  get underWay(): number {
    return this.#requests.size;
  }

  /** Blocks or unblocks circuits to one exchange, with as few messages as may be. Returns how many requests were begun. */
  block(circuits: readonly Circuit[], type: BlockingType, unblock: boolean): number {
    const kind = unblock ? 'GROUP-UNBLOCK.req' : 'GROUP-BLOCK.req';
    let begun = 0;
    for (const chunk of chunks(circuits, RANGE_MAX)) {
      const first = chunk[0]!.cic;
      // A range of one circuit is not allowed: the one after it is in the range, and not marked.
      const range = Math.max(1, chunk.at(-1)!.cic - first);
      const status = Array.from({ length: range + 1 }, (_, at) =>
        chunk.some(({ cic }) => cic === first + at),
      );
      if (!this.#begin(chunk[0]!, kind, type, range, status)) continue;
      begun++;
      if (type !== 'hardware') continue;
      // Calls over circuits that have failed are at an end (ITU-T Q.764 §2.8.2.2).
      if (!unblock) for (const circuit of chunk) this.#takeForHardware(circuit);
    }
    return begun;
  }

  /** Resets circuits to one exchange that have consecutive codes, in runs of 32; a run of one is a reset of its own. */
  reset(circuits: readonly Circuit[]): number {
    let begun = 0;
    for (const run of runs(circuits)) {
      if (run.length === 1) {
        this.#supervision.resetRequest(run[0]!);
        begun++;
        continue;
      }
      if (!this.#begin(run[0]!, 'GROUP-RESET.req', 'maintenance', run.length - 1, [])) continue;
      begun++;
      for (const circuit of run) {
        circuit.groupReset = true;
        circuit.unequipped = false;
      }
      for (const circuit of run) this.#supervision.onGroupReset(circuit);
    }
    return begun;
  }

  query(circuits: readonly Circuit[]): number {
    let begun = 0;
    for (const run of runs(circuits))
      if (this.#begin(run[0]!, 'GROUP-QUERY.req', 'maintenance', run.length - 1, [])) begun++;
    return begun;
  }

  onMessage(circuit: Circuit, message: GroupMessage): void {
    switch (message.kind) {
      case 'CGB':
      case 'CGU':
        return this.#onBlocking(circuit, message as Message<'CGB' | 'CGU'>);
      case 'GRS':
        return this.#onReset(circuit, message.parameters.rangeAndStatus);
      case 'CQM':
        return this.#onQuery(circuit, message.parameters.rangeAndStatus);
      default:
        return this.#onAnswer(circuit, message as Message<'CGBA' | 'CGUA' | 'GRA' | 'CQR'>);
    }
  }

  /** The other end does not have the circuit that a request begins with. */
  onUnequipped({ pointCode, cic }: Circuit): void {
    for (const request of [...this.#requests.values()])
      if (request.pointCode === pointCode && request.cic === cic) {
        this.#run(request, 'UCIC', null);
        if (request.kind === 'GROUP-RESET.req') this.#freed(request);
      }
  }

  onTimer(kind: number, key: number): void {
    const name = TIMER_NAMES[kind]!;
    const request = this.#requests.get(key);
    this.#core.count(`isup.timer.${name}`);
    if (request === undefined) return;
    request.timers.delete(name);
    this.#run(request, `${name} expiry` as GroupEvent, null);
  }

  #begin(
    { pointCode, cic }: Circuit,
    kind: GroupRequestKind,
    type: BlockingType,
    range: number,
    status: readonly boolean[],
  ): boolean {
    for (const other of [...this.#requests.values()]) {
      if (other.pointCode !== pointCode || other.type !== type) continue;
      const same = other.kind === kind && other.cic === cic && other.range === range;
      // The same again while it is under way.
      if (same && status.every((marked, at) => !marked || other.status[at] === true)) return false;
      if (isBlocking(other.kind) && isBlocking(kind)) this.#leaveOut(other, cic, status);
    }
    if (this.#requests.size >= REQUESTS_MAX) {
      this.#core.count('isup.group-requests-full');
      return false;
    }
    const id = ++this.#lastId;
    const request: GroupRequest = {
      id,
      pointCode,
      cic,
      kind,
      type,
      range,
      status,
      state: 'idle',
      timers: new Map(),
    };
    this.#requests.set(id, request);
    this.#run(request, kind, null);
    return true;
  }

  /** A newer request takes the place of an older one, for the circuits that are in both. */
  #leaveOut(request: GroupRequest, cic: number, status: readonly boolean[]): void {
    request.status = request.status.map((marked, at) => marked && status[request.cic + at - cic] !== true);
    if (!request.status.includes(true)) this.#end(request);
  }

  #onAnswer(circuit: Circuit, message: Message<'CGBA' | 'CGUA' | 'GRA' | 'CQR'>): void {
    const { pointCode, cic } = circuit;
    const state = `wait for ${message.kind}`;
    const type = typeOf(message);
    const waiting = [...this.#requests.values()].filter(
      (request) =>
        request.pointCode === pointCode &&
        request.cic === cic &&
        request.state === state &&
        (type === undefined || type === request.type),
    );
    const request = waiting.find((one) => isAsAsked(one, message)) ?? waiting[0];
    if (request === undefined) this.#core.count('isup.unexpected-message');
    else this.#run(request, message.kind, message);
  }

  #run(
    request: GroupRequest,
    event: GroupEvent,
    answer: Message<'CGBA' | 'CGUA' | 'GRA' | 'CQR'> | null,
  ): void {
    const row = groupFsm.find(request.state, event, () => answer !== null && isAsAsked(request, answer));
    if (row === undefined) return;
    request.state = row[4];
    for (const action of row[3]) {
      const [verb, name] = action.split(' ') as [string, TimerName];
      if (verb === 'start') {
        const handle = this.#core.timers.start(
          this.#core.times[name],
          this,
          TIMER_NAMES.indexOf(name),
          request.id,
        );
        request.timers.set(name, handle);
      } else if (verb === 'stop') this.#stop(request, name);
      else if (verb === 'send') this.#send(request);
      else if (action === 'alert maintenance') this.#core.alert(request, event.split(' ')[0]!);
      else if (action === 'GROUP-QUERY.conf') {
        if (answer?.kind === 'CQR')
          this.#core.user.onCircuitStates?.(
            { pointCode: request.pointCode, cic: request.cic },
            (answer as Message<'CQR'>).parameters.circuitStateIndicator,
          );
      } else if (action === 'circuits blocked') this.#marked(request, true);
      else if (action === 'circuits unblocked') this.#marked(request, false);
      else if (action === 'circuits reset') this.#resetDone(request, answer);
    }
    if (request.state === 'idle') this.#end(request);
  }

  #send(request: GroupRequest): void {
    const { range, status } = request;
    const rangeAndStatus = { range, status };
    const messageType = circuitGroupSupervisionMessageType.of({ type: supervisionType[request.type] });
    const parameters = { circuitGroupSupervisionMessageType: messageType, rangeAndStatus };
    if (request.kind === 'GROUP-BLOCK.req') this.#core.send(request, 'CGB', parameters);
    else if (request.kind === 'GROUP-UNBLOCK.req') this.#core.send(request, 'CGU', parameters);
    else
      this.#core.send(request, request.kind === 'GROUP-RESET.req' ? 'GRS' : 'CQM', {
        rangeAndStatus: { range },
      });
  }

  /** The circuits of a request that are marked in it, or all of its range. */
  *#circuitsOf(request: GroupRequest): Generator<Circuit> {
    for (let at = 0; at <= request.range; at++) {
      const circuit = this.#core.circuits.at(request.pointCode, request.cic + at);
      const marked = request.status.length === 0 || request.status[at] === true;
      if (circuit !== undefined && marked) yield circuit;
    }
  }

  #marked(request: GroupRequest, blocked: boolean): void {
    for (const circuit of this.#circuitsOf(request)) {
      if (request.type === 'maintenance')
        this.#supervision.blockingSending(circuit, blocked ? 'CGBA' : 'CGUA');
      else {
        circuit.hardwareLocal = blocked;
        this.#core.event(circuit, blocked ? 'locally-blocked' : 'locally-unblocked');
      }
    }
  }

  #takeForHardware(circuit: Circuit): void {
    circuit.hardwareLocal = true;
    this.#calls.onCircuit(circuit, 'circuit cleared');
  }

  /** The status of a GRA says which circuits are blocked for maintenance at the other end. */
  #resetDone(request: GroupRequest, answer: Message<'CGBA' | 'CGUA' | 'GRA' | 'CQR'> | null): void {
    this.#freed(request);
    const status = answer?.parameters.rangeAndStatus.status ?? [];
    for (const circuit of this.#circuitsOf(request)) {
      if (status[circuit.cic - request.cic] === true)
        this.#supervision.blockingReception(circuit, 'GRA blocked', 'maintenance');
      this.#core.event(circuit, 'reset');
    }
  }

  #freed(request: GroupRequest): void {
    for (const circuit of this.#circuitsOf(request)) {
      circuit.groupReset = false;
      circuit.idleSinceMs = this.#core.timers.now();
    }
  }

  #stop(request: GroupRequest, name: TimerName): void {
    this.#core.timers.stop(request.timers.get(name) ?? 0);
    request.timers.delete(name);
  }

  #end(request: GroupRequest): void {
    for (const name of [...request.timers.keys()]) this.#stop(request, name);
    this.#requests.delete(request.id);
  }

  /** CGB, CGU: answered with the circuits that are here marked, or dropped where its range or marks cannot be (§2.8.2.3). */
  #onBlocking(circuit: Circuit, message: Message<'CGB' | 'CGU'>): void {
    const { circuitGroupSupervisionMessageType: messageType, rangeAndStatus } = message.parameters;
    const { range, status } = rangeAndStatus;
    const type = typeOf(message);
    const count = status?.filter(Boolean).length ?? 0;
    if (range === 0 || count === 0 || count > GROUP_CIRCUITS_MAX || type === undefined) {
      this.#core.count(`isup.abnormal.${message.kind}`);
      return;
    }
    const acknowledged = status!.map((marked, at) => {
      const one = marked ? this.#core.circuits.at(circuit.pointCode, circuit.cic + at) : undefined;
      if (one !== undefined) this.#supervision.blockingReception(one, message.kind, type);
      return one !== undefined;
    });
    this.#core.send(circuit, message.kind === 'CGB' ? 'CGBA' : 'CGUA', {
      circuitGroupSupervisionMessageType: messageType,
      rangeAndStatus: { range, status: acknowledged },
    });
  }

  /** GRS: every circuit is cleared; the answer says which are blocked here for maintenance, a CGB which have failed. */
  #onReset(first: Circuit, { range }: RangeAndStatus): void {
    if (range === 0 || range >= GROUP_CIRCUITS_MAX) {
      this.#core.count('isup.abnormal.GRS');
      return;
    }
    const asked = Array.from({ length: range + 1 }, (_, at) =>
      this.#core.circuits.at(first.pointCode, first.cic + at),
    );
    const status = asked.map(
      (circuit) =>
        circuit?.blockingSending === 'locally blocked' || circuit?.blockingSending === 'wait for BLA',
    );
    const failed = asked.map((circuit) => circuit?.hardwareLocal === true);
    const circuits = asked.filter((circuit) => circuit !== undefined);
    // A call that makes way shall not take the next circuit, which is cleared as well.
    const free = circuits.filter(({ groupReset }) => !groupReset);
    for (const circuit of free) circuit.groupReset = true;
    for (const circuit of circuits) this.#supervision.onGroupReset(circuit);
    for (const circuit of free) circuit.groupReset = false;
    if (failed.includes(true))
      this.#core.send(first, 'CGB', {
        circuitGroupSupervisionMessageType: circuitGroupSupervisionMessageType.of({ type: 1 }),
        rangeAndStatus: { range, status: failed },
      });
    this.#core.send(first, 'GRA', { rangeAndStatus: { range, status } });
  }

  #onQuery(first: Circuit, { range }: RangeAndStatus): void {
    if (range >= GROUP_CIRCUITS_MAX) {
      this.#core.count('isup.abnormal.CQM');
      return;
    }
    const circuitStateIndicator = Array.from(
      { length: range + 1 },
      (_, at) => this.#core.circuits.at(first.pointCode, first.cic + at)?.state ?? unequippedCircuit,
    );
    this.#core.send(first, 'CQR', { rangeAndStatus: { range }, circuitStateIndicator });
  }
}

function isBlocking(kind: GroupRequestKind): boolean {
  return kind === 'GROUP-BLOCK.req' || kind === 'GROUP-UNBLOCK.req';
}

function typeOf(message: GroupMessage): BlockingType | undefined {
  const { circuitGroupSupervisionMessageType: messageType } = message.parameters as {
    readonly circuitGroupSupervisionMessageType?: { readonly type: number };
  };
  return messageType?.type === 0 ? 'maintenance' : messageType?.type === 1 ? 'hardware' : undefined;
}

function isAsAsked(request: GroupRequest, { parameters }: Message<'CGBA' | 'CGUA' | 'GRA' | 'CQR'>): boolean {
  const { range, status } = parameters.rangeAndStatus;
  if (range !== request.range) return false;
  if (!isBlocking(request.kind)) return true;
  return request.status.every((marked, at) => !marked || status?.[at] === true);
}

/** In order, and cut where a message could not hold them: by the span of their codes, and at 32 circuits. */
function chunks(circuits: readonly Circuit[], spanMax: number): Circuit[][] {
  const sorted = [...circuits].sort((one, other) => one.pointCode - other.pointCode || one.cic - other.cic);
  const found: Circuit[][] = [];
  for (const circuit of sorted) {
    const last = found.at(-1);
    const fits =
      last !== undefined &&
      last[0]!.pointCode === circuit.pointCode &&
      circuit.cic - last[0]!.cic <= spanMax &&
      last.length < GROUP_CIRCUITS_MAX;
    if (fits) last.push(circuit);
    else found.push([circuit]);
  }
  return found;
}

/** Runs of consecutive codes, of at most 32. */
function runs(circuits: readonly Circuit[]): Circuit[][] {
  const found: Circuit[][] = [];
  for (const chunk of chunks(circuits, GROUP_CIRCUITS_MAX - 1)) {
    let run: Circuit[] = [];
    for (const circuit of chunk) {
      if (run.length > 0 && run.at(-1)!.cic + 1 !== circuit.cic) {
        found.push(run);
        run = [];
      }
      run.push(circuit);
    }
    found.push(run);
  }
  return found;
}
