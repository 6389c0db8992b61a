import fc from 'fast-check';
import type { DialogueApdu } from '../../../src/stack/tcap/dialogue-portion.ts';
import type { TcapMessage } from '../../../src/stack/tcap/message.ts';
import type { TransactionId } from '../../../src/stack/tcap/message-writer.ts';
import type { Code, Component, ObjectIdentifier, Problem } from '../../../src/stack/tcap/service.ts';

const plain = { noNullPrototype: true } as const;

const objectIdentifiers: fc.Arbitrary<ObjectIdentifier> = fc
  .tuple(
    fc.nat(2),
    fc.nat(39),
    fc.array(fc.oneof(fc.nat(30), fc.nat(0x7fff_ffff)), { minLength: 1, maxLength: 5 }),
  )
  .map(([first, second, rest]) => [first, second, ...rest]);

const codes: fc.Arbitrary<Code> = fc.oneof(
  fc.integer({ min: -128, max: 127 }),
  fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }),
  objectIdentifiers,
);

/** A SEQUENCE of one OCTET STRING: any parameter looks like that to TCAP. */
const parameters = fc
  .oneof(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ minLength: 100, maxLength: 300 }))
  .map((contents) => {
    const size = contents.length;
    const header =
      size < 0x80 ? [0x04, size] : size < 0x100 ? [0x04, 0x81, size] : [0x04, 0x82, size >> 8, size & 0xff];
    return Uint8Array.from([...header, ...contents]);
  });

const invokeIds = fc.integer({ min: -128, max: 127 });

const problems: fc.Arbitrary<Problem> = fc.oneof(
  fc.record({ type: fc.constant('general' as const), code: fc.nat(2) }, plain),
  fc.record({ type: fc.constant('invoke' as const), code: fc.nat(7) }, plain),
  fc.record({ type: fc.constant('returnResult' as const), code: fc.nat(2) }, plain),
  fc.record({ type: fc.constant('returnError' as const), code: fc.nat(4) }, plain),
);

export const components: fc.Arbitrary<Component> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('invoke' as const),
      invokeId: invokeIds,
      linkedId: invokeIds,
      operationCode: codes,
      parameter: parameters,
    },
    { requiredKeys: ['kind', 'invokeId', 'operationCode'], ...plain },
  ),
  fc.record({ kind: fc.constant('result' as const), invokeId: invokeIds, last: fc.boolean() }, plain),
  fc.record(
    {
      kind: fc.constant('result' as const),
      invokeId: invokeIds,
      last: fc.boolean(),
      operationCode: codes,
      parameter: parameters,
    },
    plain,
  ),
  fc.record(
    { kind: fc.constant('error' as const), invokeId: invokeIds, errorCode: codes, parameter: parameters },
    { requiredKeys: ['kind', 'invokeId', 'errorCode'], ...plain },
  ),
  fc.record(
    {
      kind: fc.constant('reject' as const),
      invokeId: fc.option(invokeIds),
      problem: problems,
      local: fc.constant(false),
    },
    plain,
  ),
);

/** EXTERNAL with a direct reference and a single ASN.1 value. */
const externals = fc
  .uint8Array({ maxLength: 30 })
  .map((contents) =>
    Uint8Array.from([
      0x28,
      contents.length + 9,
      0x06,
      0x03,
      0x04,
      0x00,
      0x01,
      0xa0,
      contents.length + 2,
      0x04,
      contents.length,
      ...contents,
    ]),
  );
const userInformation = fc.array(externals, { minLength: 1, maxLength: 3 });
const version = fc.constant('omitted' as const);

const request = (kind: 'AARQ' | 'AUDT'): fc.Arbitrary<DialogueApdu> =>
  fc.record(
    { kind: fc.constant(kind), applicationContext: objectIdentifiers, userInformation, version },
    { requiredKeys: ['kind', 'applicationContext'], ...plain },
  );
const response: fc.Arbitrary<DialogueApdu> = fc.record(
  {
    kind: fc.constant('AARE' as const),
    applicationContext: objectIdentifiers,
    accepted: fc.boolean(),
    source: fc.constantFrom('user' as const, 'provider' as const),
    diagnostic: fc.nat(2),
    userInformation,
    version,
  },
  { requiredKeys: ['kind', 'applicationContext', 'accepted', 'source', 'diagnostic'], ...plain },
);
const abort: fc.Arbitrary<DialogueApdu> = fc.record(
  {
    kind: fc.constant('ABRT' as const),
    source: fc.constantFrom('user' as const, 'provider' as const),
    userInformation,
  },
  { requiredKeys: ['kind', 'source'], ...plain },
);

const transactionIds: fc.Arbitrary<TransactionId> = fc
  .integer({ min: 1, max: 4 })
  .chain((sizeOctets) =>
    fc.record({ id: fc.nat(256 ** sizeOctets - 1), sizeOctets: fc.constant(sizeOctets) }, plain),
  );

const some = fc.array(components, { maxLength: 4 });

/** Any message that Q.773 allows. */
export const messages: fc.Arbitrary<TcapMessage> = fc.oneof(
  fc.record(
    {
      type: fc.constant('begin' as const),
      originatingTransactionId: transactionIds,
      dialogue: request('AARQ'),
      components: some,
    },
    { requiredKeys: ['type', 'originatingTransactionId', 'components'], ...plain },
  ),
  fc.record(
    {
      type: fc.constant('continue' as const),
      originatingTransactionId: transactionIds,
      destinationTransactionId: transactionIds,
      dialogue: response,
      components: some,
    },
    {
      requiredKeys: ['type', 'originatingTransactionId', 'destinationTransactionId', 'components'],
      ...plain,
    },
  ),
  fc.record(
    {
      type: fc.constant('end' as const),
      destinationTransactionId: transactionIds,
      dialogue: response,
      components: some,
    },
    { requiredKeys: ['type', 'destinationTransactionId', 'components'], ...plain },
  ),
  fc.record(
    {
      type: fc.constant('abort' as const),
      destinationTransactionId: transactionIds,
      dialogue: fc.oneof(abort, response),
      components: fc.constant([]),
    },
    { requiredKeys: ['type', 'destinationTransactionId', 'components'], ...plain },
  ),
  fc.record(
    {
      type: fc.constant('abort' as const),
      destinationTransactionId: transactionIds,
      abortCause: fc.nat(4),
      components: fc.constant([]),
    },
    plain,
  ),
  fc.record(
    {
      type: fc.constant('unidirectional' as const),
      dialogue: request('AUDT'),
      components: fc.array(components, { minLength: 1, maxLength: 4 }),
    },
    { requiredKeys: ['type', 'components'], ...plain },
  ),
);
