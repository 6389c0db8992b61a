/** The enums of proto/ as the words of the model. */
import { Damage } from './codec.ts';
import { callwake } from './generated/messages.js';

export interface EnumCodec<Name extends string, Value extends number> {
  readonly toWire: (name: Name) => Value;
  readonly fromWire: (value: number | undefined, path: string) => Name;
}

export function enumCodec<Name extends string, Value extends number>(
  values: Readonly<Record<Name, Value>>,
): EnumCodec<Name, Value> {
  const names: (Name | undefined)[] = [];
  for (const name of Object.keys(values) as Name[]) names[values[name]] = name;
  return {
    toWire: (name) => values[name],
    fromWire: (value, path) => {
      const name = names[value ?? 0];
      if (name === undefined) throw new Damage('wire-unknown-value', path);
      return name;
    },
  };
}

export const missedReasons = enumCodec({
  busy: callwake.MissedReason.MISSED_REASON_BUSY,
  'no-answer': callwake.MissedReason.MISSED_REASON_NO_ANSWER,
  'not-reachable': callwake.MissedReason.MISSED_REASON_NOT_REACHABLE,
  abandoned: callwake.MissedReason.MISSED_REASON_ABANDONED,
  barred: callwake.MissedReason.MISSED_REASON_BARRED,
});

export const failureCauses = enumCodec({
  busy: callwake.MissedReason.MISSED_REASON_BUSY,
  'no-answer': callwake.MissedReason.MISSED_REASON_NO_ANSWER,
  'not-reachable': callwake.MissedReason.MISSED_REASON_NOT_REACHABLE,
  abandoned: callwake.MissedReason.MISSED_REASON_ABANDONED,
  barred: callwake.MissedReason.MISSED_REASON_BARRED,
  network: callwake.MissedReason.MISSED_REASON_NETWORK,
});

export const receiptsWanted = enumCodec({
  none: callwake.Receipts.RECEIPTS_NONE,
  final: callwake.Receipts.RECEIPTS_FINAL,
  failures: callwake.Receipts.RECEIPTS_FAILURES,
  intermediate: callwake.Receipts.RECEIPTS_INTERMEDIATE,
});

export const presentations = enumCodec({
  allowed: callwake.Presentation.PRESENTATION_ALLOWED,
  restricted: callwake.Presentation.PRESENTATION_RESTRICTED,
  unavailable: callwake.Presentation.PRESENTATION_UNAVAILABLE,
});

export const reachabilitySources = enumCodec({
  alert: callwake.ReachabilitySource.REACHABILITY_SOURCE_ALERT,
  'mm-event': callwake.ReachabilitySource.REACHABILITY_SOURCE_MM_EVENT,
  receipt: callwake.ReachabilitySource.REACHABILITY_SOURCE_RECEIPT,
  call: callwake.ReachabilitySource.REACHABILITY_SOURCE_CALL,
  'alert-notification': callwake.ReachabilitySource.REACHABILITY_SOURCE_ALERT_NOTIFICATION,
  line: callwake.ReachabilitySource.REACHABILITY_SOURCE_LINE,
  'own-call': callwake.ReachabilitySource.REACHABILITY_SOURCE_OWN_CALL,
  'short-message': callwake.ReachabilitySource.REACHABILITY_SOURCE_SHORT_MESSAGE,
  ussd: callwake.ReachabilitySource.REACHABILITY_SOURCE_USSD,
  delivery: callwake.ReachabilitySource.REACHABILITY_SOURCE_DELIVERY,
  interrogation: callwake.ReachabilitySource.REACHABILITY_SOURCE_INTERROGATION,
});

export const callMessages = enumCodec({
  tBusy: callwake.CallMessage.CALL_MESSAGE_T_BUSY,
  tNoAnswer: callwake.CallMessage.CALL_MESSAGE_T_NO_ANSWER,
  tAbandon: callwake.CallMessage.CALL_MESSAGE_T_ABANDON,
  'dialogue-gone': callwake.CallMessage.CALL_MESSAGE_DIALOGUE_GONE,
});

export const tryChannels = enumCodec({
  msc: callwake.TryChannel.TRY_CHANNEL_MSC,
  smsc: callwake.TryChannel.TRY_CHANNEL_SMSC,
});

export const deliveryResults = enumCodec({
  delivered: callwake.DeliveryResult.DELIVERY_RESULT_DELIVERED,
  absent: callwake.DeliveryResult.DELIVERY_RESULT_ABSENT,
  'memory-full': callwake.DeliveryResult.DELIVERY_RESULT_MEMORY_FULL,
  temporary: callwake.DeliveryResult.DELIVERY_RESULT_TEMPORARY,
  permanent: callwake.DeliveryResult.DELIVERY_RESULT_PERMANENT,
});

export const noticeResults = enumCodec({
  delivered: callwake.DeliveryResult.DELIVERY_RESULT_DELIVERED,
  absent: callwake.DeliveryResult.DELIVERY_RESULT_ABSENT,
  'memory-full': callwake.DeliveryResult.DELIVERY_RESULT_MEMORY_FULL,
  temporary: callwake.DeliveryResult.DELIVERY_RESULT_TEMPORARY,
  permanent: callwake.DeliveryResult.DELIVERY_RESULT_PERMANENT,
  accepted: callwake.DeliveryResult.DELIVERY_RESULT_ACCEPTED,
  'too-late': callwake.DeliveryResult.DELIVERY_RESULT_TOO_LATE,
  'not-replaceable': callwake.DeliveryResult.DELIVERY_RESULT_NOT_REPLACEABLE,
  recalled: callwake.DeliveryResult.DELIVERY_RESULT_RECALLED,
});

export const messageFates = enumCodec({
  unknown: callwake.MessageFate.MESSAGE_FATE_UNKNOWN,
  delivered: callwake.MessageFate.MESSAGE_FATE_DELIVERED,
  expired: callwake.MessageFate.MESSAGE_FATE_EXPIRED,
  failed: callwake.MessageFate.MESSAGE_FATE_FAILED,
  waiting: callwake.MessageFate.MESSAGE_FATE_WAITING,
});

export const deliveryStates = enumCodec({
  idle: callwake.DeliveryState.DELIVERY_STATE_IDLE,
  trying: callwake.DeliveryState.DELIVERY_STATE_TRYING,
  'awaiting-return': callwake.DeliveryState.DELIVERY_STATE_AWAITING_RETURN,
  'backing-off': callwake.DeliveryState.DELIVERY_STATE_BACKING_OFF,
  'handed-over': callwake.DeliveryState.DELIVERY_STATE_HANDED_OVER,
  held: callwake.DeliveryState.DELIVERY_STATE_HELD,
});

export const notifyMeChoices = enumCodec({
  off: callwake.NotifyMe.NOTIFY_ME_OFF,
  always: callwake.NotifyMe.NOTIFY_ME_ALWAYS,
  listed: callwake.NotifyMe.NOTIFY_ME_LISTED,
});

export const channels = enumCodec({
  sms: callwake.Channel.CHANNEL_SMS,
  'e-mail': callwake.Channel.CHANNEL_E_MAIL,
  webhook: callwake.Channel.CHANNEL_WEBHOOK,
  'web-push': callwake.Channel.CHANNEL_WEB_PUSH,
  inbox: callwake.Channel.CHANNEL_INBOX,
});

export const aggregations = enumCodec({
  together: callwake.Aggregation.AGGREGATION_TOGETHER,
  'per-caller': callwake.Aggregation.AGGREGATION_PER_CALLER,
});

export const returnPrivacies = enumCodec({
  everyone: callwake.ReturnPrivacy.RETURN_PRIVACY_EVERYONE,
  listed: callwake.ReturnPrivacy.RETURN_PRIVACY_LISTED,
  nobody: callwake.ReturnPrivacy.RETURN_PRIVACY_NOBODY,
});

export const callerFilters = enumCodec({
  none: callwake.CallerFilter.CALLER_FILTER_NONE,
  'block-listed': callwake.CallerFilter.CALLER_FILTER_BLOCK_LISTED,
  'only-listed': callwake.CallerFilter.CALLER_FILTER_ONLY_LISTED,
});

export const mailboxRules = enumCodec({
  none: callwake.MailboxRule.MAILBOX_RULE_NONE,
  beside: callwake.MailboxRule.MAILBOX_RULE_BESIDE,
  instead: callwake.MailboxRule.MAILBOX_RULE_INSTEAD,
});

export const searchPlaces = enumCodec({
  records: callwake.SearchPlace.SEARCH_PLACE_RECORDS,
  journal: callwake.SearchPlace.SEARCH_PLACE_JOURNAL,
  outbox: callwake.SearchPlace.SEARCH_PLACE_OUTBOX,
});

export const centreMessageFates = enumCodec({
  taken: callwake.CentreMessageFate.CENTRE_MESSAGE_FATE_TAKEN,
  'not-now': callwake.CentreMessageFate.CENTRE_MESSAGE_FATE_NOT_NOW,
  'not-ours': callwake.CentreMessageFate.CENTRE_MESSAGE_FATE_NOT_OURS,
});

export const welcomeStates = enumCodec({
  none: callwake.WelcomeState.WELCOME_STATE_NONE,
  due: callwake.WelcomeState.WELCOME_STATE_DUE,
  told: callwake.WelcomeState.WELCOME_STATE_TOLD,
});
