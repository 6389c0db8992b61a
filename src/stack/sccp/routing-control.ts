/**
 * SCCP routing control, SCRC (ITU-T Q.714 §2.3): where a called address leads, and why it leads nowhere. It decides; what
 * follows from it is done by its users.
 */
import type { GlobalTitleTranslation, TranslationTarget } from './global-title-translation.ts';
import type { ReturnCauseName } from './return-causes.ts';
import type { SccpAddress } from './service.ts';

export type Route =
  /** A subsystem here. */
  | { readonly to: 'local'; readonly ssn: number; readonly called: SccpAddress }
  /** Another node; `called` is what the message says there. */
  | {
      readonly to: 'remote';
      readonly pointCode: number;
      readonly called: SccpAddress;
      readonly translated: boolean;
    }
  | { readonly to: 'nowhere'; readonly cause: ReturnCauseName };

/** What SCCP management knows of the other nodes. */
export interface RemoteStates {
  isAccessible(pointCode: number): boolean;
  isInService(pointCode: number, ssn: number): boolean;
}

export class RoutingControl {
  readonly #pointCode: number;
  readonly #translation: GlobalTitleTranslation;
  readonly #states: RemoteStates;
  readonly #isAvailable: (target: TranslationTarget) => boolean;

  constructor(pointCode: number, translation: GlobalTitleTranslation, states: RemoteStates) {
    this.#pointCode = pointCode;
    this.#translation = translation;
    this.#states = states;
    this.#isAvailable = ({ pointCode: target, ssn }) =>
      target === undefined ||
      target === this.#pointCode ||
      (states.isAccessible(target) && (ssn === undefined || states.isInService(target, ssn)));
  }

  /** The route of a message that a subsystem here sends (ITU-T Q.714 §2.3.2). */
  fromLocal(called: SccpAddress, sls: number): Route {
    const { pointCode } = called;
    if (called.routing === 'ssn') {
      if (pointCode === undefined || pointCode === this.#pointCode) return this.#toLocal(called);
      return this.#toRemote(pointCode, called, false);
    }
    // With a point code the sender has done the first translation itself.
    if (pointCode !== undefined && pointCode !== this.#pointCode)
      return this.#toRemote(pointCode, called, false);
    return this.#translate(called, sls);
  }

  /** The route of a message that MTP brought here (ITU-T Q.714 §2.3.1). */
  fromNetwork(called: SccpAddress, sls: number): Route {
    return called.routing === 'ssn' ? this.#toLocal(called) : this.#translate(called, sls);
  }

  /** The route of a message that goes back to where one came from (ITU-T Q.714 §4.2). */
  back(called: SccpAddress, opc: number, sls: number): Route {
    if (called.routing === 'gt') return this.#translate(called, sls);
    const pointCode = called.pointCode ?? opc;
    return pointCode === this.#pointCode ? this.#toLocal(called) : this.#toRemote(pointCode, called, false);
  }

  #translate(called: SccpAddress, sls: number): Route {
    const { globalTitle, ssn } = called;
    if (globalTitle === undefined) return { to: 'nowhere', cause: 'no-translation-for-nature' };
    const translation = this.#translation.translate(globalTitle, sls, this.#isAvailable);
    if (typeof translation === 'string') return { to: 'nowhere', cause: translation };
    const { target } = translation;
    const newSsn = target.ssn ?? ssn;
    const address: SccpAddress =
      newSsn === undefined
        ? { routing: target.routing, globalTitle: translation.globalTitle }
        : { routing: target.routing, ssn: newSsn, globalTitle: translation.globalTitle };
    if (target.pointCode === undefined || target.pointCode === this.#pointCode) return this.#toLocal(address);
    return this.#toRemote(target.pointCode, address, true);
  }

  #toLocal(called: SccpAddress): Route {
    const { ssn } = called;
    return ssn === undefined || ssn === 0
      ? { to: 'nowhere', cause: 'unequipped-user' }
      : { to: 'local', ssn, called };
  }

  #toRemote(pointCode: number, called: SccpAddress, translated: boolean): Route {
    if (!this.#states.isAccessible(pointCode)) return { to: 'nowhere', cause: 'mtp-failure' };
    const { ssn } = called;
    if (called.routing === 'ssn' && ssn !== undefined && !this.#states.isInService(pointCode, ssn))
      return { to: 'nowhere', cause: 'subsystem-failure' };
    if (called.pointCode === undefined) return { to: 'remote', pointCode, called, translated };
    // The destination is in the routing label; its point code is not said twice.
    const { pointCode: _said, ...rest } = called;
    return { to: 'remote', pointCode, called: rest, translated };
  }
}
