/** ISUP nodes over an MTP network in memory, and one whose other end is the test itself. */
import assert from 'node:assert/strict';
import {
  backwardCallIndicators,
  forwardCallIndicators,
  natureOfConnectionIndicators,
} from '../../../src/stack/isup/call-indicators.ts';
import type { IsupConfig } from '../../../src/stack/isup/configuration.ts';
import { callingPartysCategory, transmissionMediumRequirement } from '../../../src/stack/isup/indicators.ts';
import { Isup } from '../../../src/stack/isup/isup.ts';
import {
  decodeMessage,
  encodeMessage,
  type IsupMessage,
  type Message,
} from '../../../src/stack/isup/message.ts';
import type { MessageKind, MessageParameters } from '../../../src/stack/isup/messages.ts';
import type { Call, CallUser, IsupUser, Release } from '../../../src/stack/isup/service.ts';
import type { MtpTransfer } from '../../../src/stack/m3ua/mtp.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { silentLog } from '../../../src/types/log.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';
import { MtpNetwork } from '../../support/mtp-network.ts';

export const iamOf = (changes: Partial<MessageParameters<'IAM'>> = {}): MessageParameters<'IAM'> => ({
  natureOfConnectionIndicators: natureOfConnectionIndicators.of(),
  forwardCallIndicators: forwardCallIndicators.of({ isdnUserPartAllTheWay: true }),
  callingPartysCategory: callingPartysCategory.of({ category: 10 }),
  transmissionMediumRequirement: transmissionMediumRequirement.of(),
  calledPartyNumber: { nature: 4, plan: 1, internalNetworkNumber: false, digits: '49170123' },
  ...changes,
});

export const checked = iamOf({
  natureOfConnectionIndicators: natureOfConnectionIndicators.of({ continuityCheck: 1 }),
});

export const acm = { backwardCallIndicators: backwardCallIndicators.of() };
export const causeIndicators = (value: number) => ({
  causeIndicators: { codingStandard: 0, location: 2, value },
});

/** Writes down all that a user is told, and has every call. */
export class User implements IsupUser, CallUser {
  readonly told: string[] = [];
  readonly calls: Call[] = [];
  readonly iams: Message<'IAM'>[] = [];
  readonly releases: Release[] = [];
  readonly states: unknown[] = [];
  /** What is done at once with a new call. */
  onOffer: (call: Call, iam: Message<'IAM'>) => void = () => undefined;

  onSetup(call: Call, iam: Message<'IAM'>): CallUser {
    this.calls.push(call);
    this.iams.push(iam);
    this.#tell(call, 'SETUP.ind');
    this.onOffer(call, iam);
    return this;
  }
  onDigits(call: Call, digits: string): void {
    this.#tell(call, `digits ${digits}`);
  }
  onAddressComplete(call: Call): void {
    this.#tell(call, 'ACM');
  }
  onProgress(call: Call, { parameters }: Message<'CPG'>): void {
    this.#tell(call, `CPG ${parameters.eventInformation.event}`);
  }
  onAnswer(call: Call, { kind }: Message<'ANM'> | Message<'CON'>): void {
    this.#tell(call, kind);
  }
  onInformationRequest(call: Call): void {
    this.#tell(call, 'INR');
  }
  onInformation(call: Call): void {
    this.#tell(call, 'INF');
  }
  onSuspend(call: Call): void {
    this.#tell(call, 'SUS');
  }
  onResume(call: Call): void {
    this.#tell(call, 'RES');
  }
  onMessage(call: Call, { kind }: IsupMessage): void {
    this.#tell(call, kind);
  }
  onRelease(call: Call, release: Release): void {
    assert.ok(call.ended);
    this.releases.push(release);
    this.#tell(call, `released ${release.by} ${release.cause.value}`);
  }
  onCircuit({ cic }: { readonly cic: number }, event: string): void {
    this.told.push(`${cic} ${event}`);
  }
  onCircuitStates(_first: unknown, states: readonly unknown[]): void {
    this.states.push(...states);
  }
  onDestination(pointCode: number, available: boolean): void {
    this.told.push(`${pointCode} ${available ? 'available' : 'unavailable'}`);
  }
  take(): string[] {
    return this.told.splice(0);
  }
  #tell(call: Call, what: string): void {
    this.told.push(`${call.cic} ${what}`);
  }
}

const group = (pointCode: number) => ({ name: 'trunk', pointCode, firstCic: 1, circuits: 8 });

function node(
  network: MtpNetwork,
  timers: TimingWheel,
  own: number,
  peer: number,
  config: Partial<IsupConfig>,
) {
  const user = new User();
  const counters = new CountersMap();
  const isup = new Isup({
    config: { pointCode: own, groups: [group(peer)], ...config },
    mtp: network.node(own),
    timers,
    counters,
    log: silentLog,
    user,
  });
  return { isup, user, counters };
}

/** Nodes 1 and 2 with eight circuits between them: 2 controls the even ones, 1 the odd ones. */
export function twoEnds(
  config: { readonly one?: Partial<IsupConfig>; readonly two?: Partial<IsupConfig> } = {},
) {
  const network = new MtpNetwork();
  const timers = new TimingWheel();
  const one = node(network, timers, 1, 2, config.one ?? {});
  const two = node(network, timers, 2, 1, config.two ?? {});
  const run = () => network.run();
  const wait = (ms: number) => {
    for (const end = timers.now() + ms; timers.now() < end; ) {
      const next = Math.min(end, timers.nextDeadlineMs());
      timers.advance(Math.max(next, timers.now() + 1));
      network.run();
    }
  };
  return { network, timers, one, two, run, wait };
}

/** What was sent, by kind and circuit, and for groups with range and marks: `IAM 1`, `CGB 1 +3 1111`. */
export function said(sent: readonly MtpTransfer[]): string[] {
  return sent.map(({ data, si }) => {
    assert.equal(si, 5);
    const decoded = decodeMessage(data);
    assert.ok(decoded.ok);
    const message = decoded.value;
    assert.ok(message.kind !== 'opaque');
    const { rangeAndStatus } = message.parameters as Partial<MessageParameters<'GRA'>>;
    if (rangeAndStatus === undefined) return `${message.kind} ${message.cic}`;
    const marks = rangeAndStatus.status?.map((mark) => (mark ? '1' : '0')).join('') ?? '';
    return `${message.kind} ${message.cic} +${rangeAndStatus.range} ${marks}`.trim();
  });
}

/** Node 1, whose other end, 2, is the test: `say` is what 2 says, `heard` what it has heard. */
export function oneEnd(config: Partial<IsupConfig> = {}) {
  const network = new MtpNetwork();
  const timers = new TimingWheel();
  const { isup, user, counters } = node(network, timers, 1, 2, config);
  const transfer = (data: Uint8Array, opc = 2) => {
    isup.onTransfer({ opc, dpc: 1, si: 5, ni: 2, mp: 0, sls: 0, data });
    data.fill(0xee);
  };
  const say = <K extends MessageKind>(kind: K, cic: number, parameters: MessageParameters<K>) => {
    const octets = encodeMessage({ kind, cic, parameters } as Message as IsupMessage);
    assert.ok(octets !== undefined);
    transfer(octets);
  };
  const sayHex = (hex: string, opc = 2) =>
    transfer(Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex')), opc);
  const messagesHeard = () =>
    network.take().map(({ data }) => {
      const decoded = decodeMessage(data);
      assert.ok(decoded.ok);
      return decoded.value;
    });
  const heard = () => said(network.take());
  const wait = (ms: number) => timers.advance(timers.now() + ms);
  /** A call set up by node 1. */
  const setup = (iam = iamOf(), cic?: number) => {
    const result = isup.setup({ group: 'trunk', iam, user, ...(cic === undefined ? {} : { cic }) });
    assert.ok(result.ok);
    return result.call;
  };
  return { network, timers, isup, user, counters, say, sayHex, heard, messagesHeard, wait, setup };
}
