/** What `callwake node` does: the nodes, until what they play is over or they are told to stop, and then the report. */
import { stopSignal } from '../adapters/engine/stop-signal.ts';
import { createLog } from '../adapters/log/pino-log.ts';
import { buildNode, type NodeHost } from '../adapters/simulator/node-host.ts';
import { defaultNumbers, type NodePlan } from '../simulator/node/plan.ts';
import { roles } from '../simulator/node/roles.ts';
import type { NodeReport } from '../simulator/node/tally.ts';
import { pointCodeText } from '../simulator/plan.ts';
import { CountersMap } from '../types/counters.ts';
import { EXIT } from './exit-codes.ts';
import type { NodeCommandOptions } from './node.ts';
import { pointCodeOption } from './point-code.ts';
import type { Terminal } from './program.ts';

/** Who listens and who connects, where nothing else is said. */
const LISTENS_AT = pointCodeOption('2-100-1');
const CONNECTS_FROM = pointCodeOption('2-100-2');

export async function runNode(options: NodeCommandOptions, terminal: Terminal): Promise<number> {
  const say = (text: string) => terminal.error(`callwake node: ${text}\n`);
  const plan = planOf(options);
  const host = buildNode({
    plan,
    roles,
    transport: options.transport,
    seed: options.seed,
    captureFile: options.capture,
    counters: new CountersMap(),
    log: createLog({ level: 'warn' }),
    onProgress: say,
  });
  const { node } = host;
  const unknown = plan.play.filter((name) => name !== 'all' && !node.procedures.includes(name));
  if (unknown.length > 0) {
    say(
      `--play: ${unknown.join(', ')}: not among what ${plan.roles.join(', ')} can play: ${node.procedures.join(', ')}`,
    );
    await host.stop();
    return EXIT.usage;
  }
  const stopped = stopSignal();
  const port = await host.start();
  const { attachment, pointCode, peerPointCode, routingContext } = plan;
  const where =
    attachment.as === 'sgp'
      ? `listening on ${attachment.listen.host}:${port}`
      : `connecting to ${attachment.connect.host}:${attachment.connect.port}`;
  say(
    `${where} (${options.transport}): ${plan.roles.join(', ')} at ${pointCodeText(pointCode)}, peer ${pointCodeText(peerPointCode)}, routing context ${routingContext}`,
  );
  await Promise.race([stopped, played(host, plan)]);
  await host.stop();
  const report = node.report();
  if (options.report === 'text') terminal.out(textOf(report));
  if (options.report === 'json') terminal.out(`${JSON.stringify(report)}\n`);
  return report.ok ? EXIT.ok : EXIT.failed;
}

/** Never for a process that only answers. */
async function played({ node }: NodeHost, plan: NodePlan): Promise<void> {
  if (plan.play.length === 0) return new Promise(() => undefined);
  await node.play();
  await node.quiet();
}

function planOf(options: NodeCommandOptions): NodePlan {
  const { listen, connect } = options;
  const [own, peers] = listen === undefined ? [CONNECTS_FROM, LISTENS_AT] : [LISTENS_AT, CONNECTS_FROM];
  return {
    roles: options.role,
    pointCode: options.pointCode ?? own,
    peerPointCode: options.peerPointCode ?? peers,
    networkIndicator: options.networkIndicator,
    routingContext: options.routingContext,
    attachment: listen === undefined ? { as: 'asp', connect: connect! } : { as: 'sgp', listen },
    numbers: defaultNumbers,
    mapVersionMax: options.mapVersion as NodePlan['mapVersionMax'],
    play: options.play ?? [],
  };
}

function textOf({ operations, procedures, notExercised }: NodeReport): string {
  const rows = operations.map(
    ({ protocol, operation, version, direction, succeeded, failed, errors, reasons }) => {
      const name = `${protocol} ${operation}${version === 0 ? '' : ` v${version}`}`;
      const why = Object.entries({ ...errors, ...reasons }).map(([reason, count]) => `${reason} ${count}`);
      return `${name.padEnd(42)} ${direction.padEnd(9)} ${succeeded} well, ${failed} failed  ${why.join(', ')}`.trimEnd();
    },
  );
  for (const { role, procedure, outcome, why } of procedures)
    rows.push(`${role}: ${procedure} ${outcome}${why === undefined ? '' : `: ${why}`}`);
  for (const text of notExercised) rows.push(`not exercised: ${text}`);
  return rows.map((row) => `${row}\n`).join('');
}
