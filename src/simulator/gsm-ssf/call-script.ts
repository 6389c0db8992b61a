/** How the parties of a simulated call behave, and what the exchange writes down of a call. */

export type CalledScript =
  /** The called party disconnects after `talksMs`; absent: it stays. */
  | { readonly kind: 'answers'; readonly ringsMs: number; readonly talksMs?: number }
  | { readonly kind: 'busy'; readonly afterMs: number; readonly cause?: number }
  /** The network gives up ringing after this time, if the gsmSCF has not asked for less. */
  | { readonly kind: 'no-answer'; readonly ringsMs: number }
  | { readonly kind: 'route-failure'; readonly afterMs: number; readonly cause?: number };

/** What the caller says to one prompt. */
export interface Reply {
  /** 0 to 9, *, #. */
  readonly digits: string;
  readonly afterMs?: number;
  readonly interDigitMs?: number;
}

/** What happens while the call is active. */
export interface CallIncident {
  readonly afterMs: number;
  readonly leg: number;
  readonly event: 'mid-call digits' | 'position changed' | 'service changed';
  readonly digits?: string;
}

export interface CallerScript {
  /** Hangs up this long after the call attempt, unless it was answered. */
  readonly patienceMs?: number;
  /** Disconnects this long after the answer. */
  readonly talksMs?: number;
  /** One for each prompt; nothing is said to further ones. */
  readonly replies?: readonly Reply[];
  readonly incidents?: readonly CallIncident[];
  /** Digits that it dials when more are asked for. */
  readonly moreDigits?: string;
}

export interface CallRequest {
  readonly bcsm: 'O' | 'T';
  readonly phase: 1 | 2 | 3 | 4;
  readonly serviceKey: number;
  readonly trigger: 'collectedInfo' | 'analyzedInformation' | 'termAttemptAuthorized';
  readonly callingNumber: string;
  readonly calledNumber: string;
  readonly imsi: string;
  /** What becomes of the call when its control is lost: 3GPP TS 23.078 §4.3.1.4, default call handling. */
  readonly defaultHandling: 'continue' | 'release';
  readonly caller?: CallerScript;
}

/** Where a temporary connection leads. */
export type AssistingNode = 'gsmSSF' | 'gsmSRF' | 'nowhere';

/** The network around the gsmSSF. */
export interface SimulatedParties {
  called(number: string): CalledScript;
  assisting(number: string): AssistingNode;
}

/** What became of a call, line by line, in the order of its events. */
export class CallRecord {
  readonly lines: string[] = [];
  /** The furnished data by leg: 3GPP TS 29.078 §11.19. */
  readonly freeFormat = new Map<number, Uint8Array>();

  note(line: string): void {
    this.lines.push(line);
  }
}
