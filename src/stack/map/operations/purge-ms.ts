/**
 * purgeMS: a node tells the HLR that it has forgotten a subscriber. 3GPP TS 29.002 §8.1.6, §17.6.1.
 * Versions before 3: ETSI ETS 300 599.
 */
import { type Infer, implicit, nullType, operation, optional, sequence } from '../../asn1/index.ts';
import { dataMissing, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { timersMs } from '../timers.ts';
import { Imsi, IsdnAddressString } from '../types/address.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { LocationInformation, LocationInformationEPS, LocationInformationGPRS } from '../types/location.ts';

export const PurgeMSArg = implicit(
  3,
  sequence({
    imsi: Imsi,
    'vlr-Number': optional(implicit(0, IsdnAddressString)),
    'sgsn-Number': optional(implicit(1, IsdnAddressString)),
    extensionContainer: optional(ExtensionContainer),
    locationInformation: optional(implicit(2, LocationInformation)),
    locationInformationGPRS: optional(implicit(3, LocationInformationGPRS)),
    locationInformationEPS: optional(implicit(4, LocationInformationEPS)),
  }),
);
export type PurgeMSArg = Infer<typeof PurgeMSArg>;

export const PurgeMSRes = sequence({
  freezeTMSI: optional(implicit(0, nullType)),
  'freezeP-TMSI': optional(implicit(1, nullType)),
  extensionContainer: optional(ExtensionContainer),
  'freezeM-TMSI': optional(implicit(2, nullType)),
});
export type PurgeMSRes = Infer<typeof PurgeMSRes>;

export const PurgeMSArgV2 = sequence({
  imsi: Imsi,
  'vlr-Number': IsdnAddressString,
});
export type PurgeMSArgV2 = Infer<typeof PurgeMSArgV2>;

/** Version 3. */
export const purgeMS = operation({
  name: 'purgeMS',
  code: 67,
  argument: PurgeMSArg,
  result: PurgeMSRes,
  errors: [dataMissing, unexpectedDataValue, unknownSubscriber],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 2. */
export const purgeMSV2 = operation({
  name: 'purgeMS',
  code: 67,
  argument: PurgeMSArgV2,
  errors: [],
  operationClass: 3,
  timerMs: timersMs.medium,
});
