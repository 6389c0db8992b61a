import assert from 'node:assert/strict';
import { type DataContext, encodeData } from '../../src/stack/m3ua/data.ts';
import {
  decode,
  encode,
  type M3uaMessage,
  type MessageName,
  type Parameters,
} from '../../src/stack/m3ua/messages.ts';
import type { MtpTransfer } from '../../src/stack/m3ua/mtp.ts';
import { PPID_M3UA, type SctpAssociation, type SctpUser } from '../../src/stack/sctp/port.ts';

export interface Heard {
  readonly message: M3uaMessage;
  readonly stream: number;
}

/** The other end of an association, played by a test: says what the test wants, hears what comes. */
export class M3uaTester implements SctpUser {
  association: SctpAssociation | undefined;
  downs = 0;
  /** Answers BEAT, as any peer would. */
  answersBeats = true;
  readonly heard: Heard[] = [];

  up(association: SctpAssociation): void {
    this.association = association;
  }

  message(_association: SctpAssociation, octets: Uint8Array, stream: number): void {
    const decoded = decode(octets.slice());
    assert.ok(decoded.ok, `a peer sent what cannot be decoded: ${Buffer.from(octets).toString('hex')}`);
    if (decoded.value.name === 'BEAT' && this.answersBeats) this.say('BEAT Ack', decoded.value.parameters);
    this.heard.push({ message: decoded.value, stream });
  }

  drained(): void {
    // A tester sends little.
  }

  restarted(): void {
    this.heard.length = 0;
  }

  down(): void {
    this.association = undefined;
    this.downs++;
  }

  say<Name extends MessageName>(name: Name, parameters: Parameters<Name>, stream = 0): void {
    this.sayOctets(encode(name, parameters), stream);
  }

  sayData(transfer: MtpTransfer, context: DataContext, stream = 1): void {
    this.sayOctets(encodeData(transfer, context), stream);
  }

  sayOctets(octets: Uint8Array, stream = 0): void {
    assert.ok(this.association !== undefined, 'the association is up');
    assert.ok(this.association.send(octets, stream, PPID_M3UA));
  }

  /** What came since the last call, in words: `NTFY AS-ACTIVE rc 1`, `ERR 6`, `ASP Active Ack rc 1`, `DATA 0102`. */
  take(): string[] {
    return this.heard.splice(0).map(({ message }) => describe(message));
  }
}

const STATUS: Readonly<Record<string, string>> = {
  '1.2': 'AS-INACTIVE',
  '1.3': 'AS-ACTIVE',
  '1.4': 'AS-PENDING',
  '2.1': 'Insufficient ASP Resources',
  '2.2': 'Alternate ASP Active',
  '2.3': 'ASP Failure',
};

function describe(message: M3uaMessage): string {
  const { name, parameters } = message;
  const words: (string | number)[] = [name];
  if (name === 'NTFY') words.push(STATUS[`${parameters.status.type}.${parameters.status.information}`]!);
  if (name === 'ERR') words.push(parameters.errorCode);
  if (name === 'DATA') words.push(Buffer.from(parameters.protocolData.subarray(12)).toString('hex'));
  if ('affectedPointCodes' in parameters)
    words.push(parameters.affectedPointCodes.map(({ pointCode }) => pointCode).join(','));
  if (name === 'SCON') words.push('level', parameters.congestionIndications ?? 'none');
  if (name === 'REG RSP')
    for (const one of parameters.registrationResults)
      words.push(`${one.localRoutingKeyIdentifier}:${one.registrationStatus}:${one.routingContext}`);
  if (name === 'DEREG RSP')
    for (const one of parameters.deregistrationResults)
      words.push(`${one.routingContext}:${one.deregistrationStatus}`);
  if (name === 'REG REQ')
    for (const one of parameters.routingKeys)
      words.push(
        `${one.localRoutingKeyIdentifier}:${one.destinations.map(({ destinationPointCode }) => destinationPointCode.pointCode).join('+')}`,
      );
  if ('networkAppearance' in parameters) words.push('na', parameters.networkAppearance);
  if ('trafficModeType' in parameters) words.push('mode', parameters.trafficModeType);
  if ('routingContext' in parameters) words.push('rc', parameters.routingContext.join(','));
  if ('aspIdentifier' in parameters) words.push('asp', parameters.aspIdentifier);
  return words.join(' ');
}
