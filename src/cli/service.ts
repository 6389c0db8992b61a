/** A whole Callwake in this process: the engine in its threads, its subscribers, its page. */

import { machineClock } from '../adapters/clock.ts';
import { Engine } from '../adapters/engine/engine.ts';
import { logOptions } from '../adapters/engine/engine-options.ts';
import { importSubscribers } from '../adapters/engine/import-subscribers.ts';
import { LiveEngine } from '../adapters/engine/live-engine.ts';
import { pushRenderer } from '../adapters/engine/notice-text.ts';
import type { FileFormat } from '../adapters/engine/subscriber-file.ts';
import { EngineSubscribers } from '../adapters/engine/subscribers.ts';
import type { AppSubscribers } from '../adapters/inbox/app-subscribers.ts';
import { inboxKeys } from '../adapters/inbox/inbox-keys.ts';
import { startInboxServer } from '../adapters/inbox/inbox-server.ts';
import { createLog } from '../adapters/log/pino-log.ts';
import { PrometheusExposition } from '../adapters/metrics/exposition.ts';
import { loadSelfCareTexts } from '../adapters/selfcare/text-files.ts';
import { type EMailSubscribers, startUnsubscribeServer } from '../adapters/unsubscribe/unsubscribe-server.ts';
import { unsubscribeTokens } from '../adapters/unsubscribe/way-out.ts';
import type { PlainListener } from '../adapters/web/plain-listener.ts';
import { startWebServer, type WebServer } from '../adapters/web/web-server.ts';
import type { Config } from '../config/schema/config.ts';
import { ProfileReader } from '../provisioning/reader.ts';
import { seriesDefaults } from '../provisioning/series.ts';
import { CountersMap } from '../types/counters.ts';
import type { Log } from '../types/log.ts';
import type { DemoPhones, PhoneSource } from './demo-phones.ts';
import { packageVersion } from './package-version.ts';

/** A page does not wait longer for what a subscriber has ordered. */
const PROFILE_MS = 1_000;

export interface SubscribersFile {
  readonly format: FileFormat;
  open(): AsyncIterable<Uint8Array | string>;
}

export interface ServiceOptions {
  readonly config: Config;
  readonly mode: 'demo' | 'run';
  readonly captureFile: string | undefined;
  /** Phones that the page may operate, of a simulated network; a real one has none. */
  readonly phones?: DemoPhones | undefined;
  /** A file of subscribers to take in before the first call. */
  readonly subscribers: SubscribersFile | undefined;
}

export interface Service {
  readonly engine: Engine;
  readonly live: LiveEngine;
  /** Of the page; undefined when there is none. */
  readonly url: string | undefined;
  /** Within 5 s; true when nothing was cut off. May be called again. */
  stop(): Promise<boolean>;
}

/** @throws OperatingError: what the operator must put right; nothing is left running then */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { config, captureFile, mode } = options;
  const log = createLog(logOptions(config, 'main'));
  const { phones } = options;
  const live = new LiveEngine({ config, version: packageVersion(), mode, log, phones: phones !== undefined });
  const webCounters = new CountersMap();
  let engine: Engine | undefined;
  const counts = (): Iterable<readonly [string, number]> => [
    ...(engine?.countersNow() ?? []),
    ...webCounters.values,
  ];
  // The page comes first: a port in use is said before anything else is begun.
  const web = config.web.enabled
    ? await startPage(config, live, { counters: webCounters, log, counts, phones })
    : undefined;
  const closing: { close(): Promise<void> }[] = [];
  try {
    const wayOut = await startWayOut(config, () => engine?.eMailSubscribers, { counters: webCounters, log });
    if (wayOut !== undefined) closing.push(wayOut);
    const inbox = await startInbox(config, () => engine?.appSubscribers, { counters: webCounters, log });
    if (inbox !== undefined) closing.push(inbox);
    engine = await Engine.start({
      config,
      log,
      version: packageVersion(),
      captureFile,
      onReport: (part, report) => live.onReport(part, report),
      prepare: async (started) => {
        live.attach(started);
        phones?.attach(sourceOf(live, started, config));
        if (options.subscribers !== undefined) await takeIn(options.subscribers, started, config, log);
      },
    });
    const started = engine;
    let stopped: Promise<boolean> | undefined;
    return {
      engine: started,
      live,
      url: web?.url,
      stop: () => {
        stopped ??= stopAll(started, live, [...closing, ...(web === undefined ? [] : [web])]);
        return stopped;
      },
    };
  } catch (error) {
    live.close();
    for (const one of closing) await one.close();
    await web?.close();
    throw error;
  }
}

function startPage(
  { web }: Config,
  live: LiveEngine,
  ports: {
    readonly counters: CountersMap;
    readonly log: Log;
    readonly counts: () => Iterable<readonly [string, number]>;
    readonly phones: DemoPhones | undefined;
  },
): Promise<WebServer> {
  const { counters, log, counts, phones } = ports;
  return startWebServer(
    { source: live, counters, log, exposition: new PrometheusExposition(live, counts), phones },
    {
      host: web.host,
      port: web.port,
      allowedHosts: web.allowedHosts.length > 0 ? web.allowedHosts : undefined,
      allowedOrigins: web.allowedOrigins,
      clientsMax: web.clientsMax,
    },
  );
}

/** N6: undefined where e-mails have no way out. */
async function startWayOut(
  { channels, selfCare, subscribers }: Config,
  of: () => EMailSubscribers | undefined,
  ports: { readonly counters: CountersMap; readonly log: Log },
): Promise<PlainListener | undefined> {
  const { enabled, unsubscribe } = channels.eMail;
  const tokens = enabled ? unsubscribeTokens(unsubscribe) : undefined;
  if (tokens === undefined) return undefined;
  const { texts } = loadSelfCareTexts(selfCare.textFiles);
  const { defaultLanguage } = subscribers;
  return startUnsubscribeServer(unsubscribe, {
    ...ports,
    tokens,
    subscribers: of,
    texts,
    defaultLanguage,
    clock: machineClock,
  });
}

/** N8: undefined where there is none. */
async function startInbox(
  config: Config,
  of: () => AppSubscribers | undefined,
  ports: { readonly counters: CountersMap; readonly log: Log },
): Promise<PlainListener | undefined> {
  const { inbox } = config.channels;
  if (!inbox.enabled) return undefined;
  return startInboxServer(inbox, {
    ...ports,
    mayRead: inboxKeys(inbox),
    subscribers: of,
    write: pushRenderer(config),
    clock: machineClock,
  });
}

function sourceOf(live: LiveEngine, { commands }: Engine, config: Config): PhoneSource {
  const subscribers = new EngineSubscribers(commands, seriesDefaults(config), PROFILE_MS);
  return { noticesTo: (number) => live.noticesTo(number), profileOf: (number) => subscribers.get(number) };
}

async function takeIn(file: SubscribersFile, engine: Engine, config: Config, log: Log): Promise<void> {
  const subscribers = new EngineSubscribers(engine.commands, seriesDefaults(config));
  const reader = new ProfileReader(config.numbering);
  const outcome = await importSubscribers(subscribers, file.open(), { reader, format: file.format });
  // What stands in the line may be personal: the operator knows where to look.
  for (const { line, field, allowed } of outcome.faulty)
    log.warn('subscribers.line-faulty', { line, field, allowed });
  const { added, changed, unchanged, faultyCount } = outcome;
  log.info('subscribers.imported', { added, changed, unchanged, faulty: faultyCount });
}

async function stopAll(
  engine: Engine,
  live: LiveEngine,
  servers: readonly { close(): Promise<void> }[],
): Promise<boolean> {
  live.stopping();
  const inOrder = await engine.stop();
  live.close();
  for (const server of servers) await server.close();
  return inOrder;
}
