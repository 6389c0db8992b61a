/** Errors of identification and numbering: 3GPP TS 29.002 §17.6.6, §7.6.1.4. */
import { enumerated, error, type Infer, optional, sequence } from '../../asn1/index.ts';
import { ExtensionContainer } from '../types/extension.ts';

export const UnknownSubscriberDiagnostic = enumerated({
  imsiUnknown: 0,
  'gprs-eps-SubscriptionUnknown': 1,
  npdbMismatch: 2,
});
export type UnknownSubscriberDiagnostic = Infer<typeof UnknownSubscriberDiagnostic>;

export const UnknownSubscriberParam = sequence({
  extensionContainer: optional(ExtensionContainer),
  unknownSubscriberDiagnostic: optional(UnknownSubscriberDiagnostic),
});
export type UnknownSubscriberParam = Infer<typeof UnknownSubscriberParam>;

export const NumberChangedParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type NumberChangedParam = Infer<typeof NumberChangedParam>;

export const UnidentifiedSubParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type UnidentifiedSubParam = Infer<typeof UnidentifiedSubParam>;

export const unknownSubscriber = error({
  name: 'unknownSubscriber',
  code: 1,
  parameter: UnknownSubscriberParam,
});
export const numberChanged = error({ name: 'numberChanged', code: 44, parameter: NumberChangedParam });
export const unknownMSC = error({ name: 'unknownMSC', code: 3 });
export const unidentifiedSubscriber = error({
  name: 'unidentifiedSubscriber',
  code: 5,
  parameter: UnidentifiedSubParam,
});
export const unknownEquipment = error({ name: 'unknownEquipment', code: 7 });
