/** Errors of any service: 3GPP TS 29.002 §17.6.6, §7.6.1.4. */
import {
  choice,
  enumerated,
  error,
  type Infer,
  implicit,
  nullType,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { ExtensionContainer } from '../types/extension.ts';

export const NetworkResource = enumerated({
  plmn: 0,
  hlr: 1,
  vlr: 2,
  pvlr: 3,
  controllingMSC: 4,
  vmsc: 5,
  eir: 6,
  rss: 7,
});
export type NetworkResource = Infer<typeof NetworkResource>;

export const AdditionalNetworkResource = enumerated({
  sgsn: 0,
  ggsn: 1,
  gmlc: 2,
  gsmSCF: 3,
  nplr: 4,
  auc: 5,
  ue: 6,
  mme: 7,
});
export type AdditionalNetworkResource = Infer<typeof AdditionalNetworkResource>;

export const FailureCauseParam = enumerated({ limitReachedOnNumberOfConcurrentLocationRequests: 0 });
export type FailureCauseParam = Infer<typeof FailureCauseParam>;

export const ExtensibleSystemFailureParam = sequence({
  networkResource: optional(NetworkResource),
  extensionContainer: optional(ExtensionContainer),
  additionalNetworkResource: optional(implicit(0, AdditionalNetworkResource)),
  failureCauseParam: optional(implicit(1, FailureCauseParam)),
});
export type ExtensibleSystemFailureParam = Infer<typeof ExtensibleSystemFailureParam>;

export const SystemFailureParam = choice({
  networkResource: NetworkResource,
  extensibleSystemFailureParam: ExtensibleSystemFailureParam,
});
export type SystemFailureParam = Infer<typeof SystemFailureParam>;

export const DataMissingParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type DataMissingParam = Infer<typeof DataMissingParam>;

export const UnexpectedDataParam = sequence({
  extensionContainer: optional(ExtensionContainer),
  unexpectedSubscriber: optional(implicit(0, nullType)),
});
export type UnexpectedDataParam = Infer<typeof UnexpectedDataParam>;

export const FacilityNotSupParam = sequence({
  extensionContainer: optional(ExtensionContainer),
  shapeOfLocationEstimateNotSupported: optional(implicit(0, nullType)),
  neededLcsCapabilityNotSupportedInServingNode: optional(implicit(1, nullType)),
});
export type FacilityNotSupParam = Infer<typeof FacilityNotSupParam>;

export const IncompatibleTerminalParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type IncompatibleTerminalParam = Infer<typeof IncompatibleTerminalParam>;

export const ResourceLimitationParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type ResourceLimitationParam = Infer<typeof ResourceLimitationParam>;

export const systemFailure = error({ name: 'systemFailure', code: 34, parameter: SystemFailureParam });
export const dataMissing = error({ name: 'dataMissing', code: 35, parameter: DataMissingParam });
export const unexpectedDataValue = error({
  name: 'unexpectedDataValue',
  code: 36,
  parameter: UnexpectedDataParam,
});
export const facilityNotSupported = error({
  name: 'facilityNotSupported',
  code: 21,
  parameter: FacilityNotSupParam,
});
export const incompatibleTerminal = error({
  name: 'incompatibleTerminal',
  code: 28,
  parameter: IncompatibleTerminalParam,
});
export const resourceLimitation = error({
  name: 'resourceLimitation',
  code: 51,
  parameter: ResourceLimitationParam,
});
