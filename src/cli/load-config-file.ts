/** A configuration file, read and checked; relative paths in it count from its folder. */
import path from 'node:path';
import { loadConfig } from '../config/load.ts';
import { configError } from '../config/problem.ts';
import type { Config } from '../config/schema/config.ts';
import { readFile } from './read-file.ts';

/** @throws OperatingError `CW_CONFIG_INVALID` with all that is wrong, and the file system's own errors */
export function loadConfigFile(file: string): Config {
  const loaded = loadConfig(readFile(file).toString());
  if (!loaded.ok) throw configError(file, loaded.problems);
  const gateways = loaded.config.signalling.associations.flatMap(({ role }, index) =>
    role === 'sgp'
      ? [
          {
            path: `signalling.associations[${index}].role`,
            value: role,
            message: '"sgp" is not there yet for the engine',
            allowed:
              'asp or ipsp: the engine is no signalling gateway; callwake m3ua --role sgp is one, for laboratories',
          },
        ]
      : [],
  );
  if (gateways.length > 0) throw configError(file, gateways);
  return withPathsFrom(path.dirname(path.resolve(file)), loaded.config);
}

function withPathsFrom(folder: string, config: Config): Config {
  const { node, notices, channels, subscribers } = config;
  const from = (file: string): string => path.resolve(folder, file);
  return {
    ...config,
    node: { ...node, dataDirectory: from(node.dataDirectory) },
    notices: { ...notices, templateFiles: notices.templateFiles.map(from) },
    channels: channelsWithPaths(channels, from),
    subscribers: {
      ...subscribers,
      ...(subscribers.importFile === undefined ? {} : { importFile: from(subscribers.importFile) }),
    },
  };
}

type Channels = Config['channels'];

function channelsWithPaths(
  { eMail, webhook, webPush, inbox }: Channels,
  from: (file: string) => string,
): Channels {
  const secret = (reference: string): string =>
    reference.startsWith('file:') ? `file:${from(reference.slice('file:'.length))}` : reference;
  const caFile = (channel: { readonly caFile?: string | undefined }) =>
    channel.caFile === undefined ? {} : { caFile: from(channel.caFile) };
  return {
    eMail: {
      ...eMail,
      ...caFile(eMail),
      ...(eMail.password === undefined ? {} : { password: secret(eMail.password) }),
      unsubscribe: { ...eMail.unsubscribe, secrets: eMail.unsubscribe.secrets.map(secret) },
    },
    webhook: { ...webhook, ...caFile(webhook), secrets: webhook.secrets.map(secret) },
    webPush: {
      ...webPush,
      ...caFile(webPush),
      ...(webPush.privateKey === undefined ? {} : { privateKey: secret(webPush.privateKey) }),
    },
    inbox: { ...inbox, secrets: inbox.secrets.map(secret) },
  };
}
