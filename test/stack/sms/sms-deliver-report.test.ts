import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  decodeSmsDeliverReport,
  encodeSmsDeliverReport,
  failureCauses,
  type SmsDeliverReport,
} from '../../../src/stack/sms/sms-deliver-report.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const octet = fc.integer({ min: 0, max: 255 });

describe('SMS-DELIVER-REPORT (3GPP TS 23.040 §9.2.2.1a)', () => {
  test('in RP-ERROR it carries the cause: memory is full', () => {
    const report: SmsDeliverReport = {
      kind: 'SMS-DELIVER-REPORT',
      failureCause: failureCauses.memoryCapacityExceeded,
    };
    assert.deepEqual(encodeSmsDeliverReport(report), hex('00 d3 00'));
    assert.deepEqual(decodeSmsDeliverReport(hex('00 d3 00'), 'RP-ERROR'), { ok: true, value: report });
  });

  test('in RP-ACK the indicators follow at once', () => {
    assert.deepEqual(decodeSmsDeliverReport(hex('00 00'), 'RP-ACK'), {
      ok: true,
      value: { kind: 'SMS-DELIVER-REPORT' },
    });
    assert.deepEqual(decodeSmsDeliverReport(hex('00 07 41 04 02 aabb'), 'RP-ACK'), {
      ok: true,
      value: {
        kind: 'SMS-DELIVER-REPORT',
        protocolIdentifier: 0x41,
        dataCodingScheme: 4,
        userData: { header: undefined, units: hex('aabb') },
      },
    });
  });

  test('further octets of indicators are skipped', () => {
    assert.deepEqual(decodeSmsDeliverReport(hex('00 81 80 00 41'), 'RP-ACK'), {
      ok: true,
      value: { kind: 'SMS-DELIVER-REPORT', protocolIdentifier: 0x41 },
    });
    assert.equal(decodeSmsDeliverReport(hex('00 81 80'), 'RP-ACK').ok, false);
  });

  test('what was written is read back; what was cut is a failure', () => {
    const reports = fc.record(
      {
        kind: fc.constant('SMS-DELIVER-REPORT' as const),
        failureCause: octet,
        protocolIdentifier: octet,
        dataCodingScheme: octet,
        userData: fc.record(
          {
            header: fc.option(fc.uint8Array({ maxLength: 20 }), { nil: undefined }),
            units: fc.uint8Array({ max: 127, maxLength: 100 }),
          },
          { noNullPrototype: true },
        ),
      },
      { requiredKeys: ['kind'], noNullPrototype: true },
    ) as fc.Arbitrary<SmsDeliverReport>;
    fc.assert(
      fc.property(reports, fc.nat(), (report, cut) => {
        const within = report.failureCause === undefined ? 'RP-ACK' : 'RP-ERROR';
        const octets = encodeSmsDeliverReport(report);
        assert.deepEqual(decodeSmsDeliverReport(octets, within), { ok: true, value: report });
        const shorter = octets.subarray(0, cut % octets.length);
        assert.equal(decodeSmsDeliverReport(shorter, within).ok, false);
      }),
      { numRuns: 500 },
    );
  });
});
