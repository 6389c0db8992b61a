/** What is known of the exchange at the other end of the circuits: its user part (ITU-T Q.764 §2.13) and the way to it (§2.14). */
import { Fsm, type FsmTable } from '../../types/fsm.ts';

export type DestinationState = 'available' | 'user part unavailable' | 'inaccessible';
export type DestinationEvent =
  | 'MTP-STATUS user part'
  | 'MTP-PAUSE'
  | 'MTP-RESUME'
  /** Any ISUP message, UPA among them. */
  | 'message received'
  | 'T4 expiry';
/** `unequipped`: the other end has no such user part at all, so that asking for it again is of no use. */
export type DestinationGuard = 'unequipped';
export type DestinationAction = 'send UPT' | 'start T4' | 'stop T4' | 'AVAILABLE.ind' | 'UNAVAILABLE.ind';

export const destinationTable: FsmTable<
  DestinationState,
  DestinationEvent,
  DestinationGuard,
  DestinationAction
> = {
  name: 'isup-destination',
  source: 'ITU-T Q.764 §2.13, §2.14',
  states: ['available', 'user part unavailable', 'inaccessible'],
  initial: 'available',
  // biome-ignore format: a row a line
  rows: [
    ['available',             'MTP-STATUS user part', 'unequipped', ['UNAVAILABLE.ind'],                         'user part unavailable', 'ITU-T Q.764 §2.13.2'],
    ['available',             'MTP-STATUS user part', null,         ['send UPT', 'start T4', 'UNAVAILABLE.ind'], 'user part unavailable', 'ITU-T Q.764 §2.13.2'],
    ['available',             'MTP-PAUSE',            null,         ['UNAVAILABLE.ind'],                         'inaccessible',          'ITU-T Q.764 §2.14'],
    ['user part unavailable', 'message received',     null,         ['stop T4', 'AVAILABLE.ind'],                'available',             'ITU-T Q.764 §2.13.2'],
    ['user part unavailable', 'T4 expiry',            null,         ['send UPT', 'start T4'],                    'user part unavailable', 'ITU-T Q.764 §2.13.2'],
    ['user part unavailable', 'MTP-PAUSE',            null,         ['stop T4'],                                 'inaccessible',          'ITU-T Q.764 §2.14'],
    ['inaccessible',          'MTP-RESUME',           null,         ['AVAILABLE.ind'],                           'available',             'ITU-T Q.764 §2.14'],
    ['inaccessible',          'message received',     null,         ['AVAILABLE.ind'],                           'available',             'ITU-T Q.764 §2.14'],
  ],
};

export const destinationFsm = new Fsm(destinationTable);
