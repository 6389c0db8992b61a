/** Measures small things with tinybench, side by side, so that whatever else the machine does meets all of them. */
import { Bench } from 'tinybench';
import { sized } from './report.ts';

/** Nanoseconds of one call of each task, the median. Tasks run in turns, several times over; the best turn counts. */
export async function nanoseconds<const Name extends string>(
  tasks: Readonly<Record<Name, () => void>>,
  /** Calls between two looks at the clock, whose own cost and step are small beside them then. */
  batch = 64,
): Promise<Record<Name, number>> {
  const best = {} as Record<Name, number>;
  const turns = sized(5, 1);
  for (let turn = 0; turn < turns; turn++) {
    const bench = new Bench({ time: sized(200, 1), warmupTime: sized(100, 1), iterations: sized(64, 2) });
    for (const name of Object.keys(tasks) as Name[]) {
      const task = tasks[name];
      bench.add(name, () => {
        for (let count = 0; count < batch; count++) task();
      });
    }
    await bench.run();
    for (const { name, result } of bench.tasks) {
      if (!('latency' in result)) throw new Error(`${name} failed: ${JSON.stringify(result)}`);
      const ns = (result.latency.p50 * 1e6) / batch;
      const known = best[name as Name] as number | undefined;
      best[name as Name] = known === undefined ? ns : Math.min(known, ns);
    }
  }
  return best;
}
