/** An SCCP that loses some of what passes one subsystem, as connectionless class 0 may (ITU-T Q.711 §6.2). */
import type { SccpService, SccpUser, Unitdata } from '../../src/stack/sccp/service.ts';

export class LossySccp implements SccpService {
  readonly #sccp: SccpService;
  readonly #ssn: number;
  readonly #loses: () => boolean;

  constructor(sccp: SccpService, ssn: number, loses: () => boolean) {
    this.#sccp = sccp;
    this.#ssn = ssn;
    this.#loses = loses;
  }

  unitdata(request: Unitdata): void {
    if (request.calling.ssn === this.#ssn && this.#loses()) return;
    this.#sccp.unitdata(request);
  }

  bind(ssn: number, user: SccpUser): void {
    if (ssn !== this.#ssn) return this.#sccp.bind(ssn, user);
    this.#sccp.bind(ssn, {
      onUnitdata: (unitdata) => {
        if (!this.#loses()) user.onUnitdata(unitdata);
      },
      onNotice: (notice) => user.onNotice(notice),
      onState: (pointCode, subsystem, inService) => user.onState?.(pointCode, subsystem, inService),
      onPointCodeState: (pointCode, state) => user.onPointCodeState?.(pointCode, state),
    });
  }
}
