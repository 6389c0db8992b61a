/** What the visitor location register answers (3GPP TS 29.002 §8, §10.2, §11). */
import { internationalAddress } from '../../../stack/map/address-string.ts';
import { absentSubscriber } from '../../../stack/map/errors/call-handling.ts';
import { absentSubscriberV2 } from '../../../stack/map/errors/version-2.ts';
import type { InsertSubscriberDataArg } from '../../../stack/map/operations/insert-subscriber-data.ts';
import type { ProvideRoamingNumberArg } from '../../../stack/map/operations/provide-roaming-number.ts';
import type { ProvideSubscriberInfoArg } from '../../../stack/map/operations/provide-subscriber-info.ts';
import { decodeTbcd } from '../../../stack/map/tbcd.ts';
import type { RoleEnvironment } from '../role.ts';
import type { Handlers } from './map-node.ts';
import { indexOf, subscriberAt } from './subscribers.ts';
import { ussd } from './ussd.ts';

export interface VlrState {
  /** Subscribers whose data the HLR has inserted, by IMSI digits, and how often. */
  readonly inserted: Map<string, number>;
  cancelled: number;
  resets: number;
  /** What a subscriber types who is asked for a password. */
  passwords: string[];
}

export function vlrHandlers({ plan, chance }: RoleEnvironment, state: VlrState): Handlers {
  const { numbers } = plan;
  const phoneOf = (imsi: Uint8Array) => {
    const index = indexOf(numbers, decodeTbcd(imsi));
    return index === undefined ? undefined : subscriberAt(numbers, index).phone;
  };
  const cellIdentity = () =>
    Uint8Array.of(
      0x62,
      0xf2,
      0x10,
      chance.below(256),
      chance.below(256),
      chance.below(256),
      chance.below(256),
    );
  return {
    insertSubscriberData: ({ argument, context }) => {
      const { imsi, msisdn } = argument as InsertSubscriberDataArg;
      const key = decodeTbcd(imsi ?? msisdn ?? new Uint8Array(0));
      state.inserted.set(key, (state.inserted.get(key) ?? 0) + 1);
      if (context.version === 1) return { result: undefined };
      return {
        result:
          context.version === 2 ? {} : { supportedCamelPhases: { bits: ['phase1', 'phase2', 'phase3'] } },
      };
    },
    deleteSubscriberData: ({ context }) => ({ result: context.version === 1 ? undefined : {} }),
    cancelLocation: ({ context }) => {
      state.cancelled++;
      return { result: context.version === 3 ? {} : undefined };
    },
    reset: () => {
      state.resets++;
      return undefined;
    },
    provideRoamingNumber: ({ argument, context }) => {
      const { imsi } = argument as ProvideRoamingNumberArg;
      const version3 = context.version === 3;
      if (phoneOf(imsi) === 'off')
        return version3
          ? { error: absentSubscriber, value: { absentSubscriberReason: 'imsiDetach' } }
          : { error: absentSubscriberV2 };
      const roamingNumber = internationalAddress(
        `${numbers.msc[0]}${String(chance.below(100)).padStart(2, '0')}`,
      );
      return { result: version3 ? { roamingNumber } : roamingNumber };
    },
    provideSubscriberInfo: ({ argument }) => {
      const { imsi, requestedInfo } = argument as ProvideSubscriberInfoArg;
      const phone = phoneOf(imsi);
      const location = {
        ageOfLocationInformation: chance.below(60),
        'vlr-number': internationalAddress(numbers.vlr[0]),
        cellGlobalIdOrServiceAreaIdOrLAI: { cellGlobalIdOrServiceAreaIdFixedLength: cellIdentity() },
      };
      const subscriberState =
        phone === 'off'
          ? { netDetNotReachable: 'imsiDetached' }
          : phone === 'busy'
            ? { camelBusy: null }
            : { assumedIdle: null };
      return {
        result: {
          subscriberInfo: {
            ...(requestedInfo.locationInformation === undefined ? {} : { locationInformation: location }),
            ...(requestedInfo.subscriberState === undefined ? {} : { subscriberState }),
          },
        },
      };
    },
    'unstructuredSS-Request': ({ conversation }) => {
      // More may follow: who has opened the dialogue closes it.
      conversation.keepOpen = true;
      return { result: ussd(String(1 + chance.below(2))) };
    },
    'unstructuredSS-Notify': ({ conversation }) => {
      conversation.keepOpen = true;
      return { result: undefined };
    },
    getPassword: () => ({ result: state.passwords.shift() ?? '0000' }),
  };
}
