/** The parameters that hold a number, and those that tell of redirections and causes: declarations over `number.ts` and its like. */
import { decodeCause, encodeCause } from './cause.ts';
import {
  decodeCalledPartyNumber,
  decodeCallingPartyNumber,
  decodeGenericNumber,
  decodeSubsequentNumber,
  encodeCalledPartyNumber,
  encodeCallingPartyNumber,
  encodeGenericNumber,
  encodeSubsequentNumber,
} from './number.ts';
import { parameter } from './parameter.ts';
import { decodeRedirectionInformation, encodeRedirectionInformation } from './redirection-information.ts';

function called<const Key extends string>(key: Key, name: string, code: number, clause: string) {
  return parameter([key, name, code, clause], decodeCalledPartyNumber, encodeCalledPartyNumber);
}
function calling<const Key extends string>(key: Key, name: string, code: number, clause: string) {
  return parameter([key, name, code, clause], decodeCallingPartyNumber, encodeCallingPartyNumber);
}

export const calledPartyNumber = called('calledPartyNumber', 'called party number', 0x04, 'ITU-T Q.763 §3.9');
export const redirectionNumber = called('redirectionNumber', 'redirection number', 0x0c, 'ITU-T Q.763 §3.46');
export const calledDirectoryNumber = called(
  'calledDirectoryNumber',
  'called directory number',
  0x7d,
  'ITU-T Q.763 §3.86',
);

export const callingPartyNumber = calling(
  'callingPartyNumber',
  'calling party number',
  0x0a,
  'ITU-T Q.763 §3.10',
);
export const redirectingNumber = calling(
  'redirectingNumber',
  'redirecting number',
  0x0b,
  'ITU-T Q.763 §3.44',
);
export const originalCalledNumber = calling(
  'originalCalledNumber',
  'original called number',
  0x28,
  'ITU-T Q.763 §3.39',
);
export const connectedNumber = calling('connectedNumber', 'connected number', 0x21, 'ITU-T Q.763 §3.16');
export const locationNumber = calling('locationNumber', 'location number', 0x3f, 'ITU-T Q.763 §3.30');
export const callTransferNumber = calling(
  'callTransferNumber',
  'call transfer number',
  0x45,
  'ITU-T Q.763 §3.64',
);
export const calledInNumber = calling('calledInNumber', 'called IN number', 0x6f, 'ITU-T Q.763 §3.73');
export const originalCalledInNumber = calling(
  'originalCalledInNumber',
  'original called IN number',
  0x7f,
  'ITU-T Q.763 §3.87',
);

export const genericNumber = parameter(
  ['genericNumber', 'generic number', 0xc0, 'ITU-T Q.763 §3.26'],
  decodeGenericNumber,
  encodeGenericNumber,
);

export const subsequentNumber = parameter(
  ['subsequentNumber', 'subsequent number', 0x05, 'ITU-T Q.763 §3.51'],
  decodeSubsequentNumber,
  encodeSubsequentNumber,
);

export const causeIndicators = parameter(
  ['causeIndicators', 'cause indicators', 0x12, 'ITU-T Q.763 §3.12'],
  decodeCause,
  encodeCause,
);

export const redirectionInformation = parameter(
  ['redirectionInformation', 'redirection information', 0x13, 'ITU-T Q.763 §3.45'],
  decodeRedirectionInformation,
  encodeRedirectionInformation,
);
