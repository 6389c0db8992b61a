/** A gsmSRF that stands alone: a call has come to it, and it asks the gsmSCF what to do. */
import { ASSISTING_SRF } from '../../gsm-scf/services/resource-services.ts';
import { AssistingCall } from '../../gsm-ssf/assisting-node.ts';
import type { Reply } from '../../gsm-ssf/call-script.ts';
import type { NodeRole, RoleFactory } from '../role.ts';
import type { Exercised } from '../tally.ts';
import { ssfPorts } from './ssf.ts';
import { waitUntil } from './wait-until.ts';

const phases = [2, 3, 4] as const;
const CALL_MS = 5000;
const REPLY: Reply = { digits: '4915190000009#', afterMs: 100, interDigitMs: 20 };

export const srfRole: RoleFactory = (environment): NodeRole => {
  const { plan, later } = environment;
  const ports = ssfPorts(environment, plan.numbers.srf[0]);

  /** The call is there until the exchange that sent it takes it back. */
  async function assist(phase: 2 | 3 | 4): Promise<void> {
    const lines: string[] = [];
    const call = { isOver: false };
    const node = new AssistingCall(ports, {
      kind: 'gsmSRF',
      phase,
      correlationId: ASSISTING_SRF,
      nextReply: () => REPLY,
      note: (line) => void lines.push(line),
      onOver: () => {
        call.isOver = true;
      },
    });
    const done = () => call.isOver || lines.some((line) => line.startsWith('gsmSRF: digits'));
    await waitUntil(later, done, CALL_MS * 2, `phase ${phase}: nothing was collected: ${lines.join(', ')}`);
    if (call.isOver) throw new Error(`phase ${phase}: ${lines.join(', ')}`);
    node.release();
  }

  const list = (operations: readonly string[], direction: Exercised['direction']) =>
    phases.flatMap((version) =>
      operations.map((operation): Exercised => ({ protocol: 'CAP', operation, version, direction })),
    );
  return {
    procedures: [
      {
        name: 'assistance',
        summary: 'a gsmSRF asks for instructions, plays announcements and collects digits',
        exercises: [
          ...list(
            ['activityTest', 'cancel', 'playAnnouncement', 'promptAndCollectUserInformation'],
            'received',
          ),
          ...list(['assistRequestInstructions', 'specializedResourceReport'], 'sent'),
        ],
        async run() {
          await Promise.all(phases.map(assist));
        },
      },
    ],
  };
};
