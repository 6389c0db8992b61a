/** The enums of proto/self-care.proto as the words of the model. */
import { enumCodec } from './enums.ts';
import { callwake } from './generated/messages.js';

export const selfCareWays = enumCodec({
  sms: callwake.SelfCareWay.SELF_CARE_WAY_SMS,
  ussd: callwake.SelfCareWay.SELF_CARE_WAY_USSD,
});

export const selfCareKinds = enumCodec({
  'list-missed': callwake.SelfCareKind.SELF_CARE_KIND_LIST_MISSED,
  'open-missed-calls': callwake.SelfCareKind.SELF_CARE_KIND_OPEN_MISSED_CALLS,
  'close-missed-calls': callwake.SelfCareKind.SELF_CARE_KIND_CLOSE_MISSED_CALLS,
  'open-notify-me': callwake.SelfCareKind.SELF_CARE_KIND_OPEN_NOTIFY_ME,
  'close-notify-me': callwake.SelfCareKind.SELF_CARE_KIND_CLOSE_NOTIFY_ME,
  'all-callers': callwake.SelfCareKind.SELF_CARE_KIND_ALL_CALLERS,
  'show-lists': callwake.SelfCareKind.SELF_CARE_KIND_SHOW_LISTS,
  status: callwake.SelfCareKind.SELF_CARE_KIND_STATUS,
  help: callwake.SelfCareKind.SELF_CARE_KIND_HELP,
  stop: callwake.SelfCareKind.SELF_CARE_KIND_STOP,
  confirm: callwake.SelfCareKind.SELF_CARE_KIND_CONFIRM,
  'not-understood': callwake.SelfCareKind.SELF_CARE_KIND_NOT_UNDERSTOOD,
  'notify-of': callwake.SelfCareKind.SELF_CARE_KIND_NOTIFY_OF,
  'block-caller': callwake.SelfCareKind.SELF_CARE_KIND_BLOCK_CALLER,
  'allow-caller': callwake.SelfCareKind.SELF_CARE_KIND_ALLOW_CALLER,
  'only-caller': callwake.SelfCareKind.SELF_CARE_KIND_ONLY_CALLER,
  'may-know': callwake.SelfCareKind.SELF_CARE_KIND_MAY_KNOW,
  'may-not-know': callwake.SelfCareKind.SELF_CARE_KIND_MAY_NOT_KNOW,
  'report-fraud': callwake.SelfCareKind.SELF_CARE_KIND_REPORT_FRAUD,
  'show-number': callwake.SelfCareKind.SELF_CARE_KIND_SHOW_NUMBER,
  'set-language': callwake.SelfCareKind.SELF_CARE_KIND_SET_LANGUAGE,
  'set-quiet-hours': callwake.SelfCareKind.SELF_CARE_KIND_SET_QUIET_HOURS,
  'set-channels': callwake.SelfCareKind.SELF_CARE_KIND_SET_CHANNELS,
  'set-privacy': callwake.SelfCareKind.SELF_CARE_KIND_SET_PRIVACY,
  incomplete: callwake.SelfCareKind.SELF_CARE_KIND_INCOMPLETE,
});

export const argumentKinds = enumCodec({
  number: callwake.ArgumentKind.ARGUMENT_KIND_NUMBER,
  language: callwake.ArgumentKind.ARGUMENT_KIND_LANGUAGE,
  hours: callwake.ArgumentKind.ARGUMENT_KIND_HOURS,
  channels: callwake.ArgumentKind.ARGUMENT_KIND_CHANNELS,
  privacy: callwake.ArgumentKind.ARGUMENT_KIND_PRIVACY,
});

export const answerKinds = enumCodec({
  'missed-calls-opened': callwake.AnswerKind.ANSWER_KIND_MISSED_CALLS_OPENED,
  'missed-calls-closed': callwake.AnswerKind.ANSWER_KIND_MISSED_CALLS_CLOSED,
  'notify-me-opened': callwake.AnswerKind.ANSWER_KIND_NOTIFY_ME_OPENED,
  'notify-me-closed': callwake.AnswerKind.ANSWER_KIND_NOTIFY_ME_CLOSED,
  'notify-of-noted': callwake.AnswerKind.ANSWER_KIND_NOTIFY_OF_NOTED,
  'can-be-reached': callwake.AnswerKind.ANSWER_KIND_CAN_BE_REACHED,
  'caller-blocked': callwake.AnswerKind.ANSWER_KIND_CALLER_BLOCKED,
  'caller-allowed': callwake.AnswerKind.ANSWER_KIND_CALLER_ALLOWED,
  'only-callers': callwake.AnswerKind.ANSWER_KIND_ONLY_CALLERS,
  'all-callers': callwake.AnswerKind.ANSWER_KIND_ALL_CALLERS,
  lists: callwake.AnswerKind.ANSWER_KIND_LISTS,
  'list-full': callwake.AnswerKind.ANSWER_KIND_LIST_FULL,
  'may-know': callwake.AnswerKind.ANSWER_KIND_MAY_KNOW,
  'may-not-know': callwake.AnswerKind.ANSWER_KIND_MAY_NOT_KNOW,
  'privacy-set': callwake.AnswerKind.ANSWER_KIND_PRIVACY_SET,
  'language-set': callwake.AnswerKind.ANSWER_KIND_LANGUAGE_SET,
  'quiet-hours-set': callwake.AnswerKind.ANSWER_KIND_QUIET_HOURS_SET,
  'channels-set': callwake.AnswerKind.ANSWER_KIND_CHANNELS_SET,
  'no-e-mail-address': callwake.AnswerKind.ANSWER_KIND_NO_E_MAIL_ADDRESS,
  'missed-list': callwake.AnswerKind.ANSWER_KIND_MISSED_LIST,
  'no-missed': callwake.AnswerKind.ANSWER_KIND_NO_MISSED,
  'fraud-reported': callwake.AnswerKind.ANSWER_KIND_FRAUD_REPORTED,
  'number-shown': callwake.AnswerKind.ANSWER_KIND_NUMBER_SHOWN,
  'nothing-to-show': callwake.AnswerKind.ANSWER_KIND_NOTHING_TO_SHOW,
  status: callwake.AnswerKind.ANSWER_KIND_STATUS,
  help: callwake.AnswerKind.ANSWER_KIND_HELP,
  stopped: callwake.AnswerKind.ANSWER_KIND_STOPPED,
  'not-understood': callwake.AnswerKind.ANSWER_KIND_NOT_UNDERSTOOD,
  incomplete: callwake.AnswerKind.ANSWER_KIND_INCOMPLETE,
  'own-number': callwake.AnswerKind.ANSWER_KIND_OWN_NUMBER,
  'opt-in-asked': callwake.AnswerKind.ANSWER_KIND_OPT_IN_ASKED,
  stranger: callwake.AnswerKind.ANSWER_KIND_STRANGER,
});
