/**
 * The nodes of the simulated network, each with its point code: an STP that translates global titles, the GMSC/MSC/VLR and
 * the HLR, behind a signalling gateway that Callwake's ASPs connect to.
 */
import { M3uaSgp } from '../stack/m3ua/sgp.ts';
import type { M3uaStateChange } from '../stack/m3ua/snapshot.ts';
import { Sccp } from '../stack/sccp/sccp.ts';
import type { SccpService } from '../stack/sccp/service.ts';
import type { TranslationRule } from '../stack/sccp/translation-rules.ts';
import type { SctpPort } from '../stack/sctp/port.ts';
import type { TcapService } from '../stack/tcap/service.ts';
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
  /** What stands between a node's TCAP and its SCCP, and between its users and its TCAP; default nothing. */
  readonly meddleSccp?: ((node: NodeName, sccp: SccpService, timers: Timers) => SccpService) | undefined;
  readonly meddleTcap?: ((node: NodeName, tcap: TcapService) => TcapService) | undefined;
}

export type NodeName = 'msc' | 'hlr';

/** How often the engine is asked for a sign of life. */
const HEARTBEAT_MS = 500;

export class Nodes {
  readonly sgp: M3uaSgp;
  readonly msc: TcapService;
  readonly hlr: TcapService;
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
    const { meddleSccp, meddleTcap } = options;
    const sccpOf = (name: NodeName) => {
      const sccp = node(pointCodes[name]);
      return meddleSccp?.(name, sccp, timers) ?? sccp;
    };
    this.tap = new TransactionTap(sccpOf('msc'));
    const bootEpoch = options.random.uint32() % 128;
    this.bootEpoch = bootEpoch;
    const tcapOf = (name: NodeName, number: number, sccp: SccpService): TcapService => {
      const tcap = new Tcap({ sccp, timers, counters, node: number, bootEpoch });
      return meddleTcap?.(name, tcap) ?? tcap;
    };
    this.msc = tcapOf('msc', 1, this.tap);
    this.hlr = tcapOf('hlr', 2, sccpOf('hlr'));
  }
}
