import type { SccpConfig } from '../stack/sccp/configuration.ts';
import type { TitleChange, TranslationRule, TranslationTarget } from '../stack/sccp/translation-rules.ts';
import type { Config } from './schema/config.ts';

/** Ways to write point codes of 24 bits; those of all others have 14. */
const WIDE_FORMATS: ReadonlySet<string> = new Set(['ansi', 'decimal-24']);

type Target = Config['sccp']['translations'][number]['targets'][number];

/** What SCCP is told, from what the operator wrote. Our own numbers lead to this node. */
export function sccpConfigOf({ signalling, sccp, map }: Config): SccpConfig {
  const own = new Map<string, number | undefined>([[map.serviceCentreNumber, undefined]]);
  if (map.gsmScfNumber !== undefined) own.set(map.gsmScfNumber, undefined);
  for (const { digits, ssn } of sccp.ownGlobalTitles) own.set(digits, ssn);
  const here = [...own].map(
    ([digits, ssn]): TranslationRule => ({
      digits,
      targets: [{ routing: 'ssn', ...(ssn === undefined ? {} : { ssn }) }],
    }),
  );
  const there = sccp.translations.map(
    ({
      digits,
      globalTitleIndicator: gti,
      translationType,
      numberingPlan,
      natureOfAddress,
      mode,
      targets,
    }): TranslationRule => ({
      digits,
      ...(gti === undefined ? {} : { gti }),
      ...(translationType === undefined ? {} : { translationType }),
      ...(numberingPlan === undefined ? {} : { numberingPlan }),
      ...(natureOfAddress === undefined ? {} : { natureOfAddress }),
      mode,
      targets: targets.map(translationTarget),
    }),
  );
  return {
    pointCode: signalling.localPointCode,
    pointCodeBits: WIDE_FORMATS.has(signalling.pointCodeFormat) ? 24 : 14,
    networkIndicator: signalling.networkIndicator,
    messageOctetsMax: sccp.messageOctetsMax,
    hopCounter: sccp.hopCounter,
    translation: [...here, ...there],
    destinations: sccp.destinations.map(({ pointCode, messages, messageOctetsMax }) => ({
      pointCode,
      messages,
      ...(messageOctetsMax === undefined ? {} : { messageOctetsMax }),
    })),
    messagePriorities: sccp.messagePriorities,
    concernedPointCodes: sccp.concernedPointCodes,
    reassembliesMax: sccp.reassembliesMax,
    reassemblyOctetsMax: sccp.reassemblyOctetsMax,
    times: {
      reassemblyMs: sccp.reassemblyMs,
      statusTestMinMs: sccp.statusTestMinMs,
      statusTestMaxMs: sccp.statusTestMaxMs,
      attackMs: sccp.congestionAttackMs,
      decayMs: sccp.congestionDecayMs,
      congestionMs: sccp.congestionReportMs,
    },
  };
}

function translationTarget(target: Target): TranslationTarget {
  const { pointCode, routing, ssn, strip, prefix, replacement } = target;
  const { globalTitleIndicator, translationType, numberingPlan, natureOfAddress } = target;
  const title: TitleChange = {
    ...(strip === 0 ? {} : { strip }),
    ...(prefix === undefined ? {} : { prefix }),
    ...(replacement === undefined ? {} : { digits: replacement }),
    ...(globalTitleIndicator === undefined ? {} : { gti: globalTitleIndicator as 1 | 2 | 3 | 4 }),
    ...(translationType === undefined ? {} : { translationType }),
    ...(numberingPlan === undefined ? {} : { numberingPlan }),
    ...(natureOfAddress === undefined ? {} : { natureOfAddress }),
  };
  return {
    ...(pointCode === undefined ? {} : { pointCode }),
    routing,
    ...(ssn === undefined ? {} : { ssn }),
    ...(Object.keys(title).length === 0 ? {} : { title }),
  };
}
