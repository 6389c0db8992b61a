/** What the parts of the engine make of a checked configuration. */
import { availableParallelism } from 'node:os';
import type { Config } from '../../config/schema/config.ts';
import { defaultNotifierLimits } from '../../engine/notifier.ts';
import type { ServiceOptions } from '../../engine/parts.ts';
import type { SccpConfig } from '../../stack/sccp/configuration.ts';
import type { TranslationRule } from '../../stack/sccp/global-title-translation.ts';
import type { TcapLimits } from '../../stack/tcap/core.ts';

export function shardCount({ shards }: Config): number {
  return shards.count === 'auto' ? Math.max(1, Math.min(8, availableParallelism() - 1)) : shards.count;
}

/** @param templateVersion what new notices are made with */
export function serviceOptions(config: Config, templateVersion: number): ServiceOptions {
  const { cap, map, delivery, shards, store, notices, numbering } = config;
  const { deliveriesMax, ...policy } = delivery;
  return {
    shards: shardCount(config),
    cap: { ...cap, numbering },
    delivery: {
      serviceCentre: map.serviceCentreNumber,
      routingTimeoutMs: map.operationMediumMs,
      forwardTimeoutMs: map.operationLongMs,
      reportTimeoutMs: map.operationShortMs,
      handshake: map.handshake,
    },
    gsmScf: map.gsmScfNumber ?? map.serviceCentreNumber,
    deliveriesMax,
    policy: { ...policy, templateVersion },
    shardLimits: { ...shards, ...store },
    notifierLimits: { ...defaultNotifierLimits, batchMax: notices.batchMax },
  };
}

export function sccpConfig({ signalling, sccp, map }: Config): SccpConfig {
  const own = [map.serviceCentreNumber, map.gsmScfNumber ?? map.serviceCentreNumber];
  const ownTitles = new Map<string, TranslationRule>();
  for (const digits of own) ownTitles.set(digits, { digits, targets: [{ routing: 'ssn' }] });
  for (const { digits, ssn } of sccp.ownGlobalTitles) {
    const target = ssn === undefined ? { routing: 'ssn' as const } : { routing: 'ssn' as const, ssn };
    ownTitles.set(digits, { digits, targets: [target] });
  }
  return {
    pointCode: signalling.localPointCode,
    networkIndicator: signalling.networkIndicator,
    messageOctetsMax: sccp.messageOctetsMax,
    hopCounter: sccp.hopCounter,
    reassembliesMax: sccp.reassembliesMax,
    times: { reassemblyMs: sccp.reassemblyMs },
    translation: [
      ...ownTitles.values(),
      ...sccp.translations.map(
        ({ digits, mode, translationType, numberingPlan, natureOfAddress, targets }) => ({
          digits,
          mode,
          ...(translationType === undefined ? {} : { translationType }),
          ...(numberingPlan === undefined ? {} : { numberingPlan }),
          ...(natureOfAddress === undefined ? {} : { natureOfAddress }),
          targets: [...targets]
            .sort((one, other) => one.priority - other.priority)
            .map(({ pointCode, routeOn, ssn }) => ({
              pointCode,
              routing: routeOn,
              ...(ssn === undefined ? {} : { ssn }),
            })),
        }),
      ),
    ],
  };
}

export function tcapLimits({ tcap }: Config): Partial<TcapLimits> {
  return tcap;
}
