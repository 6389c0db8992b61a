/**
 * Extensions: 3GPP TS 29.002 §17.7.11.
 *
 * A private extension is kept as the element that it is: what follows its identifier is known to its owner only, who
 * does not always write sound BER there. `PrivateExtension` declares it for those who do know one.
 */
import {
  any,
  type Infer,
  implicit,
  nullType,
  objectIdentifier,
  optional,
  sequence,
  sequenceOf,
} from '../../asn1/index.ts';

export const PrivateExtension = sequence({
  extId: objectIdentifier,
  extType: optional(any),
});
export type PrivateExtension = Infer<typeof PrivateExtension>;

/** Elements of type {@link PrivateExtension}. */
export const PrivateExtensionList = sequenceOf(any, { min: 1, max: 10 });
export type PrivateExtensionList = Infer<typeof PrivateExtensionList>;

/** Empty in every version so far; kept as the element that it is, with its tag [1]. */
export const PcsExtensions = any;
export type PcsExtensions = Infer<typeof PcsExtensions>;

export const ExtensionContainer = sequence({
  privateExtensionList: optional(implicit(0, PrivateExtensionList)),
  'pcs-Extensions': optional(PcsExtensions),
});
export type ExtensionContainer = Infer<typeof ExtensionContainer>;

export const SlrArgPcsExtensions = sequence({
  'na-ESRK-Request': optional(implicit(0, nullType)),
});
export type SlrArgPcsExtensions = Infer<typeof SlrArgPcsExtensions>;

export const SlrArgExtensionContainer = sequence({
  privateExtensionList: optional(implicit(0, PrivateExtensionList)),
  'slr-Arg-PCS-Extensions': optional(implicit(1, SlrArgPcsExtensions)),
});
export type SlrArgExtensionContainer = Infer<typeof SlrArgExtensionContainer>;
