/** The gsmSCF: conducts the calls and short messages that gsmSSFs tell of, and makes calls of its own. */
import { scfCallContext } from '../../../stack/cap/service/contexts.ts';
import { GsmScf } from '../../gsm-scf/gsm-scf.ts';
import { scriptFor } from '../../gsm-scf/service-table.ts';
import { callback } from '../../gsm-scf/services/leg-services.ts';
import type { NodeRole, RoleFactory } from '../role.ts';
import { CAP_SSN, capAddress } from './addresses.ts';
import { tallyOutcome } from './outcomes.ts';
import { waitUntil } from './wait-until.ts';

const PARTIES = ['4915190000001', '4915190000002'] as const;
const CALLBACK_MS = 30_000;
const asked = [
  'applyCharging',
  'continueWithArgument',
  'initiateCallAttempt',
  'moveLeg',
  'releaseCall',
  'requestReportBCSMEvent',
] as const;

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
    get underWay() {
      return scf.openSessions;
    },
    procedures: [
      {
        name: 'callback',
        summary: 'the gsmSCF calls two parties and connects them',
        exercises: asked.map((operation) => ({ protocol: 'CAP', operation, version: 4, direction: 'sent' })),
        async run() {
          const session = scf.open(
            scfCallContext,
            callback(...PARTIES),
            capAddress(plan.numbers.scf[0]),
            capAddress(plan.numbers.ssf[0]),
          );
          if (session === undefined) throw new Error('no dialogue is free');
          await waitUntil(later, () => session.isDone, CALLBACK_MS, 'the call is not over');
          if (session.failure !== undefined) throw new Error(session.failure);
        },
      },
    ],
  };
};
