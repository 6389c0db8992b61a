/** Options of a subscription to a supplementary service: 3GPP TS 29.002 §17.7.4. */
import { choice, enumerated, type Infer, implicit } from '../../asn1/index.ts';

export const CliRestrictionOption = enumerated({
  permanent: 0,
  temporaryDefaultRestricted: 1,
  temporaryDefaultAllowed: 2,
});
export type CliRestrictionOption = Infer<typeof CliRestrictionOption>;

export const OverrideCategory = enumerated({ overrideEnabled: 0, overrideDisabled: 1 });
export type OverrideCategory = Infer<typeof OverrideCategory>;

export const SsSubscriptionOption = choice({
  cliRestrictionOption: implicit(2, CliRestrictionOption),
  overrideCategory: implicit(1, OverrideCategory),
});
export type SsSubscriptionOption = Infer<typeof SsSubscriptionOption>;
