/** A message centre with one client, each request a promise; phones are a set of those that are there. */

import { type SmscBehaviour, wellBehaved } from '../../../src/simulator/smsc/behaviour.ts';
import { Smsc } from '../../../src/simulator/smsc/smsc.ts';
import type { BodyOf, RequestName } from '../../../src/stack/smpp/commands.ts';
import type { Pdu } from '../../../src/stack/smpp/pdu.ts';
import { isReceipt, type Receipt, receiptOf } from '../../../src/stack/smpp/receipt.ts';
import type { Tlv } from '../../../src/stack/smpp/tlv.ts';
import { SessionPair } from '../../stack/smpp/session-pair.ts';

export const START_MS = Date.UTC(2026, 10, 27, 12);

export class SmscPlant {
  readonly pair: SessionPair;
  readonly smsc: Smsc;
  readonly there = new Set<string>();
  readonly inbox: { number: string; text: string }[] = [];
  readonly receipts: Receipt[] = [];
  readonly alerts: string[] = [];
  readonly fromPhones: string[] = [];

  constructor(behaviour: Partial<SmscBehaviour> = {}) {
    const late: { smsc?: Smsc } = {};
    this.pair = new SessionPair({ centre: (side) => late.smsc ?? side });
    const { timers, counters } = this.pair;
    this.smsc = new Smsc(
      {
        clock: { now: () => START_MS + timers.now(), monotonic: () => timers.now() },
        timers,
        counters,
        deliver: ({ destination, octets }) => {
          if (destination === '0') return 'unknown';
          if (!this.there.has(destination)) return 'absent';
          this.inbox.push({ number: destination, text: Buffer.from(octets).toString('latin1') });
          return 'delivered';
        },
      },
      { accounts: new Map([['callwake', 'secret']]), behaviour: { ...wellBehaved, ...behaviour } },
    );
    late.smsc = this.smsc;
    this.pair.esmeSide.onRequest = (session, pdu) => {
      if (pdu.command === 'alert_notification') return void this.alerts.push(pdu.body!.sourceAddr);
      const { esmClass, shortMessage, sourceAddr } = (pdu as Pdu<'deliver_sm'>).body!;
      const receipt = isReceipt(esmClass)
        ? receiptOf({ esmClass, text: shortMessage, tlvs: pdu.tlvs })
        : undefined;
      if (receipt !== undefined) this.receipts.push(receipt);
      else this.fromPhones.push(`${sourceAddr}: ${Buffer.from(shortMessage).toString('latin1')}`);
      session.respond(pdu, 0);
    };
    this.pair.bindNow();
  }

  ask<C extends RequestName>(
    command: C,
    body: BodyOf<C>,
    tlvs: readonly Tlv[] = [],
  ): { status: number; body: Record<string, unknown> } | string {
    let result: { status: number; body: Record<string, unknown> } | string = 'unanswered';
    this.pair.esme.request(command, body, tlvs, (answer) => {
      result =
        answer.kind === 'response'
          ? { status: answer.pdu.commandStatus, body: answer.pdu.body ?? {} }
          : answer.kind;
    });
    this.pair.carry();
    return result;
  }

  submit(text: string, changes: Partial<BodyOf<'submit_sm'>> = {}, tlvs: readonly Tlv[] = []): string {
    const answer = this.ask(
      'submit_sm',
      { ...submitBody, ...changes, shortMessage: Buffer.from(text, 'latin1') },
      tlvs,
    );
    if (typeof answer === 'string') return answer;
    return answer.status === 0 ? String(answer.body['messageId']) : `0x${answer.status.toString(16)}`;
  }

  comeBack(number: string): void {
    this.there.add(number);
    this.smsc.available(number);
    this.pair.carry();
  }
}

export const B = '491710000002';
const source = { sourceAddrTon: 5, sourceAddrNpi: 0, sourceAddr: 'Callwake' };
const destination = { destAddrTon: 1, destAddrNpi: 1, destinationAddr: B };
export const submitBody: BodyOf<'submit_sm'> = {
  serviceType: '',
  ...source,
  ...destination,
  esmClass: 0,
  protocolId: 0,
  priorityFlag: 0,
  scheduleDeliveryTime: '',
  validityPeriod: '',
  registeredDelivery: 1,
  replaceIfPresentFlag: 0,
  dataCoding: 0,
  smDefaultMsgId: 0,
  shortMessage: new Uint8Array(0),
};
export const cancelBody = (messageId: string): BodyOf<'cancel_sm'> => ({
  serviceType: '',
  messageId,
  ...source,
  ...destination,
});
export const queryBody = (messageId: string): BodyOf<'query_sm'> => ({ messageId, ...source });
export const replaceBody = (messageId: string, text: string): BodyOf<'replace_sm'> => ({
  messageId,
  ...source,
  scheduleDeliveryTime: '',
  validityPeriod: '',
  registeredDelivery: 1,
  smDefaultMsgId: 0,
  shortMessage: Buffer.from(text, 'latin1'),
});
