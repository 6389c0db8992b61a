/** Sees what arrives for transactions that are over on this side: TCAP itself answers it, and tells nobody. */
import type { SccpService, SccpUser, Unitdata } from '../stack/sccp/service.ts';
import { messageTags } from '../stack/tcap/tags.ts';
import { TransactionPortion } from '../stack/tcap/transaction-portion.ts';

/** Transactions waited for; beyond it the oldest is not waited for any more. */
const WATCHED_MAX = 10_000;

export class TransactionTap implements SccpService {
  readonly #sccp: SccpService;
  readonly #portion = new TransactionPortion();
  readonly #watched = new Map<number, (message: 'continue' | 'end') => void>();

  constructor(sccp: SccpService) {
    this.#sccp = sccp;
  }

  /** `met` is called when a message arrives that continues or ends the transaction. */
  watch(transactionId: number, met: (message: 'continue' | 'end') => void): void {
    if (this.#watched.size >= WATCHED_MAX) {
      for (const oldest of this.#watched.keys()) {
        this.#watched.delete(oldest);
        break;
      }
    }
    this.#watched.set(transactionId, met);
  }

  bind(ssn: number, user: SccpUser): void {
    this.#sccp.bind(ssn, {
      onUnitdata: (unitdata) => {
        if (this.#watched.size > 0) this.#look(unitdata);
        user.onUnitdata(unitdata);
      },
      onNotice: (notice) => user.onNotice(notice),
      onState: (pointCode, subsystem, inService) => user.onState?.(pointCode, subsystem, inService),
      onPointCodeState: (pointCode, state) => user.onPointCodeState?.(pointCode, state),
    });
  }

  unitdata(request: Unitdata): void {
    this.#sccp.unitdata(request);
  }

  #look({ data }: Unitdata): void {
    const portion = this.#portion;
    if (!portion.read(data)) return;
    const { messageType, destinationId } = portion;
    if (messageType !== messageTags.continue && messageType !== messageTags.end) return;
    const met = this.#watched.get(destinationId);
    this.#watched.delete(destinationId);
    met?.(messageType === messageTags.end ? 'end' : 'continue');
  }
}
