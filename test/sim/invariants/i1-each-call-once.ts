import type { Invariant, Run } from './invariant.ts';

export const eachCallOnce: Invariant = {
  name: 'I1',
  sentence:
    'Every missed call that the network was answered for, or whose report was durable, is in the journal exactly once; what is unacknowledged was in flight when something happened.',
  broken: (run) => [...journalled(run), ...unacknowledged(run)],
};

function* journalled({ calls, fold }: Run): Generator<string> {
  for (const [reference, call] of calls.all) {
    const taken = fold.callsTaken.get(reference) ?? 0;
    const where = `call ${reference} of ${call.caller.number} to ${call.called.number} (${call.reason}, ${call.certainty})`;
    if (taken > 1) yield `${where} is ${taken} times in the journal`;
    if (taken === 0 && call.certainty === 'certain') yield `${where} is not in the journal`;
  }
}

/** A call settles within Tssf, or when a sign of life proves that its report was taken. */
function* unacknowledged({ calls, plan, plant, disturbances }: Run): Generator<string> {
  const { tinyBounds, fewOpenEffects, hotSubscriber, slowCommits } = plan.faults;
  // Calls that find no room are let go, and so are those that would wait for too long.
  if ([tinyBounds, fewOpenEffects, hotSubscriber, slowCommits].some((fault) => fault !== undefined)) return;
  const startMs = plant.clock.now() - plant.timers.now();
  for (const [reference, call] of calls.all) {
    if (call.certainty === 'certain') continue;
    const fromMs = call.attemptedAtMs - startMs;
    const untilMs = call.settledAtMs - startMs;
    if (!disturbances.between(fromMs, untilMs))
      yield `call ${reference} is unacknowledged (${call.certainty}), and nothing was wrong from ${fromMs} to ${untilMs} ms`;
  }
}
