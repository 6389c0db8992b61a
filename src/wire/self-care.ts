/** What a subscriber says, and what is answered (proto/self-care.proto). */
import type { AnswerSelfCare } from '../types/model/effect.ts';
import type { AnswerWritten, SelfCare } from '../types/model/event.ts';
import type { QuietHours } from '../types/model/preferences.ts';
import {
  type NumberCommand,
  numberCommands,
  type PlainCommand,
  type SelfCareAnswer,
  type SelfCareCommand,
} from '../types/model/self-care.ts';
import type { SelfCareState } from '../types/model/state.ts';
import { isSubscriberNumber } from '../types/partition.ts';
import { Damage, finite, needed } from './codec.ts';
import { channels, returnPrivacies } from './enums.ts';
import type { callwake } from './generated/messages.js';
import { effectIdFromWire, missedCallerFromWire, missedCallerToWire } from './notice.ts';
import { profileFromWire, profileToWire } from './profile.ts';
import { answerKinds, argumentKinds, selfCareKinds, selfCareWays } from './self-care-enums.ts';

export function selfCareToWire(what: SelfCare | AnswerWritten): callwake.SelfCare.$Properties {
  if (what.kind === 'answer-written') return { written: { effect: what.effect, text: what.text } };
  const { command, way, answerToken, newcomer } = what;
  return {
    command: commandToWire(command),
    way: selfCareWays.toWire(way),
    answerToken,
    ...(newcomer === undefined ? {} : { newcomer }),
  };
}

export function selfCareFromWire(wire: callwake.SelfCare.$Properties): SelfCare | AnswerWritten {
  switch (wire.what) {
    case 'command': {
      const { language = '', timeZone = '', serviceClass = '' } = wire.newcomer ?? {};
      const newcomer = { language, timeZone, ...(serviceClass === '' ? {} : { serviceClass }) };
      return {
        kind: 'self-care',
        command: commandFromWire(needed(wire.command, 'SelfCare.command')),
        way: selfCareWays.fromWire(wire.way, 'SelfCare.way'),
        answerToken: finite(wire.answerToken, 'SelfCare.answer_token'),
        ...(wire.newcomer ? { newcomer } : {}),
      };
    }
    case 'written': {
      const { effect, text } = needed(wire.written, 'SelfCare.written');
      return {
        kind: 'answer-written',
        effect: effectIdFromWire(effect, 'AnswerWritten.effect'),
        text: text ?? '',
      };
    }
    default:
      throw new Damage('wire-unknown-kind', 'SelfCare.what');
  }
}

function commandToWire(command: SelfCareCommand): callwake.SelfCareCommand.$Properties {
  const kind = selfCareKinds.toWire(command.kind);
  switch (command.kind) {
    case 'set-language':
      return { kind, language: command.language };
    case 'set-quiet-hours':
      return command.hours === 'off' ? { kind } : { kind, hours: command.hours };
    case 'set-channels':
      return { kind, channels: command.channels.map(channels.toWire) };
    case 'set-privacy':
      return { kind, who: returnPrivacies.toWire(command.who) };
    case 'incomplete':
      return { kind, argument: argumentKinds.toWire(command.argument) };
    default:
      return 'number' in command ? { kind, number: command.number } : { kind };
  }
}

function commandFromWire(wire: callwake.SelfCareCommand.$Properties): SelfCareCommand {
  const kind = selfCareKinds.fromWire(wire.kind, 'SelfCareCommand.kind');
  switch (kind) {
    case 'set-language':
      return { kind, language: wire.language ?? '' };
    case 'set-quiet-hours':
      return { kind, hours: wire.hours ? hoursFromWire(wire.hours) : 'off' };
    case 'set-channels':
      return {
        kind,
        channels: (wire.channels ?? []).map((one) => channels.fromWire(one, 'SelfCareCommand.channels')),
      };
    case 'set-privacy':
      return { kind, who: returnPrivacies.fromWire(wire.who, 'SelfCareCommand.who') };
    case 'incomplete':
      return { kind, argument: argumentKinds.fromWire(wire.argument, 'SelfCareCommand.argument') };
    default:
      if (kind === 'show-number' && (wire.number ?? '') === '') return { kind, number: '' };
      return isNumberCommand(kind)
        ? { kind, number: numberFromWire(wire.number, 'SelfCareCommand.number') }
        : { kind };
  }
}

function isNumberCommand(kind: PlainCommand | NumberCommand): kind is NumberCommand {
  return (numberCommands as readonly string[]).includes(kind);
}

function hoursFromWire({ fromMinute = 0, toMinute = 0 }: callwake.QuietHours.$Properties): QuietHours {
  return { fromMinute, toMinute };
}

function numberFromWire(number: string | undefined, path: string): string {
  if (number === undefined || !isSubscriberNumber(number)) throw new Damage('wire-out-of-range', path);
  return number;
}

export function answerSelfCareToWire(what: AnswerSelfCare): callwake.AnswerSelfCare.$Properties {
  const { way, subscriber, answerToken, answer } = what;
  return { way: selfCareWays.toWire(way), subscriber, answerToken, answer: answerToWire(answer) };
}

export function answerSelfCareFromWire(wire: callwake.AnswerSelfCare.$Properties): AnswerSelfCare {
  return {
    kind: 'answer-self-care',
    way: selfCareWays.fromWire(wire.way, 'AnswerSelfCare.way'),
    subscriber: numberFromWire(wire.subscriber, 'AnswerSelfCare.subscriber'),
    answerToken: finite(wire.answerToken, 'AnswerSelfCare.answer_token'),
    answer: answerFromWire(needed(wire.answer, 'AnswerSelfCare.answer')),
  };
}

function answerToWire(answer: SelfCareAnswer): callwake.SelfCareAnswer.$Properties {
  const { kind, profile, number, argument, callers, furtherCalls, orderedAtMs, atMs } = answer;
  return {
    kind: answerKinds.toWire(kind),
    atMs,
    ...(profile === undefined ? {} : { profile: profileToWire(profile) }),
    ...(number === undefined ? {} : { number }),
    ...(argument === undefined ? {} : { argument: argumentKinds.toWire(argument) }),
    ...(orderedAtMs === undefined ? {} : { orderedAtMs }),
    ...(callers === undefined
      ? {}
      : { missed: { callers: callers.map(missedCallerToWire), furtherCalls: furtherCalls ?? 0 } }),
  };
}

function answerFromWire(wire: callwake.SelfCareAnswer.$Properties): SelfCareAnswer {
  const { profile, number, argument, missed } = wire;
  const orderedAtMs = finite(wire.orderedAtMs, 'SelfCareAnswer.ordered_at_ms');
  return {
    kind: answerKinds.fromWire(wire.kind, 'SelfCareAnswer.kind'),
    profile: profile ? profileFromWire(profile) : undefined,
    atMs: finite(wire.atMs, 'SelfCareAnswer.at_ms'),
    ...(number ? { number } : {}),
    ...(argument ? { argument: argumentKinds.fromWire(argument, 'SelfCareAnswer.argument') } : {}),
    ...(orderedAtMs === 0 ? {} : { orderedAtMs }),
    ...(missed
      ? {
          callers: (missed.callers ?? []).map(missedCallerFromWire),
          furtherCalls: missed.furtherCalls ?? 0,
        }
      : {}),
  };
}

export function selfCareStateToWire(state: SelfCareState): callwake.SelfCareState.$Properties {
  const { answersAwaited, texts, ordered, reports } = state;
  return {
    answersAwaited: [...answersAwaited],
    texts: [...texts],
    ordered: [...ordered],
    reports: [...reports],
  };
}

export function selfCareStateFromWire(wire: callwake.SelfCareState.$Properties): SelfCareState {
  return {
    answersAwaited: (wire.answersAwaited ?? []).map((id) =>
      effectIdFromWire(id, 'SelfCareState.answers_awaited'),
    ),
    texts: wire.texts ?? [],
    ordered: (wire.ordered ?? []).map((order) => ({
      subscriber: order.subscriber ?? '',
      orderedAtMs: finite(order.orderedAtMs, 'OrderedReturn.ordered_at_ms'),
    })),
    reports: (wire.reports ?? []).map((report) => ({
      caller: report.caller ?? '',
      reportedAtMs: finite(report.reportedAtMs, 'FraudReport.reported_at_ms'),
    })),
  };
}
