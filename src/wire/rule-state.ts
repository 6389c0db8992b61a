/** What the rules remember (proto/state.proto). */
import type { OptIn, RuleState } from '../types/model/rule-state.ts';
import { finite } from './codec.ts';
import { failureCauses, missedReasons, notifyMeChoices, welcomeStates } from './enums.ts';
import type { callwake } from './generated/messages.js';
import { calleeAwayFromWire, calleeAwayToWire, missedCallerFromWire, missedCallerToWire } from './notice.ts';

export function ruleStateToWire(rules: RuleState): callwake.RuleState.$Properties {
  return {
    waitingSinceMs: rules.waitingSinceMs,
    toldDay: rules.toldDay,
    toldOnDay: rules.toldOnDay,
    hinted: rules.hinted.map(missedCallerToWire),
    hintedFurther: rules.hintedFurther,
    hintedAtMs: rules.hintedAtMs,
    asked: rules.asked.map(missedCallerToWire),
    askedFurther: rules.askedFurther,
    settled: rules.settled.map(({ number, untilMs }) => ({ number, untilMs })),
    away: rules.away.map(calleeAwayToWire),
    awayTold: [...rules.awayTold],
    failuresTold: rules.failuresTold.map(({ caller, cause, atMs }) => ({
      caller,
      cause: failureCauses.toWire(cause),
      atMs,
    })),
    withheldCalls: rules.withheldCalls.map((series) => ({
      ...series,
      attemptsAtMs: [...series.attemptsAtMs],
      reason: missedReasons.toWire(series.reason),
    })),
    welcome: welcomeStates.toWire(rules.welcome),
    lineAwaited: [...rules.lineAwaited],
    lineFreeAtMs: rules.lineFreeAtMs,
    ...(rules.optIn === undefined ? {} : { optIn: optInToWire(rules.optIn) }),
  };
}

export function ruleStateFromWire(rules: callwake.RuleState.$Properties): RuleState {
  return {
    waitingSinceMs: finite(rules.waitingSinceMs, 'RuleState.waiting_since_ms'),
    toldDay: rules.toldDay ?? 0,
    toldOnDay: rules.toldOnDay ?? 0,
    hinted: (rules.hinted ?? []).map(missedCallerFromWire),
    hintedFurther: rules.hintedFurther ?? 0,
    hintedAtMs: finite(rules.hintedAtMs, 'RuleState.hinted_at_ms'),
    asked: (rules.asked ?? []).map(missedCallerFromWire),
    askedFurther: rules.askedFurther ?? 0,
    settled: (rules.settled ?? []).map(({ number, untilMs }) => ({
      number: number ?? '',
      untilMs: finite(untilMs, 'Settled.until_ms'),
    })),
    away: (rules.away ?? []).map(calleeAwayFromWire),
    awayTold: rules.awayTold ?? [],
    failuresTold: (rules.failuresTold ?? []).map((told) => ({
      caller: told.caller ?? '',
      cause: failureCauses.fromWire(told.cause, 'FailureTold.cause'),
      atMs: finite(told.atMs, 'FailureTold.at_ms'),
    })),
    withheldCalls: (rules.withheldCalls ?? []).map((series) => ({
      subscriber: series.subscriber ?? '',
      attemptsAtMs: (series.attemptsAtMs ?? []).map((atMs) => finite(atMs, 'WithheldCalls.attempts_at_ms')),
      reason: missedReasons.fromWire(series.reason, 'WithheldCalls.reason'),
      askedAtMs: finite(series.askedAtMs, 'WithheldCalls.asked_at_ms'),
      shownAtMs: finite(series.shownAtMs, 'WithheldCalls.shown_at_ms'),
    })),
    welcome: welcomeStates.fromWire(rules.welcome, 'RuleState.welcome'),
    lineAwaited: (rules.lineAwaited ?? []).map((wait) => ({
      subscriber: wait.subscriber ?? '',
      attemptedAtMs: finite(wait.attemptedAtMs, 'LineAwaited.attempted_at_ms'),
      busySinceMs: finite(wait.busySinceMs, 'LineAwaited.busy_since_ms'),
      untilMs: finite(wait.untilMs, 'LineAwaited.until_ms'),
    })),
    lineFreeAtMs: finite(rules.lineFreeAtMs, 'RuleState.line_free_at_ms'),
    ...(rules.optIn ? { optIn: optInFromWire(rules.optIn) } : {}),
  };
}

function optInToWire({ missedCalls, notifyMe, askedAtMs }: OptIn): callwake.OptIn.$Properties {
  return { missedCalls, notifyMe: notifyMeChoices.toWire(notifyMe), askedAtMs };
}

function optInFromWire({ missedCalls, notifyMe, askedAtMs }: callwake.OptIn.$Properties): OptIn {
  return {
    missedCalls: missedCalls ?? false,
    notifyMe: notifyMeChoices.fromWire(notifyMe, 'OptIn.notify_me'),
    askedAtMs: finite(askedAtMs, 'OptIn.asked_at_ms'),
  };
}
