/** Where tshark (4.0) does not know what the specifications have, or reads it wrongly: by operation and part, each with the reason. */

export interface Complaint {
  readonly label: RegExp;
  readonly complaint: RegExp;
  readonly why: string;
  /** It reads on, and what it reads is compared; else it lost its way in this message. */
  readonly readsOn?: true;
}

/** What it marks. */
export const COMPLAINTS: readonly Complaint[] = [
  {
    label: /^CAP \d \w+ error \w+$/,
    complaint: /lies beyond the end/,
    why: 'it reads the parameter of an error, and then looks for it once more',
    readsOn: true,
  },
  {
    label:
      /^MAP [12] \w+ error (?:absentSubscriber|roamingNotAllowed|cug-Reject|ss-SubscriptionViolation|sm-DeliveryFailure)$/,
    complaint: /Sequence expected/,
    why: 'it reads errors as version 3 has them',
  },
  {
    label: /^MAP [12] updateLocation argument$/,
    complaint: /expected class:CONTEXT\(2\) tag:1/,
    why: 'roamingNumber of version 1 in place of msc-Number',
  },
  {
    label: /^MAP [12] updateLocation result$/,
    complaint: /^e212/,
    why: 'it takes hlr-Number, which version 1 has, for an IMSI',
  },
  {
    label: /^MAP [12] provideRoamingNumber argument$/,
    complaint: /BER Error/,
    why: 'it has the argument of version 3',
  },
  {
    label: /^MAP [12] sendRoutingInfoForSM argument$/,
    complaint: /lies beyond the end/,
    why: 'teleservice of version 1',
  },
  {
    label: /^MAP [12] insertSubscriberData argument$/,
    complaint: /Wrong field in SEQUENCE/,
    why: 'it has the supplementary services of version 3',
  },
  {
    label: /^MAP [12] reset argument$/,
    complaint: /lies beyond the end/,
    why: 'it does not know networkResource of version 1, nor what follows',
  },
  {
    label: /^MAP 1 \w+SS result$/,
    complaint: /lies beyond the end/,
    why: 'it does not know cug-Info and forwardedToNumber of earlier versions',
  },
  {
    label: /^CAP [34] initialDPSMS argument$/,
    complaint: /read past the end/,
    why: 'it fails at userCSGInformation',
  },
  {
    label: /^CAP [34] releaseSMS argument$/,
    complaint: /^camel\.RP_Cause/,
    why: 'it wants a length before the cause',
    readsOn: true,
  },
];

/** Dialogues that its dissectors do not know by their context: they read nothing of these. */
export const UNKNOWN_DIALOGUES: readonly { readonly label: RegExp; readonly why: string }[] = [
  { label: /^MAP 3 reset argument$/, why: 'its context has only versions 1 and 2 there' },
];

export interface NotRead {
  readonly label: RegExp;
  readonly path: RegExp;
  readonly why: string;
}

/** Primitive values that it does not show under their names at their places. */
export const NOT_READ: readonly NotRead[] = [
  { label: /^CAP \d \w+ argument$/, path: /^callingPartysCategory$/, why: 'it shows -1 for it' },
  {
    label: /^MAP [12] registerPassword error pw-RegistrationFailure$/,
    path: /^$/,
    why: 'it reads no parameter of this error',
  },
  { label: /^MAP [12] forwardSM argument$/, path: /^sm-RP-DA\.roamingNumber$/, why: 'version 1 has it' },
  { label: /^MAP [12] updateLocation result$/, path: /^hlr-Number$/, why: 'it takes it for an IMSI' },
];

/** Names that its dissectors have for a field, without case and separators. */
export const OTHER_NAMES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['local', new Set(['extensioncodelocal'])],
  ['duration', new Set(['toneduration', 'inbandinfoduration', 'gapindicatorsduration'])],
  ['bearerService', new Set(['extbearerservice'])],
  ['teleservice', new Set(['extteleservice', 'teleservicecode'])],
  ['failureCause', new Set(['routeselectfailurecause', 'mosmsfailurecause', 'tsmsfailurecause'])],
]);
