/** A whole engine in this thread, over its SCCP and TCAP, without sockets, with a network that shares the thread. */
import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import { defaultNetworkPlan } from '../../loadtest/plan.ts';
import { machineClock } from '../../src/adapters/clock.ts';
import { serviceOptions } from '../../src/adapters/engine/engine-options.ts';
import { originatingAddressOf } from '../../src/adapters/engine/texts.ts';
import { builtInTemplateFile, loadTemplateFiles } from '../../src/adapters/notifier/template-files.ts';
import { loadConfig } from '../../src/config/load.ts';
import { sccpConfigOf } from '../../src/config/sccp.ts';
import { SingleThreadEngine } from '../../src/engine/single-thread.ts';
import { Zones } from '../../src/notice/zones.ts';
import { decodeData, writeData } from '../../src/stack/m3ua/data.ts';
import type { MtpUser } from '../../src/stack/m3ua/mtp.ts';
import { Sccp } from '../../src/stack/sccp/sccp.ts';
import { Tcap } from '../../src/stack/tcap/tcap.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import type { Store } from '../../src/types/ports/store.ts';
import { SeededRandom } from '../../src/types/random.ts';
import { TimingWheel } from '../../src/types/timing-wheel.ts';
import { FarSide, type FarSideOptions } from './far-side.ts';

export interface BenchEngineOptions extends Omit<FarSideOptions, 'deliver'> {
  /** Default 1. */
  readonly shards?: number;
  /** @param wake to be called when a commit has ended */
  readonly openStore: (wake: () => void, shard: number) => Store;
}

export class BenchEngine {
  readonly far: FarSide;
  readonly counters = new CountersMap();
  readonly #engine: SingleThreadEngine;
  readonly #wheel = new TimingWheel({ startMs: machineClock.monotonic(), capacity: 65_536 });
  readonly #stores: Store[] = [];
  #wake: (() => void) | undefined;
  /** Spent in the network's part of the thread. */
  #farMs = 0;

  constructor(options: BenchEngineOptions) {
    const { enginePointCode, peerPointCode, engineNumber, routingContext } = defaultNetworkPlan;
    const loaded = loadConfig(
      stringify({
        node: { dataDirectory: '/nowhere' },
        signalling: {
          localPointCode: enginePointCode,
          applicationServers: [{ name: 'callwake', routingContext }],
          associations: [{ name: 'bench', remote: { host: '127.0.0.1', port: 2905 } }],
        },
        sccp: { translations: [{ digits: '*', targets: [{ pointCode: peerPointCode }] }] },
        map: { serviceCentreNumber: `+${engineNumber}` },
        shards: { count: options.shards ?? 1 },
      }),
    );
    assert(loaded.ok, JSON.stringify(loaded));
    const { config } = loaded;
    const templates = loadTemplateFiles([builtInTemplateFile]);
    assert(templates.ok);
    const user: { mtp: MtpUser | undefined } = { mtp: undefined };
    const room = new Uint8Array(1_024);
    this.far = new FarSide({
      ...options,
      deliver: (message) => {
        const data = decodeData(message);
        assert(data.ok);
        user.mtp?.onTransfer(data);
      },
    });
    const { counters } = this;
    const timers = this.#wheel;
    this.#engine = new SingleThreadEngine({
      service: serviceOptions(config, 1),
      incarnation: 1,
      clock: machineClock,
      timers,
      counters,
      log: silentLog,
      openNetwork: (lifeTimers, admit) => {
        const common = { timers: lifeTimers, counters, log: silentLog };
        const sccp = new Sccp({
          ...common,
          config: sccpConfigOf(config),
          random: new SeededRandom(1),
          mtp: {
            bind: (_si, bound) => {
              user.mtp = bound;
            },
            transfer: (request) => {
              const message = room.subarray(0, writeData(room, request, { routingContext }));
              const startedAtMs = performance.now();
              this.far.take(message);
              this.#farMs += performance.now() - startedAtMs;
              return true;
            },
          },
        });
        return { tcap: new Tcap({ ...common, sccp, node: 1, bootEpoch: 1, limits: config.tcap, admit }) };
      },
      openStore: (shard) => {
        const store = options.openStore(() => this.#wake?.(), shard);
        this.#stores.push(store);
        return store;
      },
      templates: templates.files,
      render: { originatingAddress: originatingAddressOf(config), zones: new Zones() },
      onFatal: (_shard, error) => {
        throw error;
      },
      rings: { divisor: 1, octetsMin: 65_536 },
    });
  }

  /**
   * Makes `calls` calls with `concurrent` of them open at once, and waits until every notice has arrived. Returns milliseconds of
   * the engine's own: those of the network in its thread are left out.
   */
  async play(
    calls: number,
    concurrent: number,
  ): Promise<{ readonly engineMs: number; readonly wallMs: number }> {
    const { far } = this;
    const startedAtMs = performance.now();
    this.#farMs = 0;
    const [endedBefore, messagesBefore] = [far.ended, far.account.messages];
    let begun = 0;
    const isOver = (): boolean =>
      far.ended - endedBefore + far.letGo >= calls &&
      far.account.messages > messagesBefore - 1 &&
      this.#isQuiet;
    while (!isOver()) {
      const farFromMs = performance.now();
      while (begun < calls && far.open < concurrent) {
        far.call();
        begun++;
      }
      this.#farMs += performance.now() - farFromMs;
      this.#wheel.advance(machineClock.monotonic());
      const work = far.deliver() + this.#engine.doWork();
      await (work > 0 ? new Promise(setImmediate) : this.#idle());
    }
    const wallMs = performance.now() - startedAtMs;
    return { wallMs, engineMs: wallMs - this.#farMs };
  }

  get #isQuiet(): boolean {
    const { signalling, notifier, shards } = this.#engine.status;
    return (
      signalling?.deliveries === 0 &&
      (notifier?.waiting ?? 0) + (notifier?.batches ?? 0) === 0 &&
      shards.every(({ openEffects, waiting, noticesQueued }) => openEffects + waiting + noticesQueued === 0)
    );
  }

  /** Until a commit has ended, or the next millisecond. */
  #idle(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 1);
      this.#wake = () => {
        clearTimeout(timer);
        setImmediate(resolve);
      };
    });
  }

  async close(): Promise<void> {
    this.#engine.stop();
    await Promise.all(this.#stores.map((store) => store.close()));
  }
}
