/**
 * SCCP routing control, SCRC (ITU-T Q.714 §2.3): where a called address leads, and why it leads nowhere. It decides; what
 * follows from it is done by its users.
 */
import type { GlobalTitleTranslation } from './global-title-translation.ts';
import type { ReturnCauseName } from './return-causes.ts';
import type { GlobalTitle, SccpAddress } from './service.ts';
import type { TranslationTarget } from './translation-rules.ts';

/**
 * Translations of one message at one node: titles may lead to titles here, in a chain or (a mistake in the table) in a
 * circle, and where several targets are tried each of them costs one.
 */
const TRANSLATIONS_MAX = 32;

export type Route =
  /** A subsystem here. */
  | { readonly to: 'local'; readonly ssn: number; readonly called: SccpAddress }
  /** Another node; `called` is what the message says there. */
  | {
      readonly to: 'remote';
      readonly pointCode: number;
      readonly called: SccpAddress;
      /** Another node translates further: the message is on its way from translator to translator. */
      readonly toTranslator: boolean;
    }
  | { readonly to: 'nowhere'; readonly cause: ReturnCauseName };

/** What SCCP management knows of the other nodes. */
export interface RemoteStates {
  /** MTP reaches the node. */
  isAccessible(pointCode: number): boolean;
  /** There is an SCCP at the node, and it works. */
  isSccpAvailable(pointCode: number): boolean;
  isInService(pointCode: number, ssn: number): boolean;
}

export class RoutingControl {
  readonly #pointCode: number;
  readonly #translation: GlobalTitleTranslation;
  readonly #states: RemoteStates;
  /** Of the message in hand: its SLS, and translations that it may still take. */
  #sls = 0;
  #translationsLeft = 0;
  /** Where the subsystem number of the message stands in for that of a target. */
  #ssn: number | undefined;

  constructor(pointCode: number, translation: GlobalTitleTranslation, states: RemoteStates) {
    this.#pointCode = pointCode;
    this.#translation = translation;
    this.#states = states;
  }

  /** The route of a message that a subsystem here sends (ITU-T Q.714 §2.3.2). */
  fromLocal(called: SccpAddress, sls: number): Route {
    const { pointCode } = called;
    if (called.routing === 'ssn') {
      if (pointCode === undefined || pointCode === this.#pointCode) return this.#toLocal(called);
      return this.#toRemote(pointCode, called);
    }
    // With a point code the sender has done the first translation itself.
    if (pointCode !== undefined && pointCode !== this.#pointCode) return this.#toRemote(pointCode, called);
    return this.#translated(called, sls);
  }

  /** The route of a message that MTP brought here (ITU-T Q.714 §2.3.1). */
  fromNetwork(called: SccpAddress, sls: number): Route {
    return called.routing === 'ssn' ? this.#toLocal(called) : this.#translated(called, sls);
  }

  /** The route of a message that goes back to where one came from (ITU-T Q.714 §4.2). */
  back(called: SccpAddress, opc: number, sls: number): Route {
    if (called.routing === 'gt') return this.#translated(called, sls);
    const pointCode = called.pointCode ?? opc;
    return pointCode === this.#pointCode ? this.#toLocal(called) : this.#toRemote(pointCode, called);
  }

  /** The route that global title translation finds (ITU-T Q.714 §2.4). */
  #translated(called: SccpAddress, sls: number): Route {
    this.#sls = sls;
    this.#ssn = called.ssn;
    this.#translationsLeft = TRANSLATIONS_MAX;
    return this.#translate(called);
  }

  #translate(called: SccpAddress): Route {
    const { globalTitle, ssn } = called;
    if (globalTitle === undefined) return { to: 'nowhere', cause: 'no-translation-for-nature' };
    // Titles that lead to each other are a circle, though of one node only.
    if (this.#translationsLeft-- <= 0) return { to: 'nowhere', cause: 'hop-counter-violation' };
    const translation = this.#translation.translate(globalTitle, this.#sls, this.#isAvailable);
    if (typeof translation === 'string') return { to: 'nowhere', cause: translation };
    const { target } = translation;
    const newSsn = target.ssn ?? ssn;
    const address: SccpAddress = {
      routing: target.routing,
      ...(called.national === undefined ? {} : { national: called.national }),
      ...(newSsn === undefined ? {} : { ssn: newSsn }),
      globalTitle: translation.globalTitle,
    };
    if (target.pointCode !== undefined && target.pointCode !== this.#pointCode)
      return this.#toRemote(target.pointCode, address);
    return target.routing === 'gt' ? this.#translate(address) : this.#toLocal(address);
  }

  /** Whether a target can be reached now; of a title that is translated here again, whether that one leads anywhere. */
  readonly #isAvailable = (target: TranslationTarget, globalTitle: GlobalTitle): boolean => {
    const { pointCode, routing } = target;
    const ssn = target.ssn ?? this.#ssn;
    if (pointCode !== undefined && pointCode !== this.#pointCode)
      return (
        this.#states.isAccessible(pointCode) &&
        this.#states.isSccpAvailable(pointCode) &&
        (ssn === undefined || routing === 'gt' || this.#states.isInService(pointCode, ssn))
      );
    if (routing === 'ssn') return ssn !== undefined && this.#states.isInService(this.#pointCode, ssn);
    return this.#translate({ routing, globalTitle, ...(ssn === undefined ? {} : { ssn }) }).to !== 'nowhere';
  };

  #toLocal(called: SccpAddress): Route {
    const { ssn } = called;
    return ssn === undefined || ssn === 0
      ? { to: 'nowhere', cause: 'unequipped-user' }
      : { to: 'local', ssn, called };
  }

  #toRemote(pointCode: number, called: SccpAddress): Route {
    const nowhere = (cause: ReturnCauseName): Route => ({ to: 'nowhere', cause });
    if (!this.#states.isAccessible(pointCode)) return nowhere('mtp-failure');
    if (!this.#states.isSccpAvailable(pointCode)) return nowhere('sccp-failure');
    const { ssn, routing } = called;
    if (routing === 'ssn') {
      // What arrives there without a subsystem number has no user (ITU-T Q.714 §2.8.5).
      if (ssn === undefined || ssn === 0) return nowhere('unequipped-user');
      if (!this.#states.isInService(pointCode, ssn)) return nowhere('subsystem-failure');
    }
    const toTranslator = routing === 'gt';
    if (called.pointCode === undefined) return { to: 'remote', pointCode, called, toTranslator };
    // The destination is in the routing label; its point code is not said twice.
    const { pointCode: _said, ...rest } = called;
    return { to: 'remote', pointCode, called: rest, toTranslator };
  }
}
