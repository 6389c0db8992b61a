import type { SccpConfig } from '../stack/sccp/configuration.ts';
import type { TranslationRule, TranslationTarget } from '../stack/sccp/global-title-translation.ts';
import type { Config } from './schema/config.ts';

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
    ({ digits, translationType, numberingPlan, natureOfAddress, mode, targets }): TranslationRule => ({
      digits,
      ...(translationType === undefined ? {} : { translationType }),
      ...(numberingPlan === undefined ? {} : { numberingPlan }),
      ...(natureOfAddress === undefined ? {} : { natureOfAddress }),
      mode,
      targets: targets.map(translationTarget),
    }),
  );
  return {
    pointCode: signalling.localPointCode,
    networkIndicator: signalling.networkIndicator,
    messageOctetsMax: sccp.messageOctetsMax,
    hopCounter: sccp.hopCounter,
    translation: [...here, ...there],
    concernedPointCodes: sccp.concernedPointCodes,
    reassembliesMax: sccp.reassembliesMax,
    reassemblyOctetsMax: sccp.reassemblyOctetsMax,
    times: {
      reassemblyMs: sccp.reassemblyMs,
      statusTestMinMs: sccp.statusTestMinMs,
      statusTestMaxMs: sccp.statusTestMaxMs,
    },
  };
}

function translationTarget({ pointCode, routing, ssn, strip, prefix }: Target): TranslationTarget {
  const title = { strip, ...(prefix === undefined ? {} : { prefix }) };
  return {
    pointCode,
    routing,
    ...(ssn === undefined ? {} : { ssn }),
    ...(strip === 0 && prefix === undefined ? {} : { title }),
  };
}
