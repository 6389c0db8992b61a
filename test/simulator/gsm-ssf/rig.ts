/** A gsmSSF with its assisting nodes and a gsmSCF, over TCAP in memory and on virtual time. */
import assert from 'node:assert/strict';
import { GsmScf, type ScriptChoice } from '../../../src/simulator/gsm-scf/gsm-scf.ts';
import type { ScfScript, ScfSession } from '../../../src/simulator/gsm-scf/scf-session.ts';
import { AssistingCall } from '../../../src/simulator/gsm-ssf/assisting-node.ts';
import type { AssistingNode, CalledScript, CallRequest } from '../../../src/simulator/gsm-ssf/call-script.ts';
import { GsmSsf } from '../../../src/simulator/gsm-ssf/gsm-ssf.ts';
import type { GsmSsfOptions } from '../../../src/simulator/gsm-ssf/ports.ts';
import type { SmsRequest } from '../../../src/simulator/gsm-ssf/sms-script.ts';
import { SmsSsf } from '../../../src/simulator/gsm-ssf/sms-ssf.ts';
import type { SsfCall } from '../../../src/simulator/gsm-ssf/ssf-call.ts';
import { Later } from '../../../src/simulator/later.ts';
import { scfCallContext } from '../../../src/stack/cap/service/contexts.ts';
import { Tcap } from '../../../src/stack/tcap/tcap.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';
import { MemorySccp, titled } from '../../support/memory-sccp.ts';

export const CAP_SSN = 146;
const SSF = '491720000002';
const SCF = '491720000008';

export const answering: CalledScript = { kind: 'answers', ringsMs: 2000 };

export class Rig {
  readonly wheel = new TimingWheel();
  readonly sccp: MemorySccp;
  readonly counters = new CountersMap();
  readonly later = new Later(this.wheel);
  readonly ssfTcap: Tcap;
  readonly scfTcap: Tcap;
  readonly ssf: GsmSsf;
  readonly scf: GsmScf;
  readonly ports: GsmSsfOptions;
  readonly ssfAddress = titled(SSF, CAP_SSN);
  readonly scfAddress = titled(SCF, CAP_SSN);
  called: (number: string) => CalledScript = () => answering;
  assistingBy: (number: string) => AssistingNode = () => 'gsmSSF';
  /** The script of the next dialogues, by the kind of their context. */
  script: ScfScript | undefined;
  assistScript: ScfScript | undefined;

  /** The network loses what is sent. */
  set lost(lost: boolean) {
    this.sccp.returns = lost ? () => 0 : null;
  }

  /** @param delayMs how long every message takes */
  constructor(options: Partial<GsmSsfOptions> = {}, delayMs = 0) {
    const steady = {
      random: { uint32: () => 0x8000_0000 },
      loss: 0,
      duplication: 0,
      delayMaxMs: 2 * delayMs,
    };
    this.sccp = delayMs === 0 ? new MemorySccp() : new MemorySccp(this.wheel, steady);
    const tcap = (name: string, node: number) =>
      new Tcap({
        sccp: this.sccp.node(name),
        timers: this.wheel,
        counters: this.counters,
        node,
        bootEpoch: 0,
      });
    this.ssfTcap = tcap(SSF, 1);
    this.scfTcap = tcap(SCF, 2);
    let reference = 0;
    this.ports = {
      tcap: this.ssfTcap,
      later: this.later,
      clock: { now: () => Date.UTC(2026, 0, 1) + this.wheel.now(), monotonic: () => this.wheel.now() },
      counters: this.counters,
      parties: { called: (number) => this.called(number), assisting: (number) => this.assistingBy(number) },
      localAddress: this.ssfAddress,
      scfAddress: this.scfAddress,
      mscNumber: SSF,
      tssf: { defaultMs: 10_000, userInteractionMs: 600_000 },
      tsrfMs: 60_000,
      hasResource: true,
      nextReference: () => Uint8Array.of(1, 2, 3, ++reference),
      assist: (assisted) => {
        const node = new AssistingCall(this.ports, assisted);
        return () => node.release();
      },
      ...options,
    };
    this.ssf = new GsmSsf(this.ports);
    this.ssfTcap.accept(CAP_SSN, this.ssf);
    const choose: ScriptChoice = ({ context }) =>
      /ssist|SRF/.test(context.name.replace('gsmSRF-gsmSCF', 'assist')) ? this.assistScript : this.script;
    this.scf = new GsmScf({ tcap: this.scfTcap, later: this.later, counters: this.counters }, choose);
    this.scfTcap.accept(CAP_SSN, this.scf);
  }

  /** A call that triggers; the script conducts it. */
  call(script: ScfScript | undefined, request: Partial<CallRequest> = {}): SsfCall {
    this.script = script;
    return this.ssf.call({
      bcsm: 'O',
      phase: 3,
      serviceKey: 1,
      trigger: 'collectedInfo',
      callingNumber: '4915190000001',
      calledNumber: '4915190000002',
      imsi: '262019000000001',
      defaultHandling: 'continue',
      ...request,
    });
  }

  /** A call that the gsmSCF makes. */
  callFromScf(script: ScfScript): ScfSession {
    const session = this.scf.open(scfCallContext, script, this.scfAddress, this.ssfAddress);
    assert(session);
    return session;
  }

  message(script: ScfScript, request: Partial<SmsRequest> = {}): SmsSsf {
    this.script = script;
    return new SmsSsf(this.ports, {
      direction: 'MO',
      phase: 3,
      serviceKey: 9,
      imsi: '262019000000001',
      callingNumber: '4915190000001',
      destinationNumber: '4915190000002',
      serviceCentre: '491720000005',
      defaultHandling: 'continue',
      outcome: 'delivered',
      afterMs: 1000,
      ...request,
    });
  }

  advance(ms: number): void {
    const end = this.wheel.now() + ms;
    for (let next = this.wheel.nextDeadlineMs(); next <= end; next = this.wheel.nextDeadlineMs())
      this.wheel.advance(next);
    this.wheel.advance(end);
  }

  /** Nothing is left open, and no script has failed. */
  atRest(): void {
    assert.deepEqual(this.scf.failures, []);
    assert.equal(this.scf.openSessions, 0, 'open scripts');
    assert.equal(this.ssf.openCalls, 0, 'open calls');
    assert.equal(this.ssfTcap.openDialogues, 0, 'open dialogues of the gsmSSF');
    assert.equal(this.scfTcap.openDialogues, 0, 'open dialogues of the gsmSCF');
  }
}
