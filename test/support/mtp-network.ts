import type { MtpService, MtpTransfer, MtpUser } from '../../src/stack/m3ua/mtp.ts';

/** An MTP3 network of point codes in memory: what is sent waits until `run`, can be lost, and is kept to be looked at. */
export class MtpNetwork {
  readonly sent: MtpTransfer[] = [];
  readonly #nodes = new Map<number, Map<number, MtpUser>>();
  readonly #underWay: MtpTransfer[] = [];
  /** What it says true to is lost. */
  loses: (transfer: MtpTransfer) => boolean = () => false;
  /** Takes nothing more: `transfer` returns false. */
  refuses = false;

  node(pointCode: number): MtpService {
    const users = new Map<number, MtpUser>();
    this.#nodes.set(pointCode, users);
    return {
      bind: (si, user) => void users.set(si, user),
      transfer: (request) => {
        if (this.refuses) return false;
        const transfer = { ...request, data: request.data.slice() };
        this.sent.push(transfer);
        this.#underWay.push(transfer);
        return true;
      },
    };
  }

  /** Delivers everything, also what is sent meanwhile. */
  run(): void {
    for (let transfer = this.#underWay.shift(); transfer !== undefined; transfer = this.#underWay.shift()) {
      if (this.loses(transfer)) continue;
      const octets = transfer.data.slice();
      this.#nodes
        .get(transfer.dpc)
        ?.get(transfer.si)
        ?.onTransfer({ ...transfer, data: octets });
      // Indications are valid during the call only: who kept a view of them sees it.
      octets.fill(0xee);
    }
  }

  user(pointCode: number): MtpUser {
    return this.#nodes.get(pointCode)!.get(3)!;
  }

  take(): MtpTransfer[] {
    return this.sent.splice(0);
  }
}
