/** An ISUP exchange with circuits towards its peer: sets calls up, and has those of its peer answered. */
import type { IsupConfig } from '../../../stack/isup/configuration.ts';
import { ISUP_SERVICE_INDICATOR } from '../../../stack/isup/core.ts';
import { Isup } from '../../../stack/isup/isup.ts';
import { encodeMessage, type IsupMessage } from '../../../stack/isup/message.ts';
import type { MessageKind, MessageParameters } from '../../../stack/isup/messages.ts';
import type { CircuitState } from '../../../stack/isup/range-and-status.ts';
import type { Call, CircuitAddress, CircuitEvent } from '../../../stack/isup/service.ts';
import type { MtpService } from '../../../stack/m3ua/mtp.ts';
import type { Later } from '../../later.ts';
import { waitUntil } from '../cap/wait-until.ts';
import type { RoleEnvironment } from '../role.ts';
import { CalledCall, type CalledExchange } from './called-call.ts';
import { cause, type Ending, iamTo, numberOf } from './numbers.ts';
import { PlacedCall, type Reactions } from './placed-call.ts';
import { tallyingMtp } from './tallying-mtp.ts';

export const TRUNKS = 'trunks';
/** Circuits that the peer does not have. */
export const UNEQUIPPED = 'unequipped';

const LIMIT_MS = 10_000;
const CHECK_MS = 20;
/** What is told of failures that no procedure waits for. */
const FAILURES_MAX = 100;

export interface Placed {
  readonly call: Call;
  readonly user: PlacedCall;
}

export interface PlaceOptions {
  readonly group?: string;
  readonly cic?: number;
  readonly iam?: Partial<MessageParameters<'IAM'>>;
  readonly on?: Reactions;
  /** How many of the last digits are left for later. */
  readonly withheld?: number;
}

export class Exchange implements CalledExchange {
  readonly isup: Isup;
  readonly environment: RoleEnvironment;
  readonly number: string;
  readonly later: Later;
  /** What the peer has last said of its circuits. */
  states: readonly CircuitState[] = [];
  readonly #mtp: MtpService;
  #failures = 0;
  readonly #received = new Map<string, { count: number; last: IsupMessage }>();

  constructor(environment: RoleEnvironment) {
    this.environment = environment;
    const { plan, tally, later } = environment;
    this.later = later;
    this.number = plan.numbers.pstn[0];
    this.#mtp = tallyingMtp(environment.mtp, tally, (message) => this.#onReceived(message));
    this.isup = new Isup({
      ...environment,
      mtp: this.#mtp,
      config: configurationOf(plan),
      user: {
        onSetup: (call, { parameters }) => new CalledCall(this, call, parameters),
        onCircuit: (circuit, event) => this.#onCircuit(circuit, event),
        onCircuitStates: (_first, states) => {
          this.states = states;
        },
      },
    });
  }

  get underWay(): number {
    return this.ownUnderWay + this.isup.snapshot().incoming;
  }

  /** Calls of this end, and circuits that it resets, checks, blocks or asks for. */
  get ownUnderWay(): number {
    const { outgoing, resetting, groupRequests } = this.isup.snapshot();
    return outgoing + resetting + groupRequests;
  }

  place(called: Ending, { group = TRUNKS, cic, iam, on, withheld = 0 }: PlaceOptions = {}): Placed {
    const user = new PlacedCall(this.caller, on);
    const digits = numberOf(this.number, called);
    const result = this.isup.setup({
      group,
      iam: iamTo(digits.slice(0, digits.length - withheld), iam),
      user,
      ...(cic === undefined ? {} : { cic }),
    });
    if (!result.ok) throw new Error(`a call to ${called} was refused: ${result.refusal}`);
    return { call: result.call, user };
  }

  lastDigits(called: Ending, count: number): string {
    return numberOf(this.number, called).slice(-count);
  }

  /** A message that the primitives have no way to ask for. */
  sendRaw(message: IsupMessage): void {
    const { pointCode, peerPointCode, networkIndicator } = this.environment.plan;
    const data = encodeMessage(message);
    if (data === undefined) throw new Error(`${message.kind} cannot be written`);
    this.#mtp.transfer({
      opc: pointCode,
      dpc: peerPointCode,
      si: ISUP_SERVICE_INDICATOR,
      ni: networkIndicator,
      mp: 0,
      sls: message.cic & 0x0f,
      data,
    });
  }

  until(holds: () => boolean, otherwise: string): Promise<void> {
    return waitUntil(this.later, holds, LIMIT_MS, otherwise);
  }

  /** Resolves with the next message of a kind that comes after `act`. */
  async answered<K extends MessageKind>(
    kind: K,
    act: () => void,
  ): Promise<Extract<IsupMessage, { kind: K }>> {
    const before = this.#received.get(kind)?.count ?? 0;
    act();
    await this.until(() => (this.#received.get(kind)?.count ?? 0) > before, `no ${kind} has come`);
    return this.#received.get(kind)!.last as Extract<IsupMessage, { kind: K }>;
  }

  get caller(): string {
    return `${this.environment.plan.numbers.subscriberPrefix}0000`;
  }

  async idle(): Promise<void> {
    await this.until(() => this.ownUnderWay === 0, 'circuits are not idle again');
  }

  /** The caller seizes the circuit when it hears the answer, before it hears of this call. */
  callBack(cic: number): void {
    const played = async (): Promise<void> => {
      const { user } = this.place('hangsUp', { cic });
      await this.until(() => user.release !== undefined, 'it is not over');
      const difference = user.difference({
        heard: ['ACM', 'CPG', 'ANM', 'SUS', 'RES'],
        released: { by: 'peer', cause: cause.normalClearing },
      });
      if (difference !== undefined) throw new Error(difference);
    };
    // Begins before this returns.
    played().catch((error: unknown) => this.failed(`call back over ${cic}: ${String(error)}`));
  }

  /** Something went wrong that no procedure here waits for. */
  failed(why: string): void {
    if (this.#failures++ < FAILURES_MAX)
      this.environment.tally.procedure({ role: 'pstn', procedure: 'service', outcome: 'failed', why });
  }

  #onReceived(message: IsupMessage): void {
    const count = (this.#received.get(message.kind)?.count ?? 0) + 1;
    this.#received.set(message.kind, { count, last: message });
  }

  #onCircuit({ cic }: CircuitAddress, event: CircuitEvent): void {
    if (event === 'alert') this.failed(`maintenance is alerted of circuit ${cic}`);
    // The second check is a good one.
    if (event === 'recheck') this.later.after(CHECK_MS, () => this.isup.continuity(TRUNKS, cic, true));
  }
}

/** An E1 line between the two, and a circuit that only this end has: each end another one. */
function configurationOf({
  pointCode,
  peerPointCode,
  networkIndicator,
}: RoleEnvironment['plan']): IsupConfig {
  return {
    pointCode,
    networkIndicator,
    groups: [
      { name: TRUNKS, pointCode: peerPointCode, firstCic: 1, circuits: 31 },
      {
        name: UNEQUIPPED,
        pointCode: peerPointCode,
        firstCic: pointCode > peerPointCode ? 33 : 65,
        circuits: 1,
      },
    ],
    // The shortest time to the second check of a circuit's continuity.
    times: { T25: 1000 },
  };
}
