/** Dialogues that a node of the network began, and whether each was answered while its timer ran. */
import { SSN } from '../../src/simulator/addresses.ts';
import type { NetworkTimes } from '../../src/simulator/plan.ts';
import type {
  Dialogue,
  DialogueAcceptor,
  DialogueUser,
  OpenRequest,
  TcapService,
} from '../../src/stack/tcap/service.ts';
import type { Disturbances } from './disturbances.ts';

interface Asked {
  readonly what: string;
  /** A report in a call: only one that interrupts it has an answer. */
  readonly isReport: boolean;
  readonly atMs: number;
  readonly untilMs: number;
}

/** What the VLR waits for noteMM-Event's result (3GPP TS 29.002 §17.1.2: m). */
const NOTE_MS = 30_000;

export class PeerWatch {
  readonly #now: () => number;
  readonly #times: NetworkTimes;
  readonly #disturbances: Disturbances;
  readonly #asked = new Map<Dialogue, Asked>();
  /** In words; the first few. */
  readonly unanswered: string[] = [];
  answered = 0;

  constructor(now: () => number, times: NetworkTimes, disturbances: Disturbances) {
    this.#now = now;
    this.#times = times;
    this.#disturbances = disturbances;
  }

  watch(tcap: TcapService): TcapService {
    return {
      get openDialogues() {
        return tcap.openDialogues;
      },
      accept: (ssn: number, acceptor: DialogueAcceptor) => tcap.accept(ssn, acceptor),
      unidirectional: (request) => tcap.unidirectional(request),
      open: (request: OpenRequest) => this.#open(tcap, request),
    };
  }

  /** To be asked when nothing is under way any more: what nobody has answered by now nobody will. */
  close(): void {
    for (const [dialogue, { isReport }] of [...this.#asked]) if (!isReport) this.#over(dialogue);
  }

  #open(tcap: TcapService, request: OpenRequest): Dialogue | null {
    const { user } = request;
    const answered = (dialogue: Dialogue) => {
      if (this.#asked.delete(dialogue)) this.answered++;
    };
    const watched: DialogueUser = {
      onComponent: (dialogue, component) => {
        answered(dialogue);
        user.onComponent(dialogue, component);
      },
      onDelimiter: (dialogue, message, portion) => {
        answered(dialogue);
        user.onDelimiter(dialogue, message, portion);
      },
      onInvokeTimeout: (dialogue, invokeId) => user.onInvokeTimeout(dialogue, invokeId),
      onAbort: (dialogue, abort) => {
        answered(dialogue);
        user.onAbort(dialogue, abort);
      },
      onNotice: (dialogue, returnCause) => user.onNotice?.(dialogue, returnCause),
    };
    const dialogue = tcap.open({ ...request, user: watched });
    if (dialogue === null) return null;
    const { ssn } = request.remoteAddress;
    const limitMs =
      ssn === SSN.cap ? this.#times.ssfMs : ssn === SSN.gsmScf ? NOTE_MS : this.#times.alertRepeatMs;
    const ask = (isReport: boolean) => {
      const atMs = this.#now();
      this.#asked.set(dialogue, { what: `subsystem ${ssn}`, isReport, atMs, untilMs: atMs + limitMs });
    };
    const begin = dialogue.begin.bind(dialogue);
    dialogue.begin = (userInformation) => {
      ask(false);
      begin(userInformation);
    };
    const abort = dialogue.abort.bind(dialogue);
    dialogue.abort = (options) => {
      this.#over(dialogue);
      abort(options);
    };
    const end = dialogue.end.bind(dialogue);
    dialogue.end = (...how) => {
      this.#asked.delete(dialogue);
      end(...how);
    };
    if (ssn === SSN.cap) {
      // In a call what is continued with a report that interrupts it waits for an instruction.
      const goOn = dialogue.continue.bind(dialogue);
      dialogue.continue = (portion) => {
        ask(true);
        goOn(portion);
      };
    }
    return dialogue;
  }

  /** The peer has given it up, or the run is over. */
  #over(dialogue: Dialogue): void {
    const asked = this.#asked.get(dialogue);
    if (asked === undefined) return;
    this.#asked.delete(dialogue);
    const { what, atMs, untilMs } = asked;
    if (this.#now() < untilMs || this.#disturbances.between(atMs, untilMs)) return;
    if (this.unanswered.length < 10) this.unanswered.push(`${what}, begun at ${atMs} ms`);
  }
}
