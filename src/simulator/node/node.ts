/**
 * One or several nodes of a network in one signalling point: M3UA as SGP or ASP, SCCP, TCAP, and the roles above them, which
 * answer their peers and play the procedures that they are told to. Pure: time, timers, randomness and SCTP come from the host.
 */
import { M3uaAsp } from '../../stack/m3ua/asp.ts';
import type { MtpService } from '../../stack/m3ua/mtp.ts';
import { M3uaSgp } from '../../stack/m3ua/sgp.ts';
import type { M3uaStateChange } from '../../stack/m3ua/snapshot.ts';
import { Sccp } from '../../stack/sccp/sccp.ts';
import type { TranslationRule } from '../../stack/sccp/translation-rules.ts';
import type { SctpPort } from '../../stack/sctp/port.ts';
import { Tcap } from '../../stack/tcap/tcap.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { Random } from '../../types/random.ts';
import type { Timers } from '../../types/timers.ts';
import { Chance } from '../chance.ts';
import { Later } from '../later.ts';
import type { NodePlan, RoleName } from './plan.ts';
import type { NodeRole, Procedure, RoleFactory } from './role.ts';
import { Subsystems } from './subsystems.ts';
import { type NodeReport, Tally } from './tally.ts';

export interface NodeOptions {
  readonly plan: NodePlan;
  readonly roles: Readonly<Partial<Record<RoleName, RoleFactory>>>;
  readonly sctp: SctpPort;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly counters: Counters;
  readonly log: Log;
  readonly onProgress?: (text: string) => void;
}

const HEARTBEAT_MS = 1000;
const RECONNECT_MS = 200;
/** From the active AS to the first procedure: the peer has to see it active, too. */
const WARM_UP_MS = 200;
/** What is played is over when the peer has opened no dialogue for so long, and none is open. */
const QUIET_MS = 1000;
const LOOK_MS = 100;

export class SimulatedNode {
  readonly tally = new Tally();
  readonly #options: NodeOptions;
  readonly #later: Later;
  readonly #mtp: Mtp;
  readonly #tcap: Tcap;
  readonly #roles: ReadonlyMap<RoleName, NodeRole>;
  readonly #played: Procedure[] = [];
  #active = false;
  #busyAtMs = 0;
  #stopped = false;

  constructor(options: NodeOptions) {
    this.#options = options;
    const { plan, timers, counters, random } = options;
    this.#later = new Later(timers);
    this.#mtp = new Mtp(options, (active) => {
      this.#active = active;
    });
    const sccp = new Sccp({
      ...options,
      mtp: this.#mtp.service,
      config: {
        pointCode: plan.pointCode,
        networkIndicator: plan.networkIndicator,
        translation: translationOf(plan),
      },
    });
    const bootEpoch = random.uint32() % 128;
    this.#tcap = new Tcap({ sccp, timers, counters, node: plan.attachment.as === 'sgp' ? 1 : 2, bootEpoch });
    const subsystems = new Subsystems(this.#tcap);
    const environment = {
      ...options,
      mtp: this.#mtp.service,
      sccp,
      tcap: this.#tcap,
      later: this.#later,
      chance: new Chance(random),
      tally: this.tally,
      accept: subsystems.accept.bind(subsystems),
    };
    this.#roles = new Map(plan.roles.map((name) => [name, options.roles[name]!(environment)]));
  }

  /** The names of all that the roles here can play. */
  get procedures(): readonly string[] {
    return [
      ...new Set([...this.#roles.values()].flatMap(({ procedures }) => procedures.map(({ name }) => name))),
    ];
  }

  /** The port in use when it listens, else 0. */
  start(): Promise<number> {
    return this.#mtp.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#mtp.stop();
  }

  /** Plays what the plan says, one after the other, once the peer is there; resolves when it is over, whatever came of it. */
  async play(): Promise<void> {
    const { plan, onProgress = () => undefined } = this.#options;
    while (!this.#active) if (!(await this.#look())) return;
    await this.#after(WARM_UP_MS);
    const all = plan.play.includes('all');
    for (const [role, { procedures }] of this.#roles)
      for (const procedure of procedures) {
        if (this.#stopped) return;
        if (!all && !plan.play.includes(procedure.name)) continue;
        this.#played.push(procedure);
        try {
          await procedure.run();
          this.tally.procedure({ role, procedure: procedure.name, outcome: 'succeeded' });
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error);
          this.tally.procedure({ role, procedure: procedure.name, outcome: 'failed', why });
          onProgress(`${role}: ${procedure.name} failed: ${why}`);
        }
      }
    onProgress(`played ${this.#played.length} procedures`);
  }

  /** Resolves when nothing has been going on for a while, or the peer has gone. */
  async quiet(): Promise<void> {
    const { timers } = this.#options;
    this.#busyAtMs = timers.now();
    let received = this.#mtp.transfers;
    while (this.#active && timers.now() - this.#busyAtMs < QUIET_MS) {
      if (!(await this.#look())) return;
      const now = this.#mtp.transfers;
      const underWay = [...this.#roles.values()].some((role) => (role.underWay ?? 0) > 0);
      if (now !== received || underWay || this.#tcap.openDialogues > 0) this.#busyAtMs = timers.now();
      received = now;
    }
  }

  report(): NodeReport {
    const { roles } = this.#options.plan;
    return this.tally.report(
      roles,
      this.#played.flatMap(({ exercises }) => exercises),
    );
  }

  /** False when it is stopped. */
  async #look(): Promise<boolean> {
    await this.#after(LOOK_MS);
    return !this.#stopped;
  }

  #after(ms: number): Promise<void> {
    return new Promise((resolve) => this.#later.after(ms, resolve));
  }
}

/** M3UA in either role. */
class Mtp {
  readonly service: MtpService;
  readonly start: () => Promise<number>;
  readonly stop: () => Promise<void>;
  /** Messages for the users of MTP so far. */
  transfers = 0;

  constructor(options: NodeOptions, onActive: (active: boolean) => void) {
    const { plan } = options;
    const { pointCode, peerPointCode, routingContext, attachment } = plan;
    const times = { heartbeatMs: HEARTBEAT_MS, reconnectMinMs: RECONNECT_MS };
    if (attachment.as === 'sgp') {
      const sgp = new M3uaSgp({
        ...options,
        config: {
          listen: attachment.listen,
          localPointCodes: [pointCode],
          applicationServers: [
            { name: 'peer', pointCodes: [peerPointCode], routingContext, trafficMode: 'override' },
          ],
          times,
        },
        onStateChange: ({ kind, to }: M3uaStateChange) => {
          if (kind === 'as') onActive(to === 'AS-ACTIVE');
        },
      });
      this.service = this.#counting(sgp.service(pointCode));
      this.start = () => sgp.start();
      this.stop = () => sgp.stop();
      return;
    }
    const asp: M3uaAsp = new M3uaAsp({
      ...options,
      config: {
        applicationServers: [{ name: 'own', pointCodes: [pointCode], routingContext }],
        peers: [{ name: 'peer', signallingGateway: 'peer', connect: attachment.connect }],
        routes: [{ destination: 'default', via: [{ signallingGateway: 'peer', priority: 0 }] }],
        times,
      },
      onStateChange: () => onActive(asp.isActive),
    });
    this.service = this.#counting(asp);
    this.start = () => {
      asp.start();
      return Promise.resolve(0);
    };
    this.stop = () => new Promise((resolve) => asp.stop(resolve));
  }

  #counting(service: MtpService): MtpService {
    return {
      transfer: (request) => service.transfer(request),
      bind: (si, user) =>
        service.bind(si, {
          onTransfer: (transfer) => {
            this.transfers++;
            user.onTransfer(transfer);
          },
          onPause: (pointCode) => user.onPause(pointCode),
          onResume: (pointCode) => user.onResume(pointCode),
          onStatus: (pointCode, cause, level) => user.onStatus(pointCode, cause, level),
        }),
    };
  }
}

/**
 * Nodes of one process talk to those of its peer, never to one another: both may have all of them. The peer knows its own by
 * their subsystem numbers.
 */
function translationOf({ peerPointCode }: NodePlan): TranslationRule[] {
  return [{ digits: '*', targets: [{ pointCode: peerPointCode, routing: 'ssn' }] }];
}
