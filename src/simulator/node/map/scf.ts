/** The gsmSCF's side of MAP: subsystem 147 (3GPP TS 29.002 §8.11, §8.1.8; TS 23.078). */
import { internationalAddress } from '../../../stack/map/address-string.ts';
import { unknownSubscriber } from '../../../stack/map/errors/identification.ts';
import { anyTimeInterrogation } from '../../../stack/map/operations/any-time-interrogation.ts';
import { anyTimeModification } from '../../../stack/map/operations/any-time-modification.ts';
import { anyTimeSubscriptionInterrogation } from '../../../stack/map/operations/any-time-subscription-interrogation.ts';
import { SSN } from '../../addresses.ts';
import type { NodeRole, RoleEnvironment } from '../role.ts';
import { contextOf, contextsOf } from './contexts.ts';
import { digitsOf } from './hlr-mobility.ts';
import { MapNode } from './map-node.ts';
import { check, exercises, versioned } from './procedures.ts';
import { SS } from './ss-codes.ts';
import { SUBSCRIBERS, subscriberAt } from './subscribers.ts';

const CONTEXTS = contextsOf('mm-EventReportingContext');

export function scfRole(environment: RoleEnvironment): NodeRole {
  const { plan, chance } = environment;
  const { numbers } = plan;
  const node = new MapNode(environment, SSN.gsmScf, numbers.scf, CONTEXTS, {
    'noteMM-Event': () => ({ result: {} }),
  });
  const hlr = { number: numbers.hlr[0], ssn: SSN.hlr };
  const own = { 'gsmSCF-Address': internationalAddress(numbers.scf[0]) };
  const handling = () => node.open(contextOf('anyTimeInfoHandlingContext', 3), hlr);
  const someone = () => subscriberAt(numbers, chance.below(SUBSCRIBERS));
  return {
    get underWay() {
      return node.underWay;
    },
    procedures: [
      ...versioned(
        plan,
        'interrogation',
        'where is a subscriber, and in what state: anyTimeInterrogation, by which the HLR asks the VLR with provideSubscriberInfo',
        [3],
        (version) => exercises(version, 'sent', anyTimeInterrogation),
        async () => {
          const context = contextOf('anyTimeInfoEnquiryContext', 3);
          const { imsi, msisdn, phone } = someone();
          const requestedInfo = { locationInformation: null, subscriberState: null };
          const subscriberIdentity = chance.happens(0.5) ? { imsi } : { msisdn };
          const info = await node
            .open(context, hlr)
            .ask(anyTimeInterrogation, { ...own, subscriberIdentity, requestedInfo });
          const state = info?.subscriberInfo.subscriberState;
          check(state !== undefined, 'anyTimeInterrogation: no state');
          check(
            phone === 'off' ? 'netDetNotReachable' in state! : !('netDetNotReachable' in state!),
            'anyTimeInterrogation: not the state of the phone',
          );
          const nobody = { msisdn: internationalAddress('4915999999') };
          await node
            .open(context, hlr)
            .askForError(
              anyTimeInterrogation,
              { ...own, subscriberIdentity: nobody, requestedInfo },
              unknownSubscriber,
            );
        },
      ),
      ...versioned(
        plan,
        'modification',
        'anyTimeModification of a call forwarding, told to the VLR with insertSubscriberData; read with anyTimeSubscriptionInterrogation',
        [3],
        (version) => exercises(version, 'sent', anyTimeModification, anyTimeSubscriptionInterrogation),
        async () => {
          const { imsi } = someone();
          const forwarded = `4940${1_000_000 + chance.below(1_000_000)}`;
          const ssCode = Uint8Array.of(SS.forwardingNotReachable);
          await handling().ask(anyTimeModification, {
            ...own,
            subscriberIdentity: { imsi },
            'modificationRequestFor-CF-Info': {
              'ss-Code': ssCode,
              'ss-Status': Uint8Array.of(0x07),
              forwardedToNumber: internationalAddress(forwarded),
            },
          });
          const read = await handling().ask(anyTimeSubscriptionInterrogation, {
            ...own,
            subscriberIdentity: { imsi },
            requestedSubscriptionInfo: { 'requestedSS-Info': { 'ss-Code': ssCode } },
          });
          const feature = read?.callForwardingData?.forwardingFeatureList.at(-1);
          const number = feature?.forwardedToNumber;
          check(
            number !== undefined && digitsOf(number) === forwarded,
            'anyTimeSubscriptionInterrogation: not what anyTimeModification wrote',
          );
        },
      ),
    ],
  };
}
