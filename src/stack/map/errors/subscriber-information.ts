/** Errors of the services that ask for or change subscriber data, and of mobility management: 3GPP TS 29.002 §17.6.6, §7.6.1.4. */
import { error, type Infer, optional, sequence } from '../../asn1/index.ts';
import { ExtensionContainer } from '../types/extension.ts';

export const AtiNotAllowedParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type AtiNotAllowedParam = Infer<typeof AtiNotAllowedParam>;

export const AtsiNotAllowedParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type AtsiNotAllowedParam = Infer<typeof AtsiNotAllowedParam>;

export const AtmNotAllowedParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type AtmNotAllowedParam = Infer<typeof AtmNotAllowedParam>;

export const InformationNotAvailableParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type InformationNotAvailableParam = Infer<typeof InformationNotAvailableParam>;

export const MmEventNotSupportedParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type MmEventNotSupportedParam = Infer<typeof MmEventNotSupportedParam>;

export const atiNotAllowed = error({ name: 'ati-NotAllowed', code: 49, parameter: AtiNotAllowedParam });
export const atsiNotAllowed = error({ name: 'atsi-NotAllowed', code: 60, parameter: AtsiNotAllowedParam });
export const atmNotAllowed = error({ name: 'atm-NotAllowed', code: 61, parameter: AtmNotAllowedParam });
export const informationNotAvailable = error({
  name: 'informationNotAvailable',
  code: 62,
  parameter: InformationNotAvailableParam,
});
export const mmEventNotSupported = error({
  name: 'mm-EventNotSupported',
  code: 59,
  parameter: MmEventNotSupportedParam,
});
