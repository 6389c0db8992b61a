/** What a delivery needs and what it gives. */
import type { VersionMemory } from '../../stack/map/service/version-memory.ts';
import type { SccpAddress } from '../../stack/sccp/service.ts';
import type { SmsAddress } from '../../stack/sms/address.ts';
import type { TcapService } from '../../stack/tcap/service.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { DeliveryResult, TryVia } from '../../types/model/event.ts';
import type { Timers } from '../../types/timers.ts';
import type { NumberingOptions } from '../numbers.ts';
import type { NodePace } from './node-pace.ts';

export interface SmsDeliveryOptions {
  /** Our service-centre number, international digits. It must differ from the operator's SMSC: an HLR lists each once. */
  readonly serviceCentre: string;
  /** sendRoutingInfoForSM: timer m of 3GPP TS 29.002 §17.1.2, 15 … 30 s. */
  readonly routingTimeoutMs: number;
  /** mt-ForwardSM: timer ml, 1 … 10 min. */
  readonly forwardTimeoutMs: number;
  /** reportSM-DeliveryStatus: timer s, 3 … 10 s. */
  readonly reportTimeoutMs: number;
  /** TP-OA of the short messages that only ask whether a phone is there. */
  readonly originatingAddress: SmsAddress;
  /** The empty BEGIN before mt-ForwardSM: always, when the message does not fit one signalling unit, or never. */
  readonly handshake: 'always' | 'when-needed' | 'never';
}

export interface DeliveryAddresses {
  /** Ours, as service centre (subsystem 8). */
  readonly serviceCentre: SccpAddress;
  /** A subsystem of whoever answers for these international digits: HLR 6, MSC 8. */
  subsystem(digits: string, subsystem: number): SccpAddress;
}

export interface SmsDeliveryPorts {
  readonly clock: Clock;
  readonly counters: Counters;
  readonly timers: Timers;
  readonly tcap: TcapService;
  /** Which versions of MAP the peers speak. */
  readonly versions: VersionMemory;
  readonly addresses: DeliveryAddresses;
  readonly options: SmsDeliveryOptions;
  readonly numbering: NumberingOptions;
  /** How fast serving nodes are sent to; absent: as fast as can be. */
  readonly pace?: NodePace | undefined;
}

export interface DeliveryJob {
  readonly recipient: string;
  /** SMS-DELIVER TPDUs, one at least. */
  readonly parts: readonly Uint8Array[];
  readonly firstPart: number;
  /** sm-RP-PRI: tried even where the HLR's flag says that the recipient is away (3GPP TS 23.040 §3.2.3). */
  readonly priority: boolean;
  /** Since when what is to be sent waits: the oldest goes first; absent: since now. */
  readonly sinceMs?: number;
  /** Once it has waited until then it is not sent any more; absent: it is whenever its turn comes. */
  readonly quietFromMs?: number;
  /** The first part has been handed to the network. */
  readonly onSent?: () => void;
}

export interface DeliveryOutcome {
  readonly result: DeliveryResult;
  readonly partsDelivered: number;
  readonly uncertain: boolean;
  readonly onWaitingList: boolean;
  /** The number that the HLR will alert us with, where it is another one; else empty. */
  readonly storedAs: string;
  readonly startedAtMs: number;
  readonly detail: string;
  readonly via: TryVia;
}
