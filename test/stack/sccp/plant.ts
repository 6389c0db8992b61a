import assert from 'node:assert/strict';
import type { MtpTransfer } from '../../../src/stack/m3ua/mtp.ts';
import type { SccpConfig } from '../../../src/stack/sccp/configuration.ts';
import {
  decodeManagement,
  encodeManagement,
  type ManagementMessage,
} from '../../../src/stack/sccp/management-message.ts';
import { decodeMessage, encodeMessage, type SccpMessage } from '../../../src/stack/sccp/message.ts';
import { returnCauseName } from '../../../src/stack/sccp/return-causes.ts';
import { Sccp } from '../../../src/stack/sccp/sccp.ts';
import type { Notice, SccpAddress, SccpUser, Unitdata } from '../../../src/stack/sccp/service.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { silentLog } from '../../../src/types/log.ts';
import { SeededRandom } from '../../../src/types/random.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';
import { MtpNetwork } from '../../support/mtp-network.ts';

export class User implements SccpUser {
  readonly unitdata: Unitdata[] = [];
  readonly notices: Notice[] = [];
  readonly states: string[] = [];
  onUnitdata(unitdata: Unitdata): void {
    this.unitdata.push({ ...unitdata, data: unitdata.data.slice() });
  }
  onNotice(notice: Notice): void {
    this.notices.push({ ...notice, data: notice.data.slice() });
  }
  onState(pointCode: number, ssn: number, inService: boolean): void {
    this.states.push(`${pointCode}/${ssn} ${inService ? 'in' : 'out'}`);
  }
  onPointCodeState(pointCode: number, state: string, restricted?: number): void {
    this.states.push(`${pointCode} ${state}${restricted === undefined ? '' : ` ${restricted}`}`);
  }
  get causes(): string[] {
    return this.notices.map(({ returnCause }) => returnCauseName(returnCause));
  }
}

export const gt = (digits: string, ssn: number): SccpAddress => ({
  routing: 'gt',
  ssn,
  globalTitle: { gti: 4, translationType: 0, numberingPlan: 1, natureOfAddress: 4, digits },
});
export const ssnAt = (pointCode: number, ssn: number): SccpAddress => ({ routing: 'ssn', pointCode, ssn });

/** Nodes 1 (with subsystem 147) and 2 (with subsystem 6), and 9, which only translates. */
export function plant(config: Partial<Record<1 | 2 | 9, Partial<SccpConfig>>> = {}) {
  const network = new MtpNetwork();
  const timers = new TimingWheel();
  const counters = new CountersMap();
  const translation: SccpConfig['translation'] = [
    { digits: '491*', targets: [{ pointCode: 1, routing: 'gt' }] },
    { digits: '492*', targets: [{ pointCode: 2, routing: 'gt' }] },
    { digits: '499*', targets: [{ pointCode: 9, routing: 'gt' }] },
  ];
  const node = (pointCode: 1 | 2 | 9, own: string) =>
    new Sccp({
      config: {
        pointCode,
        translation: [...translation, { digits: `49${pointCode}${own}*`, targets: [{ routing: 'ssn' }] }],
        ...config[pointCode],
      },
      mtp: network.node(pointCode),
      timers,
      counters,
      random: new SeededRandom(pointCode),
      log: silentLog,
    });
  const one = node(1, '1');
  const two = node(2, '2');
  const nine = node(9, '9');
  const [scf, hlr] = [new User(), new User()];
  one.bind(147, scf);
  two.bind(6, hlr);
  const run = () => {
    for (let rounds = 0; rounds < 4; rounds++) {
      network.run();
      timers.advance(timers.now() + 1);
    }
  };
  const request = (changes: Partial<Unitdata> = {}): Unitdata => ({
    called: gt('4922', 6),
    calling: gt('4911', 147),
    data: Uint8Array.from([1, 2, 3]),
    returnOption: true,
    ...changes,
  });
  return { network, timers, counters, one, two, nine, scf, hlr, run, request };
}

export const kinds = (sent: readonly MtpTransfer[]) =>
  sent.map(({ data }) => {
    const decoded = decodeMessage(data);
    assert.ok(decoded.ok);
    return decoded.value;
  });

/** A message of a foreign node. */
export function arrives(node: Sccp, message: SccpMessage, opc = 1, sls = 0): void {
  const data = encodeMessage(message);
  assert.ok(data !== undefined);
  node.onTransfer({ opc, dpc: node.pointCode, si: 3, ni: 2, mp: 0, sls, data });
}

/** A management message of a foreign node. */
export function management(
  node: Sccp,
  kind: ManagementMessage['kind'],
  affectedSsn: number,
  affectedPointCode: number,
  opc: number,
  congestionLevel?: number,
): void {
  const scmg: SccpAddress = { routing: 'ssn', ssn: 1 };
  const data = encodeManagement({
    kind,
    affectedSsn,
    affectedPointCode,
    multiplicity: 0,
    ...(congestionLevel === undefined ? {} : { congestionLevel }),
  });
  const common = { protocolClass: 0, returnOption: false, called: scmg, calling: scmg };
  arrives(node, { kind: 'UDT', ...common, data }, opc);
}

/** Management messages among what was sent: `SST 2/6 to 2`. */
export const managementOf = (sent: readonly MtpTransfer[]): string[] =>
  sent.flatMap(({ dpc, data }) => {
    const decoded = decodeMessage(data);
    assert.ok(decoded.ok);
    if (decoded.value.called.ssn !== 1) return [];
    const message = decodeManagement(decoded.value.data);
    assert.ok(message.ok);
    const { kind, affectedPointCode, affectedSsn, congestionLevel } = message.value;
    const level = congestionLevel === undefined ? '' : ` level ${congestionLevel}`;
    return [`${kind} ${affectedPointCode}/${affectedSsn}${level} to ${dpc}`];
  });
