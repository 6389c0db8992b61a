/** Every parameter of RFC 4666 (§3.2 has the list of tags), as declarations. */
import {
  affectedPointCodes,
  octetList,
  opaque,
  text,
  uint16Pair,
  uint32,
  uint32List,
} from './parameter-types.ts';

// Common to the SIGTRAN adaptation layers.
export const InfoString = text('INFO String', 0x0004);
export const RoutingContext = uint32List('Routing Context', 0x0006);
export const DiagnosticInformation = opaque('Diagnostic Information', 0x0007);
export const HeartbeatData = opaque('Heartbeat Data', 0x0009);
export const TrafficModeType = uint32('Traffic Mode Type', 0x000b);
export const ErrorCode = uint32('Error Code', 0x000c);
export const Status = uint16Pair('Status', 0x000d, 'type', 'information');
export const AspIdentifier = uint32('ASP Identifier', 0x0011);
export const AffectedPointCodes = affectedPointCodes('Affected Point Code', 0x0012);
export const CorrelationId = uint32('Correlation ID', 0x0013);

// M3UA's own.
export const NetworkAppearance = uint32('Network Appearance', 0x0200);
export const UserCause = uint16Pair('User/Cause', 0x0204, 'cause', 'user');
export const CongestionIndications = uint32('Congestion Indications', 0x0205);
export const ConcernedDestination = affectedPointCodes('Concerned Destination', 0x0206);
export const LocalRoutingKeyIdentifier = uint32('Local Routing Key Identifier', 0x020a);
export const DestinationPointCode = affectedPointCodes('Destination Point Code', 0x020b);
export const ServiceIndicators = octetList('Service Indicators', 0x020c);
export const OriginatingPointCodeList = affectedPointCodes('Originating Point Code List', 0x020e);
/** In DATA; the fast path of `data.ts` reads what is in it (RFC 4666 §3.3.1). */
export const ProtocolData = opaque('Protocol Data', 0x0210);
export const RegistrationStatus = uint32('Registration Status', 0x0212);
export const DeregistrationStatus = uint32('Deregistration Status', 0x0213);
export const ROUTING_KEY_TAG = 0x0207;
export const REGISTRATION_RESULT_TAG = 0x0208;
export const DEREGISTRATION_RESULT_TAG = 0x0209;

/** Traffic Mode Type (RFC 4666 §3.7.1). */
export const TRAFFIC_MODE = { override: 1, loadshare: 2, broadcast: 3 } as const;
export type TrafficMode = keyof typeof TRAFFIC_MODE;

export function trafficModeName(value: number): TrafficMode | undefined {
  return value === 1 ? 'override' : value === 2 ? 'loadshare' : value === 3 ? 'broadcast' : undefined;
}

/** Status types and their information (RFC 4666 §3.8.2). */
export const STATUS_TYPE = { asStateChange: 1, other: 2 } as const;
export const AS_STATE_CHANGE = { 'AS-INACTIVE': 2, 'AS-ACTIVE': 3, 'AS-PENDING': 4 } as const;
export const STATUS_OTHER = {
  'Insufficient ASP Resources': 1,
  'Alternate ASP Active': 2,
  'ASP Failure': 3,
} as const;

/** Status Type and Status Information in words (RFC 4666 §3.8.2): `AS-ACTIVE`, `Alternate ASP Active`. */
export function statusName(type: number, information: number): string {
  const names: Readonly<Record<string, number>> =
    type === STATUS_TYPE.asStateChange ? AS_STATE_CHANGE : type === STATUS_TYPE.other ? STATUS_OTHER : {};
  return Object.keys(names).find((name) => names[name] === information) ?? `${type}.${information}`;
}

/** Congestion Level of SCON: 0 none, 1 … 3 (RFC 4666 §3.4.4). */
export const CONGESTION_LEVEL_MAX = 3;
/** Point codes of an affected point code have 24 bits at most; its mask counts them (RFC 4666 §3.4.1). */
export const POINT_CODE_BITS = 24;

/** Unavailability cause of DUPU (RFC 4666 §3.4.5). */
export const UNAVAILABILITY_CAUSE = {
  unknown: 0,
  unequippedRemoteUser: 1,
  inaccessibleRemoteUser: 2,
} as const;

const ALL: readonly { readonly tag: number; readonly name: string }[] = [
  InfoString,
  RoutingContext,
  DiagnosticInformation,
  HeartbeatData,
  TrafficModeType,
  ErrorCode,
  Status,
  AspIdentifier,
  AffectedPointCodes,
  CorrelationId,
  NetworkAppearance,
  UserCause,
  CongestionIndications,
  ConcernedDestination,
  LocalRoutingKeyIdentifier,
  DestinationPointCode,
  ServiceIndicators,
  OriginatingPointCodeList,
  ProtocolData,
  RegistrationStatus,
  DeregistrationStatus,
];

const NAMES = new Map<number, string>([
  ...ALL.map((type) => [type.tag, type.name] as const),
  [ROUTING_KEY_TAG, 'Routing Key'],
  [REGISTRATION_RESULT_TAG, 'Registration Result'],
  [DEREGISTRATION_RESULT_TAG, 'Deregistration Result'],
]);

/** The RFC's name of a parameter, for people; undefined for one that it does not have. */
export function parameterName(tag: number): string | undefined {
  return NAMES.get(tag);
}
