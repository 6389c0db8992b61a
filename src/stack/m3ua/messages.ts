/**
 * Every message of RFC 4666 as a declaration: its parameters, what is mandatory, and the clause. Decoding and encoding
 * are made from these. Parameters that a message does not declare are skipped and kept (`other`).
 */
import { failure, type Result, success } from '../../types/result.ts';
import { decodeMessage, encodeMessage, MESSAGE_CLASS, type Parameter } from './message.ts';
import type { ParameterType } from './parameter-types.ts';
import {
  AffectedPointCodes,
  AspIdentifier,
  CONGESTION_LEVEL_MAX,
  ConcernedDestination,
  CongestionIndications,
  CorrelationId,
  DiagnosticInformation,
  ErrorCode,
  HeartbeatData,
  InfoString,
  NetworkAppearance,
  POINT_CODE_BITS,
  ProtocolData,
  parameterName,
  RoutingContext,
  STATUS_TYPE,
  Status,
  TrafficModeType,
  UserCause,
} from './parameters.ts';
import { DeregistrationResult, RegistrationResult, RoutingKey } from './routing-key.ts';

type Presence = 'mandatory' | 'optional' | 'repeated';

interface Field<T, P extends Presence> {
  readonly type: ParameterType<T>;
  readonly presence: P;
}

const mandatory = <T>(type: ParameterType<T>): Field<T, 'mandatory'> => ({ type, presence: 'mandatory' });
const optional = <T>(type: ParameterType<T>): Field<T, 'optional'> => ({ type, presence: 'optional' });
/** One or more of the same parameter. */
const repeated = <T>(type: ParameterType<T>): Field<T, 'repeated'> => ({ type, presence: 'repeated' });

const { MGMT, TRANSFER, SSNM, ASPSM, ASPTM, RKM } = MESSAGE_CLASS;

const ssnm = {
  networkAppearance: optional(NetworkAppearance),
  routingContext: optional(RoutingContext),
  affectedPointCodes: mandatory(AffectedPointCodes),
};
const information = { infoString: optional(InfoString) };

// biome-ignore format: a message a row
export const MESSAGES = {
  'ERR':           { class: MGMT,     type: 0, clause: 'RFC 4666 §3.8.1', fields: { errorCode: mandatory(ErrorCode), routingContext: optional(RoutingContext), networkAppearance: optional(NetworkAppearance), affectedPointCodes: optional(AffectedPointCodes), diagnosticInformation: optional(DiagnosticInformation) } },
  'NTFY':          { class: MGMT,     type: 1, clause: 'RFC 4666 §3.8.2', fields: { status: mandatory(Status), aspIdentifier: optional(AspIdentifier), routingContext: optional(RoutingContext), ...information } },
  'DATA':          { class: TRANSFER, type: 1, clause: 'RFC 4666 §3.3.1', fields: { networkAppearance: optional(NetworkAppearance), routingContext: optional(RoutingContext), protocolData: mandatory(ProtocolData), correlationId: optional(CorrelationId) } },
  'DUNA':          { class: SSNM,     type: 1, clause: 'RFC 4666 §3.4.1', fields: { ...ssnm, ...information } },
  'DAVA':          { class: SSNM,     type: 2, clause: 'RFC 4666 §3.4.2', fields: { ...ssnm, ...information } },
  'DAUD':          { class: SSNM,     type: 3, clause: 'RFC 4666 §3.4.3', fields: { ...ssnm, ...information } },
  'SCON':          { class: SSNM,     type: 4, clause: 'RFC 4666 §3.4.4', fields: { ...ssnm, concernedDestination: optional(ConcernedDestination), congestionIndications: optional(CongestionIndications), ...information } },
  'DUPU':          { class: SSNM,     type: 5, clause: 'RFC 4666 §3.4.5', fields: { ...ssnm, userCause: mandatory(UserCause), ...information } },
  'DRST':          { class: SSNM,     type: 6, clause: 'RFC 4666 §3.4.6', fields: { ...ssnm, ...information } },
  'ASP Up':        { class: ASPSM,    type: 1, clause: 'RFC 4666 §3.5.1', fields: { aspIdentifier: optional(AspIdentifier), ...information } },
  'ASP Down':      { class: ASPSM,    type: 2, clause: 'RFC 4666 §3.5.3', fields: { ...information } },
  'BEAT':          { class: ASPSM,    type: 3, clause: 'RFC 4666 §3.5.5', fields: { heartbeatData: optional(HeartbeatData) } },
  'ASP Up Ack':    { class: ASPSM,    type: 4, clause: 'RFC 4666 §3.5.2', fields: { aspIdentifier: optional(AspIdentifier), ...information } },
  'ASP Down Ack':  { class: ASPSM,    type: 5, clause: 'RFC 4666 §3.5.4', fields: { ...information } },
  'BEAT Ack':      { class: ASPSM,    type: 6, clause: 'RFC 4666 §3.5.6', fields: { heartbeatData: optional(HeartbeatData) } },
  'ASP Active':    { class: ASPTM,    type: 1, clause: 'RFC 4666 §3.7.1', fields: { trafficModeType: optional(TrafficModeType), routingContext: optional(RoutingContext), ...information } },
  'ASP Inactive':  { class: ASPTM,    type: 2, clause: 'RFC 4666 §3.7.3', fields: { routingContext: optional(RoutingContext), ...information } },
  'ASP Active Ack': { class: ASPTM,   type: 3, clause: 'RFC 4666 §3.7.2', fields: { trafficModeType: optional(TrafficModeType), routingContext: optional(RoutingContext), ...information } },
  'ASP Inactive Ack': { class: ASPTM, type: 4, clause: 'RFC 4666 §3.7.4', fields: { routingContext: optional(RoutingContext), ...information } },
  'REG REQ':       { class: RKM,      type: 1, clause: 'RFC 4666 §3.6.1', fields: { routingKeys: repeated(RoutingKey) } },
  'REG RSP':       { class: RKM,      type: 2, clause: 'RFC 4666 §3.6.2', fields: { registrationResults: repeated(RegistrationResult) } },
  'DEREG REQ':     { class: RKM,      type: 3, clause: 'RFC 4666 §3.6.3', fields: { routingContext: mandatory(RoutingContext) } },
  'DEREG RSP':     { class: RKM,      type: 4, clause: 'RFC 4666 §3.6.4', fields: { deregistrationResults: repeated(DeregistrationResult) } },
} as const;

export type MessageName = keyof typeof MESSAGES;

type Declared = typeof MESSAGES;
type Value<F> = F extends Field<infer T, infer P> ? (P extends 'repeated' ? readonly T[] : T) : never;
type Required<F> = {
  readonly [K in keyof F as F[K] extends Field<infer _T, 'optional'> ? never : K]: Value<F[K]>;
};
type Optional<F> = {
  readonly [K in keyof F as F[K] extends Field<infer _T, 'optional'> ? K : never]?: Value<F[K]>;
};

/** The parameters of the message called `Name`, by their camelCase names. */
export type Parameters<Name extends MessageName> = Required<Declared[Name]['fields']> &
  Optional<Declared[Name]['fields']>;

/** A received message, told apart by `name`. */
export type M3uaMessage = {
  readonly [Name in MessageName]: {
    readonly name: Name;
    readonly parameters: Parameters<Name>;
    /** Parameters that the message does not declare, or that came once too often. */
    readonly other: readonly Parameter[];
  };
}[MessageName];

interface Compiled {
  readonly name: MessageName;
  readonly class: number;
  readonly type: number;
  readonly clause: string;
  readonly fields: readonly (Field<unknown, Presence> & { readonly key: string })[];
  readonly byTag: ReadonlyMap<number, Field<unknown, Presence> & { readonly key: string }>;
}

const compiled = new Map<MessageName, Compiled>();
const byType = new Map<number, Compiled>();
const classes = new Set<number>();
for (const name of Object.keys(MESSAGES) as MessageName[]) {
  const declaration = MESSAGES[name];
  const fields = Object.entries(declaration.fields as Readonly<Record<string, Field<unknown, Presence>>>).map(
    ([key, field]) => ({ key, ...field }),
  );
  const entry: Compiled = {
    name,
    class: declaration.class,
    type: declaration.type,
    clause: declaration.clause,
    fields,
    byTag: new Map(fields.map((field) => [field.type.tag, field])),
  };
  compiled.set(name, entry);
  byType.set(declaration.class * 256 + declaration.type, entry);
  classes.add(declaration.class);
}

/** The RFC's name of a message class and type; undefined when there is none. */
export function messageName(messageClass: number, messageType: number): MessageName | undefined {
  return byType.get(messageClass * 256 + messageType)?.name;
}

/**
 * Decodes one message. `Failure.code` is a name of `ERROR_CODE`, the answer that RFC 4666 §3.8.1 has for it; `path` names
 * message and parameter.
 */
export function decode(octets: Uint8Array): Result<M3uaMessage> {
  const outer = decodeMessage(octets);
  // The class and type are looked at first, so that what comes from a later protocol is named as such.
  if (octets.length >= 4 && octets[0] === 1) {
    if (!classes.has(octets[2]!)) return failure('unsupported-message-class', 2, 'RFC 4666 §3.1.3');
    if (!byType.has(octets[2]! * 256 + octets[3]!))
      return failure('unsupported-message-type', 3, 'RFC 4666 §3.1.3');
  }
  if (!outer.ok) return outer;
  const declared = byType.get(outer.value.messageClass * 256 + outer.value.messageType)!;
  const parameters: Record<string, unknown> = {};
  const other: Parameter[] = [];
  for (const parameter of outer.value.parameters) {
    const field = declared.byTag.get(parameter.tag);
    if (field === undefined || (field.presence !== 'repeated' && field.key in parameters)) {
      other.push(parameter);
      continue;
    }
    const value = field.type.decode(parameter.value);
    if (!value.ok)
      return failure(
        value.code,
        parameter.value.byteOffset - octets.byteOffset + value.offset,
        value.clause,
        `${declared.name}.${field.type.name}`,
      );
    const before = parameters[field.key];
    if (field.presence !== 'repeated') parameters[field.key] = value.value;
    else if (Array.isArray(before)) before.push(value.value);
    else parameters[field.key] = [value.value];
  }
  for (const field of declared.fields)
    if (field.presence !== 'optional' && !(field.key in parameters))
      return failure(
        'missing-parameter',
        octets.length,
        declared.clause,
        `${declared.name}.${field.type.name}`,
      );
  return success({ name: declared.name, parameters, other } as unknown as M3uaMessage);
}

/** Encodes one message with its parameters in the RFC's order, then `other`. */
export function encode<Name extends MessageName>(
  name: Name,
  parameters: Parameters<Name>,
  other: readonly Parameter[] = [],
): Uint8Array {
  const declared = compiled.get(name)!;
  const values = parameters as Readonly<Record<string, unknown>>;
  const list: Parameter[] = [];
  for (const field of declared.fields) {
    const value = values[field.key];
    if (value === undefined) continue;
    for (const one of field.presence === 'repeated' ? (value as readonly unknown[]) : [value])
      list.push({ tag: field.type.tag, value: field.type.encode(one) });
  }
  return encodeMessage({
    messageClass: declared.class,
    messageType: declared.type,
    parameters: [...list, ...other],
  });
}

/** What a peer asks for, and what takes it out of its state when it is misread. */
const REQUESTS: ReadonlySet<MessageName> = new Set<MessageName>([
  'ASP Up',
  'ASP Down',
  'ASP Active',
  'ASP Inactive',
  'REG REQ',
  'DEREG REQ',
  'DAUD',
]);

/**
 * The parameter for which a message is to be refused (RFC 4666 §3.8.1 Unexpected Parameter): one that came once too
 * often (§3.2), or in a request one of RFC 4666 that the message does not have. What RFC 4666 does not know is skipped,
 * and so is what answers and indications carry too much, since refusing those would help nobody.
 */
export function unexpectedParameter(message: M3uaMessage): Parameter | undefined {
  if (message.other.length === 0) return undefined;
  const { byTag } = compiled.get(message.name)!;
  return message.other.find(
    ({ tag }) =>
      byTag.has(tag) ||
      (REQUESTS.has(message.name) && tag !== InfoString.tag && parameterName(tag) !== undefined),
  );
}

/** Whether a parameter has a value that RFC 4666 does not define and that leaves nothing to act on (§3.8.1). */
export function hasInvalidValue(message: M3uaMessage): boolean {
  const { name, parameters } = message;
  if (name === 'NTFY') return !isStatus(parameters.status);
  if (name === 'SCON' && (parameters.congestionIndications ?? 0) > CONGESTION_LEVEL_MAX) return true;
  return (
    'affectedPointCodes' in parameters &&
    parameters.affectedPointCodes.some(({ mask }) => mask > POINT_CODE_BITS)
  );
}

function isStatus({ type, information }: { readonly type: number; readonly information: number }): boolean {
  if (type === STATUS_TYPE.asStateChange) return information >= 1 && information <= 4;
  return type === STATUS_TYPE.other && information >= 1 && information <= 3;
}
