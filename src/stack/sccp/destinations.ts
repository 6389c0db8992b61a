/** What the nodes that we send to, and the networks on the way to them, can take. */

export interface DestinationConfig {
  readonly pointCode: number;
  /**
   * The message that carries data which fits no UDT: none (`udt`), XUDT in segments (`xudt`, the default), or LUDT, where every
   * link on the way is a broadband one or runs over IP (`ludt`) (ITU-T Q.714 §4.1.1).
   */
  readonly messages?: Messages;
  /** The longest message that goes there whole; default: with `ludt` what an LUDT needs, else that of the node. */
  readonly messageOctetsMax?: number;
}

export type Messages = 'udt' | 'xudt' | 'ludt';

export interface Destination {
  readonly messages: Messages;
  readonly messageOctetsMax: number;
}

/** The most user data of one message, whole or in segments (ITU-T Q.711 §6.2.2.2). */
export const DATA_OCTETS_MAX = 3952;

/** An LUDT with that much data between the longest addresses that have a use. */
export const LUDT_OCTETS_MAX = 4096;

export class Destinations {
  readonly #ordinary: Destination;
  readonly #byPointCode: ReadonlyMap<number, Destination>;

  constructor(messageOctetsMax: number, others: readonly DestinationConfig[]) {
    this.#ordinary = { messages: 'xudt', messageOctetsMax };
    this.#byPointCode = new Map(
      others.map(({ pointCode, messages = 'xudt', ...own }): [number, Destination] => [
        pointCode,
        {
          messages,
          messageOctetsMax:
            own.messageOctetsMax ?? (messages === 'ludt' ? LUDT_OCTETS_MAX : messageOctetsMax),
        },
      ]),
    );
  }

  of(pointCode: number): Destination {
    return this.#byPointCode.get(pointCode) ?? this.#ordinary;
  }
}
