/** Web push: a connector for each push service, so that one which is down or throttles holds up no other. */
import type { Config } from '../../config/schema/config.ts';
import { Connector } from '../../connector/connector.ts';
import type { PushMessage } from '../../types/model/channel-message.ts';
import { pushServiceOf } from '../web-push/endpoint.ts';
import { WebPushSender, webPushOptions } from '../web-push/web-push-sender.ts';
import { type Channel, type ChannelPorts, limitsOf } from './channel.ts';

/** @throws OperatingError `CW_SECRET_MISSING`, and the file system's own errors */
export function webPushChannel(
  config: Config['channels']['webPush'],
  ports: ChannelPorts<PushMessage>,
): Channel<PushMessage> {
  const { allowedHosts, allowPrivateAddresses, window } = config;
  const sender = new WebPushSender(webPushOptions(config), ports.clock, ports.counters);
  const connectors = new Map(
    allowedHosts.map((service) => [
      service,
      new Connector('web-push', limitsOf(config, window), { ...ports, send: sender.send }, service),
    ]),
  );
  const all = [...connectors.values()];
  return {
    offer: (offer) => {
      const { endpoint } = offer.item.subscription;
      const found = pushServiceOf(endpoint, allowedHosts, allowPrivateAddresses);
      if (found !== undefined) return connectors.get(found.service)!.offer(offer);
      ports.counters.count('web-push.service-not-allowed');
      ports.onEnd(offer.item, {
        result: 'permanent',
        detail: 'push service not allowed',
        uncertain: false,
        gone: false,
      });
      return true;
    },
    cancel: (key) => all.filter((connector) => connector.cancel(key)).length > 0,
    isRecallable: (key) => all.some((connector) => connector.isRecallable(key)),
    recall: (key) => {
      for (const connector of all) {
        const recalled = connector.recall(key);
        if (recalled !== undefined) return recalled;
      }
      return undefined;
    },
    drain: () => {
      for (const connector of all) connector.drain();
    },
    get drained() {
      return all.every(({ drained }) => drained);
    },
    stop: () => {
      for (const connector of all) connector.stop();
      sender.close();
    },
    get statuses() {
      return all.map(({ status }) => status);
    },
  };
}
