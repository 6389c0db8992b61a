/** Identifier octets of TCAP messages (ITU-T Q.773 §3 and Annex A, with the dialogue portion's APDUs). */

export const messageTags = {
  unidirectional: 0x61,
  begin: 0x62,
  end: 0x64,
  continue: 0x65,
  abort: 0x67,
} as const;

export const transactionTags = {
  originatingTransactionId: 0x48,
  destinationTransactionId: 0x49,
  pAbortCause: 0x4a,
  dialoguePortion: 0x6b,
  componentPortion: 0x6c,
} as const;

export const componentTags = {
  invoke: 0xa1,
  returnResultLast: 0xa2,
  returnError: 0xa3,
  reject: 0xa4,
  returnResultNotLast: 0xa7,
} as const;

export const dialogueTags = {
  external: 0x28,
  /** `[0]` of EXTERNAL: one ASN.1 value. */
  singleAsn1Type: 0xa0,
  /** AARQ of a structured dialogue, AUDT of an unstructured one. */
  request: 0x60,
  response: 0x61,
  abort: 0x64,
  protocolVersion: 0x80,
  applicationContextName: 0xa1,
  result: 0xa2,
  resultSourceDiagnostic: 0xa3,
  diagnosticOfUser: 0xa1,
  diagnosticOfProvider: 0xa2,
  abortSource: 0x80,
  userInformation: 0xbe,
} as const;

export const universalTags = { integer: 0x02, null: 0x05, objectIdentifier: 0x06, sequence: 0x30 } as const;

/** `[0] IMPLICIT` of an invoke. */
export const linkedIdTag = 0x80;

/** P-Abort causes (ITU-T Q.773 §4.2.1.5). */
export const pAbortCauses = {
  unrecognizedMessageType: 0,
  unrecognizedTransactionId: 1,
  badlyFormattedTransactionPortion: 2,
  incorrectTransactionPortion: 3,
  resourceLimitation: 4,
} as const;

/** Problem codes by type (ITU-T Q.773 §4.2.2.6). */
export const generalProblems = {
  unrecognizedComponent: 0,
  mistypedComponent: 1,
  badlyStructuredComponent: 2,
} as const;
export const invokeProblems = {
  duplicateInvokeId: 0,
  unrecognizedOperation: 1,
  mistypedParameter: 2,
  resourceLimitation: 3,
  initiatingRelease: 4,
  unrecognizedLinkedId: 5,
  linkedResponseUnexpected: 6,
  unexpectedLinkedOperation: 7,
} as const;
export const returnResultProblems = {
  unrecognizedInvokeId: 0,
  returnResultUnexpected: 1,
  mistypedParameter: 2,
} as const;
export const returnErrorProblems = {
  unrecognizedInvokeId: 0,
  returnErrorUnexpected: 1,
  unrecognizedError: 2,
  unexpectedError: 3,
  mistypedParameter: 4,
} as const;
