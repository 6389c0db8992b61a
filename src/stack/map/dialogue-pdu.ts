/**
 * MAP-DialoguePDU, the user information of MAP in TCAP's dialogue portion: 3GPP TS 29.002 §17.4, its use §7.3, §15.
 */
import type { Result } from '../../types/result.ts';
import { failure } from '../../types/result.ts';
import {
  choice,
  compile,
  enumerated,
  external,
  type Infer,
  implicit,
  nullType,
  objectIdentifier,
  optional,
  sequence,
} from '../asn1/index.ts';
import { AddressString } from './types/address.ts';
import { ExtensionContainer } from './types/extension.ts';

export const MapOpenInfo = sequence({
  destinationReference: optional(implicit(0, AddressString)),
  originationReference: optional(implicit(1, AddressString)),
  extensionContainer: optional(ExtensionContainer),
});
export type MapOpenInfo = Infer<typeof MapOpenInfo>;

export const MapAcceptInfo = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type MapAcceptInfo = Infer<typeof MapAcceptInfo>;

export const MapCloseInfo = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type MapCloseInfo = Infer<typeof MapCloseInfo>;

export const Reason = enumerated({
  noReasonGiven: 0,
  invalidDestinationReference: 1,
  invalidOriginatingReference: 2,
});
export type Reason = Infer<typeof Reason>;

export const MapRefuseInfo = sequence({
  reason: Reason,
  extensionContainer: optional(ExtensionContainer),
  alternativeApplicationContext: optional(objectIdentifier),
});
export type MapRefuseInfo = Infer<typeof MapRefuseInfo>;

export const MapUserAbortChoice = choice({
  userSpecificReason: implicit(0, nullType),
  userResourceLimitation: implicit(1, nullType),
  resourceUnavailable: implicit(
    2,
    enumerated({ shortTermResourceLimitation: 0, longTermResourceLimitation: 1 }),
  ),
  applicationProcedureCancellation: implicit(
    3,
    enumerated({
      handoverCancellation: 0,
      radioChannelRelease: 1,
      networkPathRelease: 2,
      callRelease: 3,
      associatedProcedureFailure: 4,
      tandemDialogueRelease: 5,
      remoteOperationsFailure: 6,
    }),
  ),
});
export type MapUserAbortChoice = Infer<typeof MapUserAbortChoice>;

export const MapUserAbortInfo = sequence({
  'map-UserAbortChoice': MapUserAbortChoice,
  extensionContainer: optional(ExtensionContainer),
});
export type MapUserAbortInfo = Infer<typeof MapUserAbortInfo>;

export const MapProviderAbortInfo = sequence({
  'map-ProviderAbortReason': enumerated({ abnormalDialogue: 0, invalidPDU: 1 }),
  extensionContainer: optional(ExtensionContainer),
});
export type MapProviderAbortInfo = Infer<typeof MapProviderAbortInfo>;

export const MapDialoguePdu = choice({
  'map-open': implicit(0, MapOpenInfo),
  'map-accept': implicit(1, MapAcceptInfo),
  'map-close': implicit(2, MapCloseInfo),
  'map-refuse': implicit(3, MapRefuseInfo),
  'map-userAbort': implicit(4, MapUserAbortInfo),
  'map-providerAbort': implicit(5, MapProviderAbortInfo),
});
export type MapDialoguePdu = Infer<typeof MapDialoguePdu>;

/** map-DialogueAS: 3GPP TS 29.002 §17.4.1. */
export const mapDialogueAbstractSyntax: readonly number[] = [0, 4, 0, 0, 1, 1, 1, 1];

const externalCodec = compile(external, { name: 'EXTERNAL' });
const pduCodec = compile(MapDialoguePdu, { name: 'MAP-DialoguePDU' });

/** The whole EXTERNAL that stands in the dialogue portion. */
export function encodeMapDialogue(pdu: MapDialoguePdu): Uint8Array {
  return externalCodec.encode({
    directReference: mapDialogueAbstractSyntax,
    encoding: { singleAsn1Type: pduCodec.encode(pdu) },
  });
}

/**
 * From a whole EXTERNAL. Code `map.dialogue.foreign` when it carries another abstract syntax than MAP's: then it is somebody
 * else's user information, and the dialogue goes on without it.
 */
export function decodeMapDialogue(octets: Uint8Array): Result<MapDialoguePdu> {
  const outer = externalCodec.decode(octets);
  if (!outer.ok) return outer;
  const { directReference, encoding } = outer.value;
  if (directReference?.join('.') !== '0.4.0.0.1.1.1.1' || !('singleAsn1Type' in encoding)) {
    return failure('map.dialogue.foreign', 0, '3GPP TS 29.002 §17.4');
  }
  return pduCodec.decode(encoding.singleAsn1Type);
}
