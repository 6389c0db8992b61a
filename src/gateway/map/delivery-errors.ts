/** What MAP errors mean for a delivery (3GPP TS 29.002 §17.6.6; 3GPP TS 23.040 §3.3). */

export type DeliveryErrorEvent = 'absent' | 'memory-full' | 'passing-failure' | 'lasting-failure';

interface DeliveryError {
  readonly event: DeliveryErrorEvent;
  readonly name: string;
}

// biome-ignore format: a row a line
const errors: ReadonlyMap<number, DeliveryError> = new Map([
  [1,  { event: 'lasting-failure', name: 'unknownSubscriber' }],
  [5,  { event: 'absent',          name: 'unidentifiedSubscriber' }], // the node has forgotten the subscriber: the next update brings an alert
  [6,  { event: 'absent',          name: 'absentSubscriberSM' }],
  [9,  { event: 'lasting-failure', name: 'illegalSubscriber' }],
  [11, { event: 'lasting-failure', name: 'teleserviceNotProvisioned' }],
  [12, { event: 'lasting-failure', name: 'illegalEquipment' }],
  [13, { event: 'lasting-failure', name: 'callBarred' }],
  [21, { event: 'passing-failure', name: 'facilityNotSupported' }],
  [27, { event: 'absent',          name: 'absentSubscriber' }],
  [31, { event: 'passing-failure', name: 'subscriberBusyForMT-SMS' }],
  [32, { event: 'lasting-failure', name: 'sm-DeliveryFailure' }],
  [34, { event: 'passing-failure', name: 'systemFailure' }],
  [35, { event: 'lasting-failure', name: 'dataMissing' }],
  [36, { event: 'lasting-failure', name: 'unexpectedDataValue' }],
] as const);

export function errorEvents(code: number): DeliveryError {
  return errors.get(code) ?? { event: 'passing-failure', name: `error ${code}` };
}
