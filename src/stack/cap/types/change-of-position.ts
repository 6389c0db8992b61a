/** Changes of position and of service during a call: 3GPP TS 29.078 §5.1. */
import {
  choice,
  enumerated,
  explicit,
  type Infer,
  implicit,
  nullType,
  optional,
  sequence,
  sequenceOf,
} from '../../asn1/index.ts';
import { ExtBasicServiceCode } from '../../map/types/basic-service.ts';
import { CellGlobalIdOrServiceAreaIdFixedLength, LAIFixedLength } from '../../map/types/location.ts';
import { CalledPartyNumber } from './numbers.ts';

export const ChangeOfLocationAlt = sequence({});
export type ChangeOfLocationAlt = Infer<typeof ChangeOfLocationAlt>;

export const ChangeOfLocation = choice({
  cellGlobalId: implicit(0, CellGlobalIdOrServiceAreaIdFixedLength),
  serviceAreaId: implicit(1, CellGlobalIdOrServiceAreaIdFixedLength),
  locationAreaId: implicit(2, LAIFixedLength),
  'inter-SystemHandOver': implicit(3, nullType),
  'inter-PLMNHandOver': implicit(4, nullType),
  'inter-MSCHandOver': implicit(5, nullType),
  changeOfLocationAlt: implicit(6, ChangeOfLocationAlt),
});
export type ChangeOfLocation = Infer<typeof ChangeOfLocation>;

export const ChangeOfPositionControlInfo = sequenceOf(ChangeOfLocation, { min: 1, max: 10 });
export type ChangeOfPositionControlInfo = Infer<typeof ChangeOfPositionControlInfo>;

export const MetDPCriterionAlt = sequence({});
export type MetDPCriterionAlt = Infer<typeof MetDPCriterionAlt>;

export const MetDPCriterion = choice({
  enteringCellGlobalId: implicit(0, CellGlobalIdOrServiceAreaIdFixedLength),
  leavingCellGlobalId: implicit(1, CellGlobalIdOrServiceAreaIdFixedLength),
  enteringServiceAreaId: implicit(2, CellGlobalIdOrServiceAreaIdFixedLength),
  leavingServiceAreaId: implicit(3, CellGlobalIdOrServiceAreaIdFixedLength),
  enteringLocationAreaId: implicit(4, LAIFixedLength),
  leavingLocationAreaId: implicit(5, LAIFixedLength),
  'inter-SystemHandOverToUMTS': implicit(6, nullType),
  'inter-SystemHandOverToGSM': implicit(7, nullType),
  'inter-PLMNHandOver': implicit(8, nullType),
  'inter-MSCHandOver': implicit(9, nullType),
  metDPCriterionAlt: implicit(10, MetDPCriterionAlt),
});
export type MetDPCriterion = Infer<typeof MetDPCriterion>;

export const MetDPCriteriaList = sequenceOf(MetDPCriterion, { min: 1, max: 10 });
export type MetDPCriteriaList = Infer<typeof MetDPCriteriaList>;

export const InitiatorOfServiceChange = enumerated({ 'a-side': 0, 'b-side': 1 });
export type InitiatorOfServiceChange = Infer<typeof InitiatorOfServiceChange>;

export const NatureOfServiceChange = enumerated({ userInitiated: 0, networkInitiated: 1 });
export type NatureOfServiceChange = Infer<typeof NatureOfServiceChange>;

export const DpSpecificInfoAlt = sequence({
  oServiceChangeSpecificInfo: implicit(
    0,
    sequence({
      'ext-basicServiceCode': optional(explicit(0, ExtBasicServiceCode)),
      initiatorOfServiceChange: optional(implicit(1, InitiatorOfServiceChange)),
      natureOfServiceChange: optional(implicit(2, NatureOfServiceChange)),
    }),
  ),
  tServiceChangeSpecificInfo: implicit(
    1,
    sequence({
      'ext-basicServiceCode': optional(explicit(0, ExtBasicServiceCode)),
      initiatorOfServiceChange: optional(implicit(1, InitiatorOfServiceChange)),
      natureOfServiceChange: optional(implicit(2, NatureOfServiceChange)),
    }),
  ),
  collectedInfoSpecificInfo: implicit(
    2,
    sequence({
      calledPartyNumber: optional(implicit(0, CalledPartyNumber)),
    }),
  ),
});
export type DpSpecificInfoAlt = Infer<typeof DpSpecificInfoAlt>;
