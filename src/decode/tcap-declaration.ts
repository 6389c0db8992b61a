/**
 * TCAP's messages as a declaration, for the tree: ITU-T Q.773 §3, with the dialogue PDUs of §4.2.3. (What the engine reads
 * and writes has its own codec in `src/stack/tcap`.)
 */
import {
  any,
  bitString,
  choice,
  enumerated,
  explicit,
  external,
  implicit,
  integer,
  nullType,
  objectIdentifier,
  octetString,
  optional,
  sequence,
  sequenceOf,
} from '../stack/asn1/index.ts';

const transactionId = octetString({ min: 1, max: 4 });
const originating = implicit(8, transactionId, 'application');
const destination = implicit(9, transactionId, 'application');

/** An integer with names is shown as an ENUMERATED is. */
const integerNamed = (names: Readonly<Record<string, number>>) => implicit(2, enumerated(names), 'universal');

export const OperationCode = choice({ localValue: integer(), globalValue: objectIdentifier });

const userInformation = optional(implicit(30, sequenceOf(external)));
const protocolVersion = optional(implicit(0, bitString(undefined, { version1: 0 })));

export const DialoguePdu = choice({
  dialogueRequest: implicit(
    0,
    sequence({
      'protocol-version': protocolVersion,
      'application-context-name': explicit(1, objectIdentifier),
      'user-information': userInformation,
    }),
    'application',
  ),
  dialogueResponse: implicit(
    1,
    sequence({
      'protocol-version': protocolVersion,
      'application-context-name': explicit(1, objectIdentifier),
      result: explicit(2, integerNamed({ accepted: 0, 'reject-permanent': 1 })),
      'result-source-diagnostic': explicit(
        3,
        choice({
          'dialogue-service-user': explicit(
            1,
            integerNamed({ null: 0, 'no-reason-given': 1, 'application-context-name-not-supported': 2 }),
          ),
          'dialogue-service-provider': explicit(
            2,
            integerNamed({ null: 0, 'no-reason-given': 1, 'no-common-dialogue-portion': 2 }),
          ),
        }),
      ),
      'user-information': userInformation,
    }),
    'application',
  ),
  dialogueAbort: implicit(
    4,
    sequence({
      'abort-source': implicit(0, enumerated({ 'dialogue-service-user': 0, 'dialogue-service-provider': 1 })),
      'user-information': userInformation,
    }),
    'application',
  ),
});

const dialoguePortion = explicit(11, external, 'application');

const result = sequence({
  invokeID: integer(),
  resultretres: optional(sequence({ opCode: OperationCode, parameter: optional(any) })),
});

export const Component = choice({
  invoke: implicit(
    1,
    sequence({
      invokeID: integer(),
      linkedID: optional(implicit(0, integer())),
      opCode: OperationCode,
      parameter: optional(any),
    }),
  ),
  returnResultLast: implicit(2, result),
  returnError: implicit(
    3,
    sequence({ invokeID: integer(), errorCode: OperationCode, parameter: optional(any) }),
  ),
  reject: implicit(
    4,
    sequence({
      invokeID: choice({ derivable: integer(), 'not-derivable': nullType }),
      problem: choice({
        generalProblem: implicit(
          0,
          enumerated({ unrecognizedComponent: 0, mistypedComponent: 1, badlyStructuredComponent: 2 }),
        ),
        invokeProblem: implicit(
          1,
          enumerated({
            duplicateInvokeID: 0,
            unrecognizedOperation: 1,
            mistypedParameter: 2,
            resourceLimitation: 3,
            initiatingRelease: 4,
            unrecognizedLinkedID: 5,
            linkedResponseUnexpected: 6,
            unexpectedLinkedOperation: 7,
          }),
        ),
        returnResultProblem: implicit(
          2,
          enumerated({ unrecognizedInvokeID: 0, returnResultUnexpected: 1, mistypedParameter: 2 }),
        ),
        returnErrorProblem: implicit(
          3,
          enumerated({
            unrecognizedInvokeID: 0,
            returnErrorUnexpected: 1,
            unrecognizedError: 2,
            unexpectedError: 3,
            mistypedParameter: 4,
          }),
        ),
      }),
    }),
  ),
  returnResultNotLast: implicit(7, result),
});

const components = optional(implicit(12, sequenceOf(Component), 'application'));

export const TcMessage = choice({
  unidirectional: implicit(
    1,
    sequence({
      dialoguePortion: optional(dialoguePortion),
      components: implicit(12, sequenceOf(Component), 'application'),
    }),
    'application',
  ),
  begin: implicit(
    2,
    sequence({ otid: originating, dialoguePortion: optional(dialoguePortion), components }),
    'application',
  ),
  end: implicit(
    4,
    sequence({ dtid: destination, dialoguePortion: optional(dialoguePortion), components }),
    'application',
  ),
  continue: implicit(
    5,
    sequence({
      otid: originating,
      dtid: destination,
      dialoguePortion: optional(dialoguePortion),
      components,
    }),
    'application',
  ),
  abort: implicit(
    7,
    sequence({
      dtid: destination,
      reason: optional(
        choice({
          'p-abortCause': implicit(
            10,
            enumerated({
              unrecognizedMessageType: 0,
              unrecognizedTransactionID: 1,
              badlyFormattedTransactionPortion: 2,
              incorrectTransactionPortion: 3,
              resourceLimitation: 4,
            }),
            'application',
          ),
          'u-abortCause': dialoguePortion,
        }),
      ),
    }),
    'application',
  ),
});
