/** A short message under control of a gsmSCF, and what becomes of it. */
export interface SmsRequest {
  readonly direction: 'MO' | 'MT';
  readonly phase: 3 | 4;
  readonly serviceKey: number;
  readonly imsi: string;
  /** Who sends, and who is to get it: E.164. */
  readonly callingNumber: string;
  readonly destinationNumber: string;
  readonly serviceCentre: string;
  readonly defaultHandling: 'continue' | 'release';
  /** Whether the network delivers it, and when that is known. */
  readonly outcome: 'delivered' | 'failed';
  readonly afterMs: number;
}
