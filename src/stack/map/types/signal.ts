/** What is carried through unread, and times: 3GPP TS 29.002 §17.7.8. */
import { enumerated, type Infer, implicit, octetString, optional, sequence } from '../../asn1/index.ts';
import { ExtensionContainer } from './extension.ts';

export const SignalInfo = octetString({ min: 1, max: 200 });
export type SignalInfo = Infer<typeof SignalInfo>;

export const Time = octetString({ min: 4, max: 4 });
export type Time = Infer<typeof Time>;

export const ProtocolId = enumerated({ 'gsm-0408': 1, 'gsm-0806': 2, 'gsm-BSSMAP': 3, 'ets-300102-1': 4 });
export type ProtocolId = Infer<typeof ProtocolId>;

export const ExternalSignalInfo = sequence({
  protocolId: ProtocolId,
  signalInfo: SignalInfo,
  extensionContainer: optional(ExtensionContainer),
});
export type ExternalSignalInfo = Infer<typeof ExternalSignalInfo>;

export const ExtProtocolId = enumerated({ 'ets-300356': 1 });
export type ExtProtocolId = Infer<typeof ExtProtocolId>;

export const ExtExternalSignalInfo = sequence({
  'ext-ProtocolId': ExtProtocolId,
  signalInfo: SignalInfo,
  extensionContainer: optional(ExtensionContainer),
});
export type ExtExternalSignalInfo = Infer<typeof ExtExternalSignalInfo>;

export const AlertingPattern = octetString({ min: 1, max: 1 });
export type AlertingPattern = Infer<typeof AlertingPattern>;

export const NaeaCic = octetString({ min: 3, max: 3 });
export type NaeaCic = Infer<typeof NaeaCic>;

export const NaeaPreferredCI = sequence({
  'naea-PreferredCIC': implicit(0, NaeaCic),
  extensionContainer: optional(implicit(1, ExtensionContainer)),
});
export type NaeaPreferredCI = Infer<typeof NaeaPreferredCI>;
