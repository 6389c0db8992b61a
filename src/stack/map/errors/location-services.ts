/** Errors of location services: 3GPP TS 29.002 §17.6.6, §7.6.1.4. */
import { enumerated, error, type Infer, implicit, optional, sequence } from '../../asn1/index.ts';
import { ExtensionContainer } from '../types/extension.ts';

export const UnauthorizedRequestingNetworkParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type UnauthorizedRequestingNetworkParam = Infer<typeof UnauthorizedRequestingNetworkParam>;

export const UnauthorizedLCSClientDiagnostic = enumerated({
  noAdditionalInformation: 0,
  clientNotInMSPrivacyExceptionList: 1,
  callToClientNotSetup: 2,
  privacyOverrideNotApplicable: 3,
  disallowedByLocalRegulatoryRequirements: 4,
  unauthorizedPrivacyClass: 5,
  unauthorizedCallSessionUnrelatedExternalClient: 6,
  unauthorizedCallSessionRelatedExternalClient: 7,
});
export type UnauthorizedLCSClientDiagnostic = Infer<typeof UnauthorizedLCSClientDiagnostic>;

export const UnauthorizedLCSClientParam = sequence({
  'unauthorizedLCSClient-Diagnostic': optional(implicit(0, UnauthorizedLCSClientDiagnostic)),
  extensionContainer: optional(implicit(1, ExtensionContainer)),
});
export type UnauthorizedLCSClientParam = Infer<typeof UnauthorizedLCSClientParam>;

export const PositionMethodFailureDiagnostic = enumerated({
  congestion: 0,
  insufficientResources: 1,
  insufficientMeasurementData: 2,
  inconsistentMeasurementData: 3,
  locationProcedureNotCompleted: 4,
  locationProcedureNotSupportedByTargetMS: 5,
  qoSNotAttainable: 6,
  positionMethodNotAvailableInNetwork: 7,
  positionMethodNotAvailableInLocationArea: 8,
});
export type PositionMethodFailureDiagnostic = Infer<typeof PositionMethodFailureDiagnostic>;

export const PositionMethodFailureParam = sequence({
  'positionMethodFailure-Diagnostic': optional(implicit(0, PositionMethodFailureDiagnostic)),
  extensionContainer: optional(implicit(1, ExtensionContainer)),
});
export type PositionMethodFailureParam = Infer<typeof PositionMethodFailureParam>;

export const UnknownOrUnreachableLCSClientParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type UnknownOrUnreachableLCSClientParam = Infer<typeof UnknownOrUnreachableLCSClientParam>;

export const unauthorizedRequestingNetwork = error({
  name: 'unauthorizedRequestingNetwork',
  code: 52,
  parameter: UnauthorizedRequestingNetworkParam,
});
export const unauthorizedLCSClient = error({
  name: 'unauthorizedLCSClient',
  code: 53,
  parameter: UnauthorizedLCSClientParam,
});
export const positionMethodFailure = error({
  name: 'positionMethodFailure',
  code: 54,
  parameter: PositionMethodFailureParam,
});
export const unknownOrUnreachableLCSClient = error({
  name: 'unknownOrUnreachableLCSClient',
  code: 58,
  parameter: UnknownOrUnreachableLCSClientParam,
});
