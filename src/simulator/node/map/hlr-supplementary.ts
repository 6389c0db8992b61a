/** The HLR in supplementary services, structured and not (3GPP TS 29.002 §11; TS 23.082, TS 23.088, TS 23.090). */
import { unknownSubscriber } from '../../../stack/map/errors/identification.ts';
import {
  illegalSSOperation,
  negativePWCheck,
  ssErrorStatus,
} from '../../../stack/map/errors/supplementary-services.ts';
import type { BeginSubscriberActivityArg } from '../../../stack/map/operations/begin-subscriber-activity.ts';
import { getPassword, getPasswordV1 } from '../../../stack/map/operations/get-password.ts';
import type { RegisterSSArg } from '../../../stack/map/operations/register-ss.ts';
import {
  type UssdArg,
  unstructuredSSNotify,
  unstructuredSSRequest,
} from '../../../stack/map/operations/unstructured-ss.ts';
import type { SsForBSCode } from '../../../stack/map/types/supplementary-services.ts';
import type { HlrRecord, HlrRecords } from './hlr-records.ts';
import type { Answer, Conversation, Handlers, Served } from './map-node.ts';
import { BARRINGS, FORWARDINGS, NOT_REGISTERED, ssStatus } from './ss-codes.ts';
import { ussd, ussdText } from './ussd.ts';

export function supplementaryHandlers(records: HlrRecords): Handlers {
  /** Whom beginSubscriberActivity has announced in a dialogue of version 1, which has no destination reference. */
  const announced = new WeakMap<Conversation, HlrRecord>();
  /** Whom the dialogue concerns: its destination reference, an IMSI (3GPP TS 29.002 §11.1). */
  const concerned = ({ conversation, opening }: Served): HlrRecord | undefined => {
    const reference = opening?.destinationReference;
    return reference === undefined ? announced.get(conversation) : records.byImsi(reference.subarray(1));
  };
  const withRecord =
    (handle: (record: HlrRecord, served: Served) => Answer | Promise<Answer>) =>
    (served: Served): Answer | Promise<Answer> => {
      const record = concerned(served);
      if (record !== undefined) return handle(record, served);
      // Version 2 has no error "unknown subscriber" here.
      return { error: served.context.version === 1 ? unknownSubscriber : illegalSSOperation };
    };
  return {
    registerSS: withRecord((record, { argument }) => {
      const { 'ss-Code': code, forwardedToNumber, noReplyConditionTime } = argument as RegisterSSArg;
      const ssCode = code[0]!;
      if (!FORWARDINGS.includes(ssCode) || forwardedToNumber === undefined)
        return { error: illegalSSOperation };
      const forwarding = {
        ssCode,
        number: forwardedToNumber,
        noReplySeconds: noReplyConditionTime,
        active: true,
      };
      record.forwardings.set(ssCode, forwarding);
      return { result: forwardingInfo(record, ssCode) };
    }),
    eraseSS: withRecord((record, { argument }) => {
      const ssCode = (argument as SsForBSCode)['ss-Code'][0]!;
      if (!FORWARDINGS.includes(ssCode)) return { error: illegalSSOperation };
      record.forwardings.delete(ssCode);
      return { result: forwardingInfo(record, ssCode) };
    }),
    activateSS: withRecord((record, served) => switchService(record, served, true)),
    deactivateSS: withRecord((record, served) => switchService(record, served, false)),
    interrogateSS: withRecord((record, { argument }) => {
      const ssCode = (argument as SsForBSCode)['ss-Code'][0]!;
      const forwarding = record.forwardings.get(ssCode);
      if (forwarding !== undefined) {
        const { number, active, noReplySeconds } = forwarding;
        const feature = {
          'ss-Status': Uint8Array.of(ssStatus(active)),
          forwardedToNumber: number,
          ...(noReplySeconds === undefined ? {} : { noReplyConditionTime: noReplySeconds }),
        };
        return { result: { forwardingFeatureList: [feature] } };
      }
      const status = record.barrings.has(ssCode) ? ssStatus(true) : NOT_REGISTERED;
      return { result: { 'ss-Status': Uint8Array.of(status) } };
    }),
    registerPassword: withRecord(async (record, { conversation, context }) => {
      const ask = (guidance: 'enterPW' | 'enterNewPW' | 'enterNewPW-Again') =>
        conversation.ask(context.version === 1 ? getPasswordV1 : getPassword, guidance);
      if ((await ask('enterPW')) !== record.password) return { error: negativePWCheck };
      const password = await ask('enterNewPW');
      if ((await ask('enterNewPW-Again')) !== password || password === undefined)
        return { error: negativePWCheck };
      record.password = password;
      return { result: password };
    }),
    'processUnstructuredSS-Request': withRecord(async (record, { conversation, argument }) => {
      const text = ussdText(argument as UssdArg);
      const menu = await conversation.ask(unstructuredSSRequest, ussd(`${text}: 1 number, 2 forwarding`));
      const choice = menu === undefined ? '' : ussdText(menu);
      await conversation.ask(unstructuredSSNotify, ussd('One moment'));
      const answer =
        choice === '1' ? `+${record.subscriber.number}` : `${record.forwardings.size} forwardings`;
      return { result: ussd(answer) };
    }),
    beginSubscriberActivity: ({ argument, conversation }) => {
      const record = records.byImsi((argument as BeginSubscriberActivityArg).imsi);
      if (record !== undefined) announced.set(conversation, record);
      return undefined;
    },
    'processUnstructuredSS-Data': withRecord((record, { argument }) => ({
      result: `${String(argument)} +${record.subscriber.number}`,
    })),
  };
}

/** Activation and deactivation; of barring only with the password (3GPP TS 23.011 §3). */
async function switchService(record: HlrRecord, served: Served, active: boolean): Promise<Answer> {
  const { argument, conversation, context } = served;
  const code = (argument as SsForBSCode)['ss-Code'];
  const ssCode = code[0]!;
  if (BARRINGS.includes(ssCode)) {
    const operation = context.version === 1 ? getPasswordV1 : getPassword;
    if ((await conversation.ask(operation, 'enterPW')) !== record.password) return { error: negativePWCheck };
    if (active) record.barrings.add(ssCode);
    else record.barrings.delete(ssCode);
    const callBarringFeatureList = [{ 'ss-Status': Uint8Array.of(active ? ssStatus(true) : NOT_REGISTERED) }];
    return { result: { callBarringInfo: { 'ss-Code': code, callBarringFeatureList } } };
  }
  const forwarding = record.forwardings.get(ssCode);
  if (forwarding === undefined) return { error: ssErrorStatus, value: Uint8Array.of(NOT_REGISTERED) };
  forwarding.active = active;
  return { result: forwardingInfo(record, ssCode) };
}

function forwardingInfo({ forwardings }: HlrRecord, ssCode: number): unknown {
  const forwarding = forwardings.get(ssCode);
  const feature =
    forwarding === undefined
      ? { 'ss-Status': Uint8Array.of(NOT_REGISTERED) }
      : { 'ss-Status': Uint8Array.of(ssStatus(forwarding.active)), forwardedToNumber: forwarding.number };
  return { forwardingInfo: { 'ss-Code': Uint8Array.of(ssCode), forwardingFeatureList: [feature] } };
}
