/** Does to the running plant what a plan says. */
import { OperatingError } from '../../src/types/operating-error.ts';
import { randomBelow, SeededRandom } from '../../src/types/random.ts';
import type { Plant } from '../simulator/plant.ts';
import { damagedCopy, sameDisk } from './damaged-disk.ts';
import type { Disturbances } from './disturbances.ts';
import type { JournalTap } from './journal-tap.ts';
import type { Blow } from './run-plan.ts';

/** What goes on by itself until it is over. */
export class Conditions {
  fullShard = -1;
  gone: 'hlr' | 'msc' | undefined;
  refuses = 0;
  calm = false;
}

/** Traffic flows again so long after the engine has gone or its association: it connects again with a growing pause. */
const AFTER_ASSOCIATION_MS = 32_000;
/** A part is started again after a pause of up to 5 s, and reads its store. */
const AFTER_PART_MS = 6_000;
/** What waited is through. */
const AFTER_WAIT_MS = 1_000;

export class Blows {
  readonly #plant: Plant;
  readonly #conditions: Conditions;
  readonly #disturbances: Disturbances;
  readonly #tap: JournalTap;
  readonly #random: SeededRandom;
  /** How often each was done. */
  readonly done = new Map<string, number>();
  /** In words: what a start on a damaged disk should have done. */
  readonly faults: string[] = [];

  constructor(
    plant: Plant,
    conditions: Conditions,
    disturbances: Disturbances,
    tap: JournalTap,
    seed: number,
  ) {
    this.#tap = tap;
    this.#plant = plant;
    this.#conditions = conditions;
    this.#disturbances = disturbances;
    this.#random = new SeededRandom(seed + 77);
  }

  blow(blow: Blow): void {
    const plant = this.#plant;
    const conditions = this.#conditions;
    const disturbances = this.#disturbances;
    switch (blow.kind) {
      case 'kill':
        if (plant.engine === undefined) return;
        this.#hit();
        disturbances.begin('killed');
        plant.killEngine(blow.survive, blow.seen);
        break;
      case 'start':
        if (plant.engine !== undefined) return;
        if (blow.damage !== undefined) this.#startOnDamaged(blow.damage);
        plant.startEngine();
        disturbances.end('killed', AFTER_ASSOCIATION_MS);
        break;
      case 'kill-part': {
        const parts = plant.process?.parts ?? [];
        const part = parts[blow.part % Math.max(1, parts.length)];
        if (part === undefined) return;
        this.#hit();
        plant.killPart(part, blow.survive);
        disturbances.mark(part === 'signalling' ? AFTER_ASSOCIATION_MS : AFTER_PART_MS);
        this.#count(`kill-part ${part.replace(/-\d+$/, '')}`);
        return;
      }
      case 'lose-association':
        this.#hit();
        plant.loseAssociation(blow.index);
        disturbances.mark(AFTER_ASSOCIATION_MS);
        break;
      case 'lose-links':
        this.#hit();
        plant.smpp?.lose();
        disturbances.mark(AFTER_ASSOCIATION_MS);
        break;
      case 'cut':
        this.#hit();
        disturbances.begin('cut');
        plant.cut();
        break;
      case 'heal':
        plant.heal();
        disturbances.end('cut', AFTER_WAIT_MS);
        break;
      case 'stop-taking':
        this.#hit();
        disturbances.begin('slow peer');
        plant.stopTaking();
        break;
      case 'go-on-taking':
        plant.goOnTaking();
        disturbances.end('slow peer', AFTER_WAIT_MS);
        break;
      case 'fill-store':
        this.#hit();
        disturbances.begin('full store');
        conditions.fullShard = blow.shard;
        break;
      case 'free-store':
        conditions.fullShard = -1;
        disturbances.end('full store', AFTER_PART_MS);
        break;
      case 'step-clock':
        plant.stepClock(blow.byMs);
        disturbances.mark(0);
        break;
      case 'everybody-leaves':
        for (const person of plant.network.people) plant.network.msc.leave(person, 'no-coverage');
        break;
      case 'everybody-returns':
        for (const person of plant.network.people) plant.network.msc.comeBack(person);
        break;
      case 'node-gone':
        conditions.gone = blow.node;
        conditions.refuses = 0;
        disturbances.begin('node gone');
        break;
      case 'node-back':
        conditions.gone = undefined;
        conditions.refuses = blow.refuses;
        break;
      case 'node-well':
        conditions.refuses = 0;
        disturbances.end('node gone', AFTER_WAIT_MS);
        break;
      default:
        blow satisfies never;
    }
    this.#count(blow.kind);
  }

  #count(kind: string): void {
    this.done.set(kind, (this.done.get(kind) ?? 0) + 1);
  }

  /** What is under way may not be known to have arrived, and come again. */
  #hit(): void {
    const { engine } = this.#plant;
    const shards = engine?.status.shards ?? [];
    const open = shards.reduce((sum, { openNotices }) => sum + openNotices, 0);
    this.#disturbances.mayRepeat += open + this.#tap.endedUnknown;
  }

  /** A journal that cannot be read is refused with its code, and nothing is changed. */
  #startOnDamaged(how: 'torn' | 'missing'): void {
    const plant = this.#plant;
    for (const [shard, sound] of plant.disks.entries()) {
      const disk = damagedCopy(sound, how, (count) => randomBelow(this.#random, count));
      if (disk === undefined) continue;
      const before = disk.clone();
      this.#count(`start on a ${how} journal`);
      try {
        plant.startEngine(plant.disks.map((one, index) => (index === shard ? disk : one.clone())));
        this.faults.push(`shard ${shard} started on a journal with a ${how} record`);
      } catch (error) {
        if (!(error instanceof OperatingError) || error.code !== 'CW_JOURNAL_DAMAGED') throw error;
      }
      plant.killEngine(0, false);
      if (!sameDisk(disk, before)) this.faults.push(`a start that was refused changed shard ${shard}`);
      return;
    }
  }
}
