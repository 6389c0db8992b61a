/** Roles that share a subsystem number are told apart by the global title that a dialogue is addressed to. */
import type {
  ConnectionlessIndication,
  Dialogue,
  DialogueAcceptor,
  DialoguePortion,
  DialogueUser,
  TcapService,
} from '../../stack/tcap/service.ts';

export class Subsystems {
  readonly #tcap: TcapService;
  readonly #bySsn = new Map<number, SharedSubsystem>();

  constructor(tcap: TcapService) {
    this.#tcap = tcap;
  }

  accept(ssn: number, numbers: readonly string[], acceptor: DialogueAcceptor): void {
    let shared = this.#bySsn.get(ssn);
    if (shared === undefined) {
      shared = new SharedSubsystem(acceptor);
      this.#bySsn.set(ssn, shared);
      this.#tcap.accept(ssn, shared);
    }
    for (const number of numbers) shared.byNumber.set(number, acceptor);
  }
}

class SharedSubsystem implements DialogueAcceptor {
  readonly byNumber = new Map<string, DialogueAcceptor>();
  /** Takes what is addressed by subsystem number alone. */
  readonly #first: DialogueAcceptor;

  constructor(first: DialogueAcceptor) {
    this.#first = first;
  }

  onBegin(dialogue: Dialogue, portion: DialoguePortion): DialogueUser | 'refuse-context' {
    return this.#of(dialogue.localAddress.globalTitle?.digits).onBegin(dialogue, portion);
  }

  onUnidirectional(unidirectional: ConnectionlessIndication): void {
    this.#of(unidirectional.localAddress.globalTitle?.digits).onUnidirectional?.(unidirectional);
  }

  #of(digits: string | undefined): DialogueAcceptor {
    return (digits === undefined ? undefined : this.byNumber.get(digits)) ?? this.#first;
  }
}
