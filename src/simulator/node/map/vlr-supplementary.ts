/** What a subscriber does with supplementary services, which the VLR passes on (3GPP TS 29.002 §11). */
import { internationalAddress } from '../../../stack/map/address-string.ts';
import { ssErrorStatus } from '../../../stack/map/errors/supplementary-services.ts';
import { activateSS, activateSSV1 } from '../../../stack/map/operations/activate-ss.ts';
import { beginSubscriberActivity } from '../../../stack/map/operations/begin-subscriber-activity.ts';
import { deactivateSS, deactivateSSV1 } from '../../../stack/map/operations/deactivate-ss.ts';
import { eraseSS, eraseSSV1 } from '../../../stack/map/operations/erase-ss.ts';
import { getPassword } from '../../../stack/map/operations/get-password.ts';
import { interrogateSS, interrogateSSV1 } from '../../../stack/map/operations/interrogate-ss.ts';
import { processUnstructuredSSData } from '../../../stack/map/operations/process-unstructured-ss-data.ts';
import { registerPassword, registerPasswordV1 } from '../../../stack/map/operations/register-password.ts';
import { registerSS, registerSSV1 } from '../../../stack/map/operations/register-ss.ts';
import {
  processUnstructuredSSRequest,
  unstructuredSSNotify,
  unstructuredSSRequest,
} from '../../../stack/map/operations/unstructured-ss.ts';
import type { InterrogateSSRes } from '../../../stack/map/types/supplementary-services.ts';
import type { Procedure, RoleEnvironment } from '../role.ts';
import { contextOf, type Version } from './contexts.ts';
import { digitsOf } from './hlr-mobility.ts';
import type { Conversation, MapNode } from './map-node.ts';
import { check, exercises, operationOf, versioned } from './procedures.ts';
import { imsiReference } from './references.ts';
import { SS } from './ss-codes.ts';
import type { Subscriber } from './subscribers.ts';
import { ussd, ussdText } from './ussd.ts';
import type { VlrState } from './vlr-handlers.ts';

export function supplementaryProcedures(
  { plan, chance }: RoleEnvironment,
  node: MapNode,
  hlr: { readonly number: string; readonly ssn: number },
  state: VlrState,
  next: () => Subscriber,
): Procedure[] {
  /** Whom it concerns is said in the open, in version 1 by beginSubscriberActivity. */
  const openFor = (version: Version, { imsi }: Subscriber): Conversation => {
    const conversation = node.open(contextOf('networkFunctionalSsContext', version), hlr, {
      destinationReference: imsiReference(imsi),
      originatingReference: internationalAddress(plan.numbers.vlr[0]),
    });
    if (version === 1)
      void conversation.request(beginSubscriberActivity, {
        imsi,
        originatingEntityNumber: internationalAddress(plan.numbers.vlr[0]),
      });
    return conversation;
  };
  const statusOf = async (version: Version, subscriber: Subscriber, ssCode: number) => {
    const operation = operationOf(version, { 2: interrogateSS, 1: interrogateSSV1 });
    const asked = await openFor(version, subscriber).ask(operation, { 'ss-Code': Uint8Array.of(ssCode) });
    const result = asked as InterrogateSSRes;
    if ('forwardingFeatureList' in result) {
      const [feature] = result.forwardingFeatureList;
      return {
        active: ((feature?.['ss-Status']?.[0] ?? 0) & 1) === 1,
        number: feature?.forwardedToNumber === undefined ? '' : digitsOf(feature.forwardedToNumber),
      };
    }
    return { active: 'ss-Status' in result && (result['ss-Status'][0]! & 1) === 1, number: '' };
  };
  return [
    ...versioned(
      plan,
      'call-forwarding',
      'registerSS, interrogateSS, deactivateSS, activateSS, eraseSS of a call forwarding',
      [2, 1],
      (version) => exercises(version, 'sent', registerSS, interrogateSS, deactivateSS, activateSS, eraseSS),
      async (version) => {
        const subscriber = next();
        const codes = [SS.forwardingBusy, SS.forwardingNoReply, SS.forwardingNotReachable];
        const ssCode = chance.oneOf(codes);
        const forwarded = `4930${1_000_000 + chance.below(1_000_000)}`;
        const service = { 'ss-Code': Uint8Array.of(ssCode) };
        const version1 = version === 1;
        const ask = (operation: unknown, argument: object) =>
          openFor(version, subscriber).ask(operation as typeof registerSS, argument as never);
        const switchOff = version1 ? deactivateSSV1 : deactivateSS;
        const switchOn = version1 ? activateSSV1 : activateSS;
        // Nothing is registered yet.
        await openFor(version, subscriber).askForError(switchOn, service, ssErrorStatus);
        await ask(version1 ? registerSSV1 : registerSS, {
          ...service,
          forwardedToNumber: internationalAddress(forwarded),
          ...(ssCode === SS.forwardingNoReply ? { noReplyConditionTime: 5 + chance.below(26) } : {}),
        });
        const registered = await statusOf(version, subscriber, ssCode);
        check(
          registered.active && registered.number === forwarded,
          'interrogateSS: not what registerSS wrote',
        );
        await ask(switchOff, service);
        check(
          !(await statusOf(version, subscriber, ssCode)).active,
          'interrogateSS: active after deactivateSS',
        );
        await ask(switchOn, service);
        check(
          (await statusOf(version, subscriber, ssCode)).active,
          'interrogateSS: not active after activateSS',
        );
        await ask(version1 ? eraseSSV1 : eraseSS, service);
        check(
          (await statusOf(version, subscriber, ssCode)).number === '',
          'interrogateSS: there after eraseSS',
        );
      },
    ),
    ...versioned(
      plan,
      'call-barring',
      'registerPassword, activateSS, interrogateSS, deactivateSS of call barring, with getPassword',
      [2, 1],
      (version) => [
        ...exercises(version, 'sent', registerPassword, activateSS, deactivateSS),
        ...exercises(version, 'received', getPassword),
      ],
      async (version) => {
        const subscriber = next();
        const service = { 'ss-Code': Uint8Array.of(SS.barringOutgoing) };
        const password = String(1000 + chance.below(9000));
        const version1 = version === 1;
        state.passwords = ['0000', password, password];
        const change = version1 ? registerPasswordV1 : registerPassword;
        const changed = await openFor(version, subscriber).ask(change, service['ss-Code']);
        check(changed === password, 'registerPassword: another password');
        state.passwords = [password];
        await openFor(version, subscriber).ask(version1 ? activateSSV1 : activateSS, service);
        check((await statusOf(version, subscriber, SS.barringOutgoing)).active, 'interrogateSS: no barring');
        state.passwords = [password];
        await openFor(version, subscriber).ask(version1 ? deactivateSSV1 : deactivateSS, service);
        check(
          !(await statusOf(version, subscriber, SS.barringOutgoing)).active,
          'interrogateSS: still barring',
        );
      },
    ),
    ...versioned(
      plan,
      'ussd',
      'a subscriber asks: processUnstructuredSS-Request, continued by unstructuredSS-Request and -Notify',
      [2],
      (version) => [
        ...exercises(version, 'sent', processUnstructuredSSRequest),
        ...exercises(version, 'received', unstructuredSSRequest, unstructuredSSNotify),
      ],
      async () => {
        const { imsi } = next();
        const conversation = node.open(contextOf('networkUnstructuredSsContext', 2), hlr, {
          destinationReference: imsiReference(imsi),
        });
        const code = `*1${10 + chance.below(90)}#`;
        const answer = await conversation.ask(processUnstructuredSSRequest, ussd(code));
        check(answer !== undefined && ussdText(answer) !== '', 'processUnstructuredSS-Request: nothing said');
      },
    ),
    ...versioned(
      plan,
      'ussd-version-1',
      'the same in version 1: beginSubscriberActivity, processUnstructuredSS-Data',
      [1],
      (version) => exercises(version, 'sent', beginSubscriberActivity, processUnstructuredSSData),
      async (version) => {
        const subscriber = next();
        const conversation = openFor(version, subscriber);
        const answer = await conversation.ask(processUnstructuredSSData, `*1${10 + chance.below(90)}#`);
        check(String(answer).endsWith(subscriber.number), 'processUnstructuredSS-Data: of somebody else');
      },
    ),
  ];
}
