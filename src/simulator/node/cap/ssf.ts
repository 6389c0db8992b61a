/** The gsmSSF of an exchange, with the assisting nodes that it sends calls to: plays calls and short messages against a gsmSCF. */
import { type CallServiceName, type SmsServiceName, serviceKeyOf } from '../../gsm-scf/service-table.ts';
import { ASSISTING_SRF, ASSISTING_SSF } from '../../gsm-scf/services/resource-services.ts';
import { AssistingCall } from '../../gsm-ssf/assisting-node.ts';
import { GsmSsf } from '../../gsm-ssf/gsm-ssf.ts';
import type { GsmSsfOptions } from '../../gsm-ssf/ports.ts';
import {
  type CallScenario,
  calledParty,
  callScenarios,
  type SmsScenario,
  smsScenarios,
} from '../../gsm-ssf/scenarios.ts';
import { SmsSsf } from '../../gsm-ssf/sms-ssf.ts';
import type { NodeRole, Procedure, RoleEnvironment, RoleFactory } from '../role.ts';
import type { Exercised } from '../tally.ts';
import { CAP_SSN, capAddress } from './addresses.ts';
import { tallyOutcome } from './outcomes.ts';
import { waitUntil } from './wait-until.ts';

const SCENARIO_MS = 60_000;
/** 3GPP TS 23.078 §4.5.7: 1 to 20 seconds, 1 to 30 minutes. */
const TSSF = { defaultMs: 10_000, userInteractionMs: 60_000 };
const TSRF_MS = 30_000;
const SEGMENT_FAILURE = 41;
const CALLING = { number: '4915190000001', imsi: '262019000000001' };
const CALLED = '4915190000002';

export function ssfPorts(environment: RoleEnvironment, ownNumber: string): GsmSsfOptions {
  const { plan, tcap, later, clock, counters, chance, tally } = environment;
  const { numbers } = plan;
  const life = chance.below(0x1_0000);
  let reference = 0;
  const ports: GsmSsfOptions = {
    tcap,
    later,
    clock,
    counters,
    parties: {
      called: calledParty,
      assisting: (number) =>
        number === ASSISTING_SSF ? 'gsmSSF' : number === ASSISTING_SRF ? 'gsmSRF' : 'nowhere',
    },
    localAddress: capAddress(ownNumber),
    scfAddress: capAddress(numbers.scf[0]),
    mscNumber: numbers.msc[0],
    tssf: TSSF,
    tsrfMs: TSRF_MS,
    hasResource: true,
    nextReference: () => {
      const count = ++reference;
      return Uint8Array.of(life >> 8, life & 255, count >> 16, (count >> 8) & 255, count & 255);
    },
    onOutcome: (phase, direction, operation, wrong) =>
      tallyOutcome(tally, phase, direction, operation, wrong),
    assist: (call) => {
      const address = capAddress(call.kind === 'gsmSRF' ? numbers.srf[0] : ownNumber);
      const node = new AssistingCall({ ...ports, localAddress: address }, call);
      return () => node.release();
    },
  };
  return ports;
}

export const ssfRole: RoleFactory = (environment): NodeRole => {
  const { plan, later, accept } = environment;
  const ports = ssfPorts(environment, plan.numbers.ssf[0]);
  const ssf = new GsmSsf(ports);
  accept(CAP_SSN, plan.numbers.ssf, ssf);

  async function playCall(scenario: CallScenario, phase: 1 | 2 | 3 | 4): Promise<void> {
    const { service, call, shows, failsSegment, fromScf } = scenario;
    const played = ssf.call({
      bcsm: 'O',
      trigger: 'collectedInfo',
      callingNumber: CALLING.number,
      calledNumber: CALLED,
      imsi: CALLING.imsi,
      defaultHandling: 'continue',
      ...call,
      phase,
      serviceKey: serviceKeyOf(service as CallServiceName),
    });
    const isOver = () => {
      const failing = failsSegment === undefined ? undefined : played.segments.get(failsSegment);
      if (failing !== undefined) played.fail(failing, SEGMENT_FAILURE);
      // A call that nobody ends is over when its control is.
      return (
        played.isOver || (played.record.lines.length > 1 && !played.isControlled && !played.dialogue.isOpen)
      );
    };
    await waitUntil(later, isOver, SCENARIO_MS, `${service} of phase ${phase} is not over`);
    expectLines(`${service} of phase ${phase}`, shows, played.record.lines);
    if (fromScf === undefined) return;
    const made = () => ssf.lastFromScf;
    await waitUntil(later, () => made()?.isOver === true, SCENARIO_MS, 'the call of the gsmSCF is not over');
    expectLines('the call of the gsmSCF', fromScf, made()?.record.lines ?? []);
  }

  async function playMessage({ service, message, shows }: SmsScenario, phase: 3 | 4): Promise<void> {
    const played = new SmsSsf(ports, {
      ...message,
      phase,
      serviceKey: serviceKeyOf(service as SmsServiceName),
      imsi: CALLING.imsi,
      callingNumber: CALLING.number,
      destinationNumber: CALLED,
      serviceCentre: plan.numbers.smsc[0],
      defaultHandling: 'continue',
      afterMs: 300,
    });
    const isOver = () => played.state === 'Idle';
    await waitUntil(later, isOver, SCENARIO_MS, `${service} of phase ${phase} is not over`);
    expectLines(`${service} of phase ${phase}`, shows, played.record.lines);
  }

  const procedures: Procedure[] = [
    {
      name: 'calls',
      summary: 'calls under control of a gsmSCF, of all phases of CAMEL',
      exercises: callScenarios.flatMap(exercisedIn),
      async run() {
        await allOf(callScenarios.flatMap((one) => one.phases.map((phase) => playCall(one, phase))));
      },
    },
    {
      name: 'messages',
      summary: 'short messages under control of a gsmSCF',
      exercises: smsScenarios.flatMap(exercisedIn),
      async run() {
        await allOf(smsScenarios.flatMap((one) => one.phases.map((phase) => playMessage(one, phase))));
      },
    },
  ];
  return {
    procedures,
    get underWay() {
      return ssf.openCalls;
    },
  };
};

function exercisedIn({ phases, answers, tells }: CallScenario | SmsScenario): Exercised[] {
  const list = (operations: readonly string[], direction: Exercised['direction']) =>
    phases.flatMap((version) =>
      operations.map((operation): Exercised => ({ protocol: 'CAP', operation, version, direction })),
    );
  return [...list(answers, 'received'), ...list(tells, 'sent')];
}

function expectLines(what: string, expected: readonly string[], lines: readonly string[]): void {
  const missing = expected.filter((line) => !lines.includes(line));
  if (missing.length > 0)
    throw new Error(`${what}: no "${missing.join('", "')}" among "${lines.join('", "')}"`);
}

/** Rejects with all that went wrong. */
async function allOf(played: readonly Promise<void>[]): Promise<void> {
  const wrong = (await Promise.allSettled(played)).flatMap((one) =>
    one.status === 'rejected' ? [one.reason instanceof Error ? one.reason.message : String(one.reason)] : [],
  );
  if (wrong.length > 0) throw new Error(wrong.join('; '));
}
