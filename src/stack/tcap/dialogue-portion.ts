import type { Mutable } from '../../types/mutable.ts';
import { OctetsMemo } from '../../types/octets-memo.ts';
import { BerReader, type BerWriter, readInteger } from '../asn1/ber.ts';
import { writeObjectIdentifier } from '../asn1/content.ts';
import { readObjectIdentifier } from './object-identifier.ts';
import type { ObjectIdentifier } from './service.ts';
import { dialogueTags, transactionTags, universalTags } from './tags.ts';

/** APDU of the dialogue portion (ITU-T Q.773 §4.2.3). User information is a list of EXTERNALs, each whole with its tag. */
export type DialogueApdu =
  /** Dialogue request; of an unstructured dialogue it is the AUDT. */
  | {
      readonly kind: 'AARQ' | 'AUDT';
      readonly applicationContext: ObjectIdentifier;
      readonly userInformation?: readonly Uint8Array[];
      /** The versions offered: version 1 when this is absent, no version 1 (`unsupported`), or nothing, which means version 1. */
      readonly version?: 'omitted' | 'unsupported';
    }
  | {
      readonly kind: 'AARE';
      readonly applicationContext: ObjectIdentifier;
      readonly accepted: boolean;
      readonly source: 'user' | 'provider';
      /** Of the user: 0 null, 1 no reason given, 2 application context name not supported; of the provider: 2 no common dialogue portion. */
      readonly diagnostic: number;
      readonly userInformation?: readonly Uint8Array[];
      readonly version?: 'omitted' | 'unsupported';
    }
  | {
      readonly kind: 'ABRT';
      readonly source: 'user' | 'provider';
      readonly userInformation?: readonly Uint8Array[];
    };

/** Diagnostics of AARE (ITU-T Q.773 §4.2.3.2). */
export const userDiagnostics = { null: 0, noReasonGiven: 1, applicationContextNameNotSupported: 2 } as const;
export const providerDiagnostics = { null: 0, noReasonGiven: 1, noCommonDialoguePortion: 2 } as const;

/** `itu-t recommendation q 773 as(1) dialogue-as(1) version1(1)` and `unidialogue-as(2)`. */
const dialogueAs = Uint8Array.of(0x00, 0x11, 0x86, 0x05, 0x01, 0x01, 0x01);
const unidialogueAs = Uint8Array.of(0x00, 0x11, 0x86, 0x05, 0x01, 0x02, 0x01);
/** BIT STRING with the bit of version 1 alone. */
const version1 = Uint8Array.of(0x07, 0x80);

/** EXTERNALs in one user information; more are no dialogue of the network. */
const userInformationMax = 16;

const reader = new BerReader();

/** Portions without user information: of each application context all are alike. */
const known = new OctetsMemo<DialogueApdu>(128, 64);

/** Reads the contents of a dialogue portion, null when it is malformed; user information that is returned is a view of `octets`. */
export function readDialoguePortion(octets: Uint8Array, offset: number, end: number): DialogueApdu | null {
  const found = known.find(octets, offset, end);
  if (found !== undefined) return found;
  const apdu = decode(octets, offset, end);
  if (apdu !== null && apdu.userInformation === undefined) known.keep(octets, offset, end, apdu);
  return apdu;
}

function decode(octets: Uint8Array, offset: number, end: number): DialogueApdu | null {
  reader.reset(octets, offset, end);
  if (!nextIs(dialogueTags.external) || reader.offset !== end) return null;
  reader.enter();
  if (!nextIs(universalTags.objectIdentifier)) return null;
  const structured = isSyntax(dialogueAs);
  if (!structured && !isSyntax(unidialogueAs)) return null;
  if (!nextIs(dialogueTags.singleAsn1Type)) return null;
  if (reader.offset !== reader.end) return null;
  reader.enter();
  if (!reader.next() || reader.offset !== reader.end) return null;
  const apdu = reader.identifier;
  reader.enter();
  if (apdu === dialogueTags.request) return readRequest(structured ? 'AARQ' : 'AUDT');
  if (structured && apdu === dialogueTags.response) return readResponse();
  if (structured && apdu === dialogueTags.abort) return readAbort();
  return null;
}

/** Reads the next element, which is to have this tag. */
function nextIs(identifier: number): boolean {
  return reader.next() && reader.identifier === identifier;
}

/** Whether the element read last has this tag, and nothing is behind it. */
function isLast(identifier: number): boolean {
  return reader.identifier === identifier && reader.offset === reader.end;
}

function isSyntax(syntax: Uint8Array): boolean {
  if (reader.contentEnd - reader.contentOffset !== syntax.length) return false;
  for (let at = 0; at < syntax.length; at++)
    if (reader.buffer[reader.contentOffset + at] !== syntax[at]) return false;
  return true;
}

function readRequest(kind: 'AARQ' | 'AUDT'): DialogueApdu | null {
  let more = reader.next();
  const version = more ? readVersion() : 'omitted';
  if (version !== 'omitted') more = reader.next();
  const applicationContext = more ? readContextName() : null;
  if (applicationContext === null) return null;
  const userInformation = readUserInformation();
  if (userInformation === null) return null;
  // Plain literals, filled in afterwards: every dialogue goes through here, and merging objects is dear.
  const request: Mutable<Extract<DialogueApdu, { kind: 'AARQ' | 'AUDT' }>> = { kind, applicationContext };
  if (userInformation !== undefined) request.userInformation = userInformation;
  if (version !== 'version1') request.version = version;
  return request;
}

function readResponse(): DialogueApdu | null {
  let more = reader.next();
  const version = more ? readVersion() : 'omitted';
  if (version !== 'omitted') more = reader.next();
  const applicationContext = more ? readContextName() : null;
  if (applicationContext === null) return null;
  if (!nextIs(dialogueTags.result)) return null;
  const result = readInner(universalTags.integer);
  if (result !== 0 && result !== 1) return null;
  if (!nextIs(dialogueTags.resultSourceDiagnostic)) return null;
  const { offset, end } = reader;
  reader.enter();
  if (!reader.next()) return null;
  const source = reader.identifier === dialogueTags.diagnosticOfUser ? 'user' : 'provider';
  if (source === 'provider' && reader.identifier !== dialogueTags.diagnosticOfProvider) return null;
  const diagnostic = readInner(universalTags.integer);
  if (Number.isNaN(diagnostic)) return null;
  reader.resume(offset, end);
  const userInformation = readUserInformation();
  if (userInformation === null) return null;
  const response: Mutable<Extract<DialogueApdu, { kind: 'AARE' }>> = {
    kind: 'AARE',
    applicationContext,
    accepted: result === 0,
    source,
    diagnostic,
  };
  if (userInformation !== undefined) response.userInformation = userInformation;
  if (version !== 'version1') response.version = version;
  return response;
}

function readAbort(): DialogueApdu | null {
  if (!nextIs(dialogueTags.abortSource)) return null;
  const source = readInteger(reader.buffer, reader.contentOffset, reader.contentEnd);
  if (source !== 0 && source !== 1) return null;
  const userInformation = readUserInformation();
  if (userInformation === null) return null;
  return {
    kind: 'ABRT',
    source: source === 0 ? 'user' : 'provider',
    ...(userInformation === undefined ? {} : { userInformation }),
  };
}

/** What the element read last says of the version: a BIT STRING with the bit of version 1, without, or another element. */
function readVersion(): 'version1' | 'unsupported' | 'omitted' {
  if (reader.identifier !== dialogueTags.protocolVersion) return 'omitted';
  const bits =
    reader.contentEnd - reader.contentOffset >= 2 ? (reader.buffer[reader.contentOffset + 1] as number) : 0;
  return (bits & 0x80) !== 0 ? 'version1' : 'unsupported';
}

function readContextName(): ObjectIdentifier | null {
  if (reader.identifier !== dialogueTags.applicationContextName) return null;
  const { offset, end } = reader;
  reader.enter();
  if (!nextIs(universalTags.objectIdentifier) || reader.offset !== reader.end) return null;
  const name = readObjectIdentifier(reader.buffer, reader.contentOffset, reader.contentEnd);
  reader.resume(offset, end);
  return name;
}

/** The integer that is alone in the element read last; NaN when it is not. */
function readInner(identifier: number): number {
  const { offset, end } = reader;
  reader.enter();
  if (!nextIs(identifier) || reader.offset !== reader.end) return Number.NaN;
  const value = readInteger(reader.buffer, reader.contentOffset, reader.contentEnd);
  reader.resume(offset, end);
  return value;
}

/** The rest of the APDU: user information, or nothing (undefined); null when it is something else. */
function readUserInformation(): Uint8Array[] | undefined | null {
  if (!reader.next()) return reader.failureCode === '' ? undefined : null;
  if (!isLast(dialogueTags.userInformation)) return null;
  const externals: Uint8Array[] = [];
  reader.enter();
  while (reader.next()) {
    if (reader.identifier !== dialogueTags.external || externals.length === userInformationMax) return null;
    externals.push(reader.element());
  }
  return reader.failureCode === '' ? externals : null;
}

/** Writes a dialogue portion, from its last octet to its first. */
export function writeDialoguePortion(writer: BerWriter, apdu: DialogueApdu): void {
  const start = writer.written;
  if (apdu.userInformation !== undefined) {
    for (let at = apdu.userInformation.length - 1; at >= 0; at--)
      writer.bytes(apdu.userInformation[at] as Uint8Array);
    writer.header(dialogueTags.userInformation, start);
  }
  if (apdu.kind === 'ABRT') {
    writeSmall(writer, dialogueTags.abortSource, apdu.source === 'user' ? 0 : 1);
    writer.header(dialogueTags.abort, start);
  } else {
    if (apdu.kind === 'AARE') {
      const diagnostic = writer.written;
      writeSmall(writer, universalTags.integer, apdu.diagnostic);
      writer.header(
        apdu.source === 'user' ? dialogueTags.diagnosticOfUser : dialogueTags.diagnosticOfProvider,
        diagnostic,
      );
      writer.header(dialogueTags.resultSourceDiagnostic, diagnostic);
      const result = writer.written;
      writeSmall(writer, universalTags.integer, apdu.accepted ? 0 : 1);
      writer.header(dialogueTags.result, result);
    }
    const name = writer.written;
    writeObjectIdentifier(writer, apdu.applicationContext);
    writer.header(universalTags.objectIdentifier, name);
    writer.header(dialogueTags.applicationContextName, name);
    if (apdu.version !== 'omitted') writer.element(dialogueTags.protocolVersion, version1);
    writer.header(apdu.kind === 'AARE' ? dialogueTags.response : dialogueTags.request, start);
  }
  writer.header(dialogueTags.singleAsn1Type, start);
  writer.element(universalTags.objectIdentifier, apdu.kind === 'AUDT' ? unidialogueAs : dialogueAs);
  writer.header(dialogueTags.external, start);
  writer.header(transactionTags.dialoguePortion, start);
}

function writeSmall(writer: BerWriter, identifier: number, value: number): void {
  const mark = writer.written;
  writer.integer(value);
  writer.header(identifier, mark);
}
