/** What the rules said (proto/ruling.proto). */
import type { HoldingRule, Ruled, Ruling } from '../types/model/ruling.ts';
import { finite } from './codec.ts';
import { enumCodec } from './enums.ts';
import { callwake } from './generated/messages.js';

const rules = enumCodec<Ruled, callwake.Rule>({
  'own-call': callwake.Rule.RULE_OWN_CALL,
  reason: callwake.Rule.RULE_REASON,
  mailbox: callwake.Rule.RULE_MAILBOX,
  withheld: callwake.Rule.RULE_WITHHELD,
  excluded: callwake.Rule.RULE_EXCLUDED,
  blocked: callwake.Rule.RULE_BLOCKED,
  'not-listed': callwake.Rule.RULE_NOT_LISTED,
  'no-service': callwake.Rule.RULE_NO_SERVICE,
  expired: callwake.Rule.RULE_EXPIRED,
  settled: callwake.Rule.RULE_SETTLED,
  privacy: callwake.Rule.RULE_PRIVACY,
  precedence: callwake.Rule.RULE_PRECEDENCE,
  'away-too-late': callwake.Rule.RULE_AWAY_TOO_LATE,
  held: callwake.Rule.RULE_HELD,
  orders: callwake.Rule.RULE_ORDERS,
  'given-up': callwake.Rule.RULE_GIVEN_UP,
  unread: callwake.Rule.RULE_UNREAD,
});

const holdingRules = enumCodec<HoldingRule, callwake.HoldingRule>({
  'quiet-hours': callwake.HoldingRule.HOLDING_RULE_QUIET_HOURS,
  digest: callwake.HoldingRule.HOLDING_RULE_DIGEST,
  cap: callwake.HoldingRule.HOLDING_RULE_CAP,
});

export function rulingToWire({ rule, of, by, untilMs }: Ruling): callwake.Ruling.$Properties {
  return {
    rule: rules.toWire(rule),
    ...(of === undefined ? {} : { of }),
    ...(by === undefined ? {} : { by: holdingRules.toWire(by) }),
    ...(untilMs === undefined ? {} : { untilMs }),
  };
}

export function rulingFromWire({ rule, of, by, untilMs }: callwake.Ruling.$Properties): Ruling {
  return {
    rule: rules.fromWire(rule, 'Ruling.rule'),
    ...(of === undefined || of === null ? {} : { of }),
    ...(by ? { by: holdingRules.fromWire(by, 'Ruling.by') } : {}),
    ...(untilMs ? { untilMs: finite(untilMs, 'Ruling.until_ms') } : {}),
  };
}
