/** Errors of the subscription: 3GPP TS 29.002 §17.6.6, §7.6.1.4. */
import { enumerated, error, type Infer, implicit, optional, sequence } from '../../asn1/index.ts';
import { ExtensionContainer } from '../types/extension.ts';

export const RoamingNotAllowedCause = enumerated({ plmnRoamingNotAllowed: 0, operatorDeterminedBarring: 3 });
export type RoamingNotAllowedCause = Infer<typeof RoamingNotAllowedCause>;

export const AdditionalRoamingNotAllowedCause = enumerated({ 'supportedRAT-TypesNotAllowed': 0 });
export type AdditionalRoamingNotAllowedCause = Infer<typeof AdditionalRoamingNotAllowedCause>;

export const RoamingNotAllowedParam = sequence({
  roamingNotAllowedCause: RoamingNotAllowedCause,
  extensionContainer: optional(ExtensionContainer),
  additionalRoamingNotAllowedCause: optional(implicit(0, AdditionalRoamingNotAllowedCause)),
});
export type RoamingNotAllowedParam = Infer<typeof RoamingNotAllowedParam>;

export const IllegalSubscriberParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type IllegalSubscriberParam = Infer<typeof IllegalSubscriberParam>;

export const IllegalEquipmentParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type IllegalEquipmentParam = Infer<typeof IllegalEquipmentParam>;

export const BearerServNotProvParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type BearerServNotProvParam = Infer<typeof BearerServNotProvParam>;

export const TeleservNotProvParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type TeleservNotProvParam = Infer<typeof TeleservNotProvParam>;

export const roamingNotAllowed = error({
  name: 'roamingNotAllowed',
  code: 8,
  parameter: RoamingNotAllowedParam,
});
export const illegalSubscriber = error({
  name: 'illegalSubscriber',
  code: 9,
  parameter: IllegalSubscriberParam,
});
export const illegalEquipment = error({
  name: 'illegalEquipment',
  code: 12,
  parameter: IllegalEquipmentParam,
});
export const bearerServiceNotProvisioned = error({
  name: 'bearerServiceNotProvisioned',
  code: 10,
  parameter: BearerServNotProvParam,
});
export const teleserviceNotProvisioned = error({
  name: 'teleserviceNotProvisioned',
  code: 11,
  parameter: TeleservNotProvParam,
});
