/** Errors of supplementary services: 3GPP TS 29.002 §17.6.6, §7.6.1.4. */
import { enumerated, error, type Infer, implicit, optional, sequence } from '../../asn1/index.ts';
import { BasicServiceCode, SsCode, SsStatus } from '../types/basic-service.ts';
import { ExtensionContainer } from '../types/extension.ts';

export const IllegalSSOperationParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type IllegalSSOperationParam = Infer<typeof IllegalSSOperationParam>;

export const SsNotAvailableParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type SsNotAvailableParam = Infer<typeof SsNotAvailableParam>;

export const SsSubscriptionViolationParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type SsSubscriptionViolationParam = Infer<typeof SsSubscriptionViolationParam>;

export const SsIncompatibilityCause = sequence({
  'ss-Code': optional(implicit(1, SsCode)),
  basicService: optional(BasicServiceCode),
  'ss-Status': optional(implicit(4, SsStatus)),
});
export type SsIncompatibilityCause = Infer<typeof SsIncompatibilityCause>;

export const PwRegistrationFailureCause = enumerated({
  undetermined: 0,
  invalidFormat: 1,
  newPasswordsMismatch: 2,
});
export type PwRegistrationFailureCause = Infer<typeof PwRegistrationFailureCause>;

export const ShortTermDenialParam = sequence({});
export type ShortTermDenialParam = Infer<typeof ShortTermDenialParam>;

export const LongTermDenialParam = sequence({});
export type LongTermDenialParam = Infer<typeof LongTermDenialParam>;

export const illegalSSOperation = error({
  name: 'illegalSS-Operation',
  code: 16,
  parameter: IllegalSSOperationParam,
});
export const ssErrorStatus = error({ name: 'ss-ErrorStatus', code: 17, parameter: SsStatus });
export const ssNotAvailable = error({ name: 'ss-NotAvailable', code: 18, parameter: SsNotAvailableParam });
export const ssSubscriptionViolation = error({
  name: 'ss-SubscriptionViolation',
  code: 19,
  parameter: SsSubscriptionViolationParam,
});
export const ssIncompatibility = error({
  name: 'ss-Incompatibility',
  code: 20,
  parameter: SsIncompatibilityCause,
});
export const unknownAlphabet = error({ name: 'unknownAlphabet', code: 71 });
export const ussdBusy = error({ name: 'ussd-Busy', code: 72 });
export const pwRegistrationFailure = error({
  name: 'pw-RegistrationFailure',
  code: 37,
  parameter: PwRegistrationFailureCause,
});
export const negativePWCheck = error({ name: 'negativePW-Check', code: 38 });
export const numberOfPWAttemptsViolation = error({ name: 'numberOfPW-AttemptsViolation', code: 43 });
export const shortTermDenial = error({ name: 'shortTermDenial', code: 29, parameter: ShortTermDenialParam });
export const longTermDenial = error({ name: 'longTermDenial', code: 30, parameter: LongTermDenialParam });
