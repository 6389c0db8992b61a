/** The connectionless SCCP service (ITU-T Q.711 §6.2): N-UNITDATA, N-NOTICE, N-STATE, N-PCSTATE. */

/** Global title (ITU-T Q.713 §3.4.2.3). `digits` are `0-9 * # a b c f` (signals 0 … 15), without filler. */
export interface GlobalTitle {
  /** Global title indicator 1 … 4. */
  readonly gti: 1 | 2 | 3 | 4;
  /** Nature of address, GTI 1 and 4: 4 is international. */
  readonly natureOfAddress?: number;
  /** GTI 2, 3, 4. */
  readonly translationType?: number;
  /** GTI 3, 4: 1 is E.164, 6 is E.212, 7 is E.214. */
  readonly numberingPlan?: number;
  /** GTI 3, 4: only where it is neither BCD odd nor BCD even, which follow from the digits: 0 unknown, 3 national … */
  readonly encodingScheme?: number;
  readonly digits: string;
}

/** Called or calling party address (ITU-T Q.713 §3.4). */
export interface SccpAddress {
  readonly routing: 'ssn' | 'gt';
  /** Bit 8 of the address indicator, reserved for national use; absent: 0. */
  readonly national?: true;
  readonly pointCode?: number;
  readonly ssn?: number;
  readonly globalTitle?: GlobalTitle;
  /** A title whose indicator Q.713 does not have (5 … 15), as it came: it cannot be translated, but it is kept. */
  readonly spareTitle?: { readonly gti: number; readonly octets: Uint8Array };
}

/** N-UNITDATA.request and .indication. `data` of an indication is valid during the call only. */
export interface Unitdata {
  readonly called: SccpAddress;
  readonly calling: SccpAddress;
  readonly data: Uint8Array;
  /** Class 1 with this SLS: in sequence. Absent: class 0. */
  readonly sequenceControl?: number;
  /** Return on error (ITU-T Q.711 §6.2.2.2.4). */
  readonly returnOption: boolean;
  /** Importance 0 … 7, where the network has it: it is said in the message, which a UDT cannot. */
  readonly importance?: number;
  /** Importance that is not said, for what a congested way ahead takes first and last (ITU-T Q.714 §2.6); default that of the message. */
  readonly unsaidImportance?: number;
}

/** N-NOTICE.indication: what we sent came back (UDTS, XUDTS) or could not be sent. */
export interface Notice extends Unitdata {
  /** Return cause (ITU-T Q.713 §3.12): 0 no translation for such nature … 14 segmentation failure; names in `return-causes.ts`. */
  readonly returnCause: number;
}

export interface SccpUser {
  onUnitdata(unitdata: Unitdata): void;
  /** `called` is our address, `calling` that of the peer it did not reach. Never inside a call of `unitdata`. */
  onNotice(notice: Notice): void;
  /** N-STATE.indication: a subsystem at another node came into or went out of service. */
  onState?(pointCode: number, ssn: number, inService: boolean): void;
  /**
   * N-PCSTATE.indication: another node, or its SCCP, can be reached or not, or is congested (`restrictedImportance`: what is
   * less important is not sent there) or not any more.
   */
  onPointCodeState?(pointCode: number, state: PointCodeState, restrictedImportance?: number): void;
  /** N-COORD.indication: the duplicate of this subsystem wants to go out of service; true (N-COORD.response): it may. */
  onCoordinate?(pointCode: number, ssn: number): boolean;
  /** N-COORD.confirm: whether this subsystem may go out of service. */
  onCoordinated?(granted: boolean): void;
}

export type PointCodeState =
  | 'accessible'
  | 'inaccessible'
  | 'congested'
  | 'uncongested'
  | 'sccp-unavailable'
  | 'sccp-available';

export interface SccpService {
  /** N-UNITDATA.request; what cannot be sent and has the return option comes back as N-NOTICE. */
  unitdata(request: Unitdata): void;
  /** Binds the user of a local subsystem number. */
  bind(ssn: number, user: SccpUser): void;
}
