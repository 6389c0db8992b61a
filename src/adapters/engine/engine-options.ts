/** What the parts of the engine make of a checked configuration. */
import { availableParallelism } from 'node:os';
import type { Config } from '../../config/schema/config.ts';
import { defaultNotifierLimits } from '../../engine/notifier.ts';
import type { ServiceOptions } from '../../engine/parts.ts';
import type { AspConfig } from '../../stack/m3ua/configuration.ts';
import type { SccpConfig } from '../../stack/sccp/configuration.ts';
import type { TranslationRule } from '../../stack/sccp/global-title-translation.ts';
import type { TcapLimits } from '../../stack/tcap/core.ts';
import { latestTemplateVersion } from './templates.ts';

export function shardCount({ shards }: Config): number {
  return shards.count === 'auto' ? Math.max(1, Math.min(8, availableParallelism() - 1)) : shards.count;
}

export function serviceOptions(config: Config): ServiceOptions {
  const { cap, map, delivery, shards, store, notices, numbering } = config;
  return {
    shards: shardCount(config),
    cap: { serviceKeys: cap.serviceKeys, answerDeadlineMs: cap.answerDeadlineMs, numbering },
    delivery: {
      serviceCentre: map.serviceCentreNumber,
      routingTimeoutMs: map.operationMediumMs,
      forwardTimeoutMs: map.operationLongMs,
      reportTimeoutMs: map.operationShortMs,
    },
    gsmScf: map.gsmScfNumber ?? map.serviceCentreNumber,
    deliveriesMax: delivery.deliveriesMax,
    policy: { ...delivery, templateVersion: latestTemplateVersion(notices.templateFiles) },
    shardLimits: { ...shards, ...store },
    notifierLimits: { ...defaultNotifierLimits, batchMax: notices.batchMax },
  };
}

export function aspConfig({ signalling }: Config): AspConfig {
  const { applicationServers, associations, routes, localPointCode } = signalling;
  const gatewayOf = (association: (typeof associations)[number]) =>
    association.signallingGateway ?? association.name;
  return {
    applicationServers: applicationServers.map(({ trafficMode, pointCodes, ...rest }) => ({
      ...rest,
      pointCodes: pointCodes.length === 0 ? [localPointCode] : pointCodes,
      ...(trafficMode === 'gateway' ? {} : { trafficMode }),
    })),
    peers: associations.map((association) => ({
      name: association.name,
      signallingGateway: gatewayOf(association),
      connect: {
        host: association.remote.host ?? '127.0.0.1',
        port: association.remote.port,
        streams: association.streams,
      },
      ...(association.applicationServers.length === 0
        ? {}
        : { applicationServers: association.applicationServers }),
      ...(association.standby ? { standbyFor: applicationServers.map(({ name }) => name) } : {}),
    })),
    routes:
      routes.length > 0
        ? routes
        : [
            {
              destination: 'default',
              via: [...new Set(associations.map(gatewayOf))].map((signallingGateway) => ({
                signallingGateway,
                priority: 0,
              })),
            },
          ],
    ...(signalling.aspIdentifier === undefined ? {} : { aspIdentifier: signalling.aspIdentifier }),
    auditOnActivation: signalling.auditOnActivation,
    queueOctetsMax: signalling.queueOctetsMax,
    times: signalling.times,
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
      ...sccp.translations.map(({ targets, ...rule }) => ({
        ...rule,
        targets: targets.map(({ pointCode, routeOn, ssn }) => ({
          pointCode,
          routing: routeOn,
          ...(ssn === undefined ? {} : { ssn }),
        })),
      })),
    ],
  };
}

export function tcapLimits({ tcap }: Config): Partial<TcapLimits> {
  return tcap;
}
