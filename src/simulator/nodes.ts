/**
 * The nodes of the simulated network, each with its point code: an STP that translates global titles, the GMSC/MSC/VLR and
 * the HLR, behind a signalling gateway that Callwake's ASPs connect to.
 */
import { M3uaSgp } from '../stack/m3ua/sgp.ts';
import type { M3uaStateChange } from '../stack/m3ua/snapshot.ts';
import { Sccp } from '../stack/sccp/sccp.ts';
import type { TranslationRule } from '../stack/sccp/translation-rules.ts';
import type { SctpPort } from '../stack/sctp/port.ts';
import { Tcap } from '../stack/tcap/tcap.ts';
import type { Counters } from '../types/counters.ts';
import type { Log } from '../types/log.ts';
import type { Random } from '../types/random.ts';
import type { Timers } from '../types/timers.ts';
import type { NetworkPlan } from './plan.ts';
import { TransactionTap } from './transaction-tap.ts';

export interface NodesOptions {
  readonly plan: NetworkPlan;
  readonly sctp: SctpPort;
  readonly timers: Timers;
  readonly random: Random;
  readonly counters: Counters;
  readonly log: Log;
  readonly onStateChange: (change: M3uaStateChange) => void;
}

/** How often the engine is asked for a sign of life. */
const HEARTBEAT_MS = 500;

export class Nodes {
  readonly sgp: M3uaSgp;
  readonly msc: Tcap;
  readonly hlr: Tcap;
  /** What comes to the MSC's node. */
  readonly tap: TransactionTap;
  /** 0 … 127, another one at each start. */
  readonly bootEpoch: number;

  constructor(options: NodesOptions) {
    const { plan, timers, counters } = options;
    const { pointCodes, numbers, networkIndicator, routingContext, trafficMode, listen } = plan;
    this.sgp = new M3uaSgp({
      ...options,
      config: {
        listen,
        localPointCodes: [pointCodes.stp, pointCodes.msc, pointCodes.hlr],
        applicationServers: [
          {
            name: 'callwake',
            pointCodes: [pointCodes.callwake],
            routingContext,
            trafficMode,
          },
        ],
        times: { heartbeatMs: HEARTBEAT_MS, heartbeatMissesMax: 6 },
      },
    });
    const places: readonly (readonly [digits: string, pointCode: number])[] = [
      [`${numbers.subscriberPrefix}*`, pointCodes.hlr],
      [numbers.hlr, pointCodes.hlr],
      [numbers.msc, pointCodes.msc],
      ...[...new Set([numbers.serviceCentre, numbers.gsmScf])].map(
        (digits) => [digits, pointCodes.callwake] as const,
      ),
    ];
    const node = (pointCode: number) =>
      new Sccp({
        ...options,
        mtp: this.sgp.service(pointCode),
        config: {
          pointCode,
          networkIndicator,
          translation: places.map(
            ([digits, place]): TranslationRule => ({
              digits,
              // The end node is reached by its subsystem number; Callwake translates its own title.
              targets: [
                place === pointCode
                  ? { routing: 'ssn' }
                  : { pointCode: place, routing: place === pointCodes.callwake ? 'gt' : 'ssn' },
              ],
            }),
          ),
        },
      });
    node(pointCodes.stp);
    this.tap = new TransactionTap(node(pointCodes.msc));
    const bootEpoch = options.random.uint32() % 128;
    this.bootEpoch = bootEpoch;
    this.msc = new Tcap({ sccp: this.tap, timers, counters, node: 1, bootEpoch });
    this.hlr = new Tcap({ sccp: node(pointCodes.hlr), timers, counters, node: 2, bootEpoch });
  }
}
