/** What the parts of the engine make of a checked configuration. */
import { availableParallelism } from 'node:os';
import { subscriberPolicyOf } from '../../config/policy.ts';
import type { Config } from '../../config/schema/config.ts';
import { defaultNotifierLimits } from '../../engine/notifier.ts';
import type { ServiceOptions } from '../../engine/parts.ts';
import type { SelfCareOptions } from '../../gateway/self-care.ts';
import { Zones } from '../../notice/zones.ts';
import { seriesDefaults } from '../../provisioning/series.ts';
import { callerCategories, categoryValues } from '../../rules/caller-categories.ts';
import type { NewcomerOf } from '../../types/model/event.ts';
import type { LogOptions } from '../log/pino-log.ts';
import { parseSelfCareSources } from '../selfcare/text-files.ts';
import { originatingAddressOf } from './texts.ts';

export function shardCount({ shards }: Config): number {
  return shards.count === 'auto' ? Math.max(1, Math.min(8, availableParallelism() - 2)) : shards.count;
}

/** @param templateVersion what new notices are made with */
export function serviceOptions(config: Config, templateVersion: number): ServiceOptions {
  const { cap, map, delivery, shards, store, notices, numbering, callers } = config;
  return {
    shards: shardCount(config),
    cap: {
      ...cap,
      numbering,
      excludedCategories: categoryValues(callerCategories.filter((one) => callers.categories.includes(one))),
    },
    delivery: {
      serviceCentre: map.serviceCentreNumber,
      routingTimeoutMs: map.operationMediumMs,
      forwardTimeoutMs: map.operationLongMs,
      reportTimeoutMs: map.operationShortMs,
      handshake: map.handshake,
      originatingAddress: originatingAddressOf(config),
    },
    availability: config.availability,
    gsmScf: map.gsmScfNumber ?? map.serviceCentreNumber,
    deliveriesMax: delivery.deliveriesMax,
    policy: subscriberPolicyOf(config, templateVersion),
    shardLimits: { ...shards, ...store },
    notifierLimits: { ...defaultNotifierLimits, batchMax: notices.batchMax },
  };
}

/** What subscribers can say, as the signalling part has it; undefined where there is no way to say it. */
export function selfCareOptions(config: Config, sources: readonly string[]): SelfCareOptions | undefined {
  const { selfCare, subscribers } = config;
  const { serviceNumbers, ussdCode, strangersMayOpen } = selfCare;
  if (serviceNumbers.length === 0 && ussdCode === undefined) return undefined;
  const { defaultLanguage } = subscribers;
  const defaultsOf = seriesDefaults(config);
  const newcomer: NewcomerOf = (number) => {
    const { language, timeZone, preferences } = defaultsOf(number);
    const serviceClass = preferences?.serviceClass;
    return { language, timeZone, ...(serviceClass === undefined ? {} : { serviceClass }) };
  };
  const zones = new Zones();
  return {
    ...selfCare,
    ussdCode,
    texts: parseSelfCareSources(sources),
    newcomer: strangersMayOpen ? newcomer : undefined,
    defaultLanguage,
    offsetMs: (timeZone, atMs) => zones.offsetMs(timeZone, atMs),
  };
}

export function accessLogOptions({ personalData }: Config, directory: string) {
  const { accessLogOctetsMax: octetsMax, accessLogFilesMax: filesMax } = personalData;
  return { directory, octetsMax, filesMax };
}

/** The log of a part. A thread's standard error is no terminal, so the main thread says which form `auto` is. */
export function logOptions({ log }: Config, part: string): LogOptions {
  return { level: log.level, format: log.format === 'auto' ? undefined : log.format, fields: { part } };
}

/** The configuration with `auto` settled that only the main thread can settle. */
export function settled(config: Config): Config {
  const format = config.log.format === 'auto' ? (process.stderr.isTTY ? 'text' : 'json') : config.log.format;
  return { ...config, log: { ...config.log, format } };
}
