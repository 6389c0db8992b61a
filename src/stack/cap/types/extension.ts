/** Extensions of CAP: 3GPP TS 29.078 §5.1, §4.1.4.2.4. */
import {
  any,
  choice,
  enumerated,
  type Infer,
  integer,
  objectIdentifier,
  optional,
  sequence,
  sequenceOf,
} from '../../asn1/index.ts';

/** Identifies an operation, error or extension: ITU-T X.880 §10. */
export const Code = choice({
  local: integer(),
  global: objectIdentifier,
});
export type Code = Infer<typeof Code>;

/** What the receiver does that does not know the extension: 3GPP TS 29.078 §4.1.4.2.4. */
export const CriticalityType = enumerated({ ignore: 0, abort: 1 });
export type CriticalityType = Infer<typeof CriticalityType>;

/** `value` is the element with its tag [1], unread: what is in it, its owner knows, and it is not always sound BER. */
export const ExtensionField = sequence({
  type: Code,
  criticality: optional(CriticalityType), // absent: ignore
  value: any,
});
export type ExtensionField = Infer<typeof ExtensionField>;

export const Extensions = sequenceOf(ExtensionField, { min: 1, max: 10 });
export type Extensions = Infer<typeof Extensions>;
