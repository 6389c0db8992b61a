/** Values of every message of ITU-T Q.763, all optional parameters in play. */
import fc from 'fast-check';
import type { IsupMessage } from '../../../src/stack/isup/message.ts';
import type { MessageDeclaration } from '../../../src/stack/isup/message-declaration.ts';
import { type MessageKind, messages, opaqueMessages } from '../../../src/stack/isup/messages.ts';
import type { Parameter } from '../../../src/stack/isup/parameter.ts';

const record = <T extends Record<string, unknown>>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>(shape, { noNullPrototype: true });
const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength, maxLength });

const called = record({
  nature: fc.integer({ min: 1, max: 4 }),
  plan: fc.constantFrom(1, 3, 4),
  internalNetworkNumber: fc.boolean(),
  digits: digits(1, 18),
});
const calling = record({
  nature: fc.integer({ min: 1, max: 4 }),
  plan: fc.constantFrom(1, 3, 4),
  incomplete: fc.boolean(),
  presentation: fc.nat(1),
  screening: fc.constantFrom(1, 3),
  digits: digits(1, 18),
});
const generic = calling.chain((number) => fc.nat(10).map((qualifier) => ({ qualifier, ...number })));
const cause = record({
  codingStandard: fc.constant(0),
  location: fc.constantFrom(0, 1, 2, 3, 4, 5, 7, 10),
  value: fc.integer({ min: 1, max: 127 }),
});
const instructions = {
  transitAtIntermediateExchange: fc.boolean(),
  releaseCall: fc.boolean(),
  sendNotification: fc.boolean(),
  discardMessage: fc.boolean(),
};

/** Range, and a status for each circuit, or none. */
const range = (status: boolean) =>
  fc
    .integer({ min: 1, max: 31 })
    .chain((value) =>
      status
        ? fc
            .array(fc.boolean(), { minLength: value + 1, maxLength: value + 1 })
            .map((list) => ({ range: value, status: list }))
        : fc.constant({ range: value }),
    );

const contents: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  calledPartyNumber: called,
  redirectionNumber: called,
  calledDirectoryNumber: called,
  callingPartyNumber: calling,
  redirectingNumber: calling,
  originalCalledNumber: calling,
  connectedNumber: calling,
  locationNumber: calling,
  callTransferNumber: calling,
  calledInNumber: calling,
  originalCalledInNumber: calling,
  genericNumber: generic,
  subsequentNumber: record({ digits: digits(1, 18) }),
  causeIndicators: cause,
  redirectionInformation: record({
    indicator: fc.nat(6),
    originalReason: fc.nat(3),
    counter: fc.integer({ min: 1, max: 5 }),
    reason: fc.nat(6),
  }),
  genericNotificationIndicator: fc.array(fc.nat(127), { minLength: 1, maxLength: 2 }),
  callReference: record({ callIdentity: fc.nat(0xff_ffff), pointCode: fc.nat(0x3fff) }),
  circuitStateIndicator: fc.array(
    record({
      maintenanceBlocking: fc.nat(3),
      callProcessing: fc.integer({ min: 1, max: 3 }),
      hardwareBlocking: fc.nat(3),
    }),
    { minLength: 1, maxLength: 32 },
  ),
  messageCompatibilityInformation: record({
    ...instructions,
    passOnNotPossible: fc.constantFrom('release', 'discard-message'),
  }),
  parameterCompatibilityInformation: fc.array(
    record({
      code: fc.constantFrom(0x42, 0x90, 0xa0),
      ...instructions,
      discardParameter: fc.boolean(),
      passOnNotPossible: fc.constantFrom('release', 'discard-message', 'discard-parameter'),
    }),
    { minLength: 1, maxLength: 3 },
  ),
};

/** Contents that an outside decoder reads further, and so must be sound ones. */
const samples: Readonly<Record<string, readonly string[]>> = {
  accessTransport: ['7d029181', '1e028183', '281142455254484c494e4a61637175657330313233'.slice(0, 38)],
  applicationTransport: ['8081c001020304', '8081c00908'],
  callHistoryInformation: ['0102'],
  circuitAssignmentMap: ['017f000000'],
  closedUserGroupInterlockCode: ['12630001'],
  collectCallRequest: ['01'],
  connectionRequest: ['0102030100020a', '01020301000203'],
  genericDigits: ['032143', '21436507'],
  mlppPrecedence: ['041263000001'],
  originationIscPointCode: ['0102'],
  propagationDelayCounter: ['0010'],
  signallingPointCode: ['0102'],
  transitNetworkSelection: ['a12143', '212143'],
  userServiceInformation: ['8090a3', '9090'],
  userServiceInformationPrime: ['8090a3'],
  userTeleserviceInformation: ['9181', '915eb5'],
  userToUserInformation: ['04313233', '0001'],
};

function opaqueContents(key: string): fc.Arbitrary<Uint8Array> {
  const sound = samples[key];
  if (sound !== undefined)
    return fc.constantFrom(...sound).map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')));
  return fc.uint8Array({ minLength: 1, maxLength: 12 });
}

export function arbitraryValue({ key, fields }: Parameter, kind: MessageKind): fc.Arbitrary<unknown> {
  if (key === 'rangeAndStatus') return range(!['GRS', 'CQM', 'CQR'].includes(kind));
  if (fields === undefined) return contents[key] ?? opaqueContents(key);
  return record(
    Object.fromEntries(
      Object.entries(fields).map(([name, { flag, width, names }]) => [
        name,
        flag
          ? fc.boolean()
          : names === undefined
            ? fc.nat((1 << width) - 1)
            : fc.constantFrom(...Object.keys(names).map(Number)),
      ]),
    ),
  );
}

const cic = fc.nat(0xfff);

/** Messages of one kind; `optionalMax` keeps them within the length of an MTP message. */
export function arbitraryMessage(kind: MessageKind, optionalMax = 8): fc.Arbitrary<IsupMessage> {
  const declaration: MessageDeclaration = messages[kind];
  const mandatory = record(
    Object.fromEntries(
      [...declaration.fixed, ...declaration.variable].map((one) => [one.key, arbitraryValue(one, kind)]),
    ),
  );
  const optional = fc
    .shuffledSubarray([...(declaration.optional ?? [])], {
      maxLength: Math.min(optionalMax, declaration.optional?.length ?? 0),
    })
    .chain((list) =>
      fc.tuple(
        ...list.map((one) => {
          const value = arbitraryValue(one, kind);
          return fc.tuple(
            fc.constant(one.key),
            one.many ? fc.array(value, { minLength: 1, maxLength: 2 }) : value,
          );
        }),
      ),
    );
  return fc.tuple(cic, mandatory, optional).map(
    ([code, parameters, entries]) =>
      ({
        cic: code,
        kind,
        parameters: { ...parameters, ...Object.fromEntries(entries) },
      }) as unknown as IsupMessage,
  );
}

export const kinds = Object.keys(messages) as MessageKind[];

/** Any message, with those that are carried as they are. */
export const anyMessage: fc.Arbitrary<IsupMessage> = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...kinds).chain((kind) => arbitraryMessage(kind)) },
  {
    weight: 1,
    arbitrary: record({
      cic,
      kind: fc.constant('opaque' as const),
      type: fc.constantFrom(...opaqueMessages.keys(), 0x0a, 0x7f, 0xff),
      body: fc.uint8Array({ maxLength: 20 }),
    }),
  },
);
