/** informServiceCentre: the HLR tells the SMS-GMSC what its list of waiting messages says. 3GPP TS 29.002 §12.6, §17.6.5. */
import { bitString, type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';
import { IsdnAddressString } from '../types/address.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { AbsentSubscriberDiagnosticSM } from '../types/short-message.ts';

export const MwStatus = bitString(
  { min: 6, max: 16 },
  {
    'sc-AddressNotIncluded': 0,
    'mnrf-Set': 1,
    'mcef-Set': 2,
    'mnrg-Set': 3,
    'mnr5g-Set': 4,
    'mnr5gn3g-Set': 5,
  },
);
export type MwStatus = Infer<typeof MwStatus>;

export const InformServiceCentreArg = sequence({
  storedMSISDN: optional(IsdnAddressString),
  'mw-Status': optional(MwStatus),
  extensionContainer: optional(ExtensionContainer),
  absentSubscriberDiagnosticSM: optional(AbsentSubscriberDiagnosticSM),
  additionalAbsentSubscriberDiagnosticSM: optional(implicit(0, AbsentSubscriberDiagnosticSM)),
  smsf3gppAbsentSubscriberDiagnosticSM: optional(implicit(1, AbsentSubscriberDiagnosticSM)),
  smsfNon3gppAbsentSubscriberDiagnosticSM: optional(implicit(2, AbsentSubscriberDiagnosticSM)),
});
export type InformServiceCentreArg = Infer<typeof InformServiceCentreArg>;

export const MwStatusV2 = bitString(
  { min: 6, max: 6 },
  { 'sc-AddressNotIncluded': 0, 'mnrf-Set': 1, 'mcef-Set': 2 },
);
export type MwStatusV2 = Infer<typeof MwStatusV2>;

export const InformServiceCentreArgV2 = sequence({
  storedMSISDN: optional(IsdnAddressString),
  'mw-Status': optional(MwStatusV2),
});
export type InformServiceCentreArgV2 = Infer<typeof InformServiceCentreArgV2>;

/** Version 3. */
export const informServiceCentre = operation({
  name: 'informServiceCentre',
  code: 63,
  argument: InformServiceCentreArg,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.short,
});

/** Version 2. */
export const informServiceCentreV2 = operation({
  name: 'informServiceCentre',
  code: 63,
  argument: InformServiceCentreArgV2,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.short,
});
