/** The gsmSCF: conducts the calls and short messages that gsmSSFs tell of, and makes calls of its own through them. */
import { GsmScf } from '../../gsm-scf/gsm-scf.ts';
import { scriptFor } from '../../gsm-scf/service-table.ts';
import type { NodeRole, RoleFactory } from '../role.ts';
import { CAP_SSN } from './addresses.ts';
import { tallyOutcome } from './outcomes.ts';

export const scfRole: RoleFactory = (environment): NodeRole => {
  const { plan, tcap, later, counters, tally, accept } = environment;
  const scf = new GsmScf(
    {
      tcap,
      later,
      counters,
      onOutcome: ({ phase }, direction, operation, wrong) =>
        tallyOutcome(tally, phase, direction, operation, wrong),
      onFailure: (why) => tally.procedure({ role: 'scf', procedure: 'service', outcome: 'failed', why }),
    },
    scriptFor,
  );
  accept(CAP_SSN, plan.numbers.scf, scf);
  return {
    procedures: [],
    get underWay() {
      return scf.openSessions;
    },
  };
};
