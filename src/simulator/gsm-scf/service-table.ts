/** Which service conducts which call, by its service key. */
import type { CapContext } from '../../stack/cap/service/contexts.ts';
import type { OperationSet } from '../../stack/cap/service/operation-sets.ts';
import { decodeDigits } from '../gsm-ssf/generic-digits.ts';
import type { ScfScript } from './scf-session.ts';
import {
  collectMore,
  continueWithData,
  gapCalls,
  huntCall,
  misuse,
  redirectCall,
  refuseCall,
  watchCall,
} from './services/call-services.ts';
import { prepaidCall } from './services/charging-services.ts';
import { callBack, conference, failingSegment } from './services/leg-services.ts';
import {
  assist,
  assisted,
  assistedInVain,
  menu,
  menuOfSegment,
  menuWithoutAnswer,
} from './services/resource-services.ts';
import type { CallService, SmsService } from './services/service.ts';
import { must } from './services/service.ts';
import { barMessage, redirectMessage, watchMessage } from './services/sms-services.ts';

export const callServices = {
  watchCall,
  redirectCall,
  huntCall,
  refuseCall,
  continueWithData,
  gapCalls,
  collectMore,
  misuse,
  prepaidCall,
  menu,
  menuOfSegment,
  menuWithoutAnswer,
  assistedByGsmSsf: assisted('gsmSSF'),
  assistedByGsmSrf: assisted('gsmSRF'),
  assistedInVain,
  conference,
  failingSegment,
  callBack,
} as const satisfies Readonly<Record<string, CallService>>;
export const smsServices = { watchMessage, redirectMessage, barMessage } as const satisfies Readonly<
  Record<string, SmsService>
>;

export type CallServiceName = keyof typeof callServices;
export type SmsServiceName = keyof typeof smsServices;

const callKeys = Object.keys(callServices) as readonly CallServiceName[];
const smsKeys = Object.keys(smsServices) as readonly SmsServiceName[];

/** Service keys count from one. */
export function serviceKeyOf(name: CallServiceName | SmsServiceName): number {
  return name in callServices
    ? callKeys.indexOf(name as CallServiceName) + 1
    : smsKeys.indexOf(name as SmsServiceName) + 1;
}

const conductCall: ScfScript = function* (scf) {
  const trigger = yield* scf.next('initialDP');
  const name = callKeys[trigger.serviceKey - 1];
  must(name !== undefined, `no service ${trigger.serviceKey}`);
  const steps = name && callServices[name](scf, trigger);
  if (steps !== undefined) yield* steps;
};

const conductMessage: ScfScript = function* (scf) {
  const trigger = yield* scf.next('initialDPSMS');
  const name = smsKeys[trigger.serviceKey - 1];
  must(name !== undefined, `no service ${trigger.serviceKey}`);
  const steps = name && smsServices[name](scf, trigger);
  if (steps !== undefined) yield* steps;
};

const conductAssistance: ScfScript = function* (scf) {
  const { correlationID } = yield* scf.next('assistRequestInstructions');
  yield* assist(scf, decodeDigits(correlationID) ?? '');
};

export function scriptFor({ toScf }: CapContext<OperationSet, OperationSet>): ScfScript {
  if ('initialDPSMS' in toScf) return conductMessage;
  return 'assistRequestInstructions' in toScf ? conductAssistance : conductCall;
}
