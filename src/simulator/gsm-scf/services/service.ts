import type { InitialDPArg } from '../../../stack/cap/operations/initial-dp.ts';
import type { InitialDPSMSArg } from '../../../stack/cap/operations/initial-dp-sms.ts';
import type { ScfSession } from '../scf-session.ts';

/** What a service does step by step; none when it is done at once. */
export type Steps = Generator<undefined, void, undefined>;

/** A service of a call, from the trigger on. */
export type CallService = (scf: ScfSession, trigger: InitialDPArg) => Steps | undefined;
export type SmsService = (scf: ScfSession, trigger: InitialDPSMSArg) => Steps | undefined;
/** What is done with a call at an assisting node; `correlation` is what establishTemporaryConnection named. */
export type AssistService = (scf: ScfSession, correlation: string) => Steps;

/** Thrown as the reason why a service failed. */
export function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}
