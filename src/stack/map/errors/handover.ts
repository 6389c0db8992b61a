/** Errors of handover and of group calls, operation and maintenance: 3GPP TS 29.002 §17.6.6, §7.6.1.4. */
import { error, type Infer, optional, sequence } from '../../asn1/index.ts';
import { ExtensionContainer } from '../types/extension.ts';

export const TargetCellOutsideGCAParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type TargetCellOutsideGCAParam = Infer<typeof TargetCellOutsideGCAParam>;

export const TracingBufferFullParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type TracingBufferFullParam = Infer<typeof TracingBufferFullParam>;

export const NoGroupCallNbParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type NoGroupCallNbParam = Infer<typeof NoGroupCallNbParam>;

export const OngoingGroupCallParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type OngoingGroupCallParam = Infer<typeof OngoingGroupCallParam>;

export const noHandoverNumberAvailable = error({ name: 'noHandoverNumberAvailable', code: 25 });
export const subsequentHandoverFailure = error({ name: 'subsequentHandoverFailure', code: 26 });
export const targetCellOutsideGroupCallArea = error({
  name: 'targetCellOutsideGroupCallArea',
  code: 42,
  parameter: TargetCellOutsideGCAParam,
});
export const tracingBufferFull = error({
  name: 'tracingBufferFull',
  code: 40,
  parameter: TracingBufferFullParam,
});
export const noGroupCallNumberAvailable = error({
  name: 'noGroupCallNumberAvailable',
  code: 50,
  parameter: NoGroupCallNbParam,
});
export const ongoingGroupCall = error({
  name: 'ongoingGroupCall',
  code: 22,
  parameter: OngoingGroupCallParam,
});
