/** HLR and MSC: answers the dialogues that the engine opens, and keeps no state of them; its ids are made from the engine's. */

import { forwardSM } from '../src/stack/map/operations/forward-sm.ts';
import { mtForwardSM } from '../src/stack/map/operations/mt-forward-sm.ts';
import { reportSMDeliveryStatus } from '../src/stack/map/operations/report-sm-delivery-status.ts';
import { sendRoutingInfoForSM } from '../src/stack/map/operations/send-routing-info-for-sm.ts';
import { argumentCodec } from '../src/stack/ros/codecs.ts';
import type { Component } from '../src/stack/tcap/service.ts';
import { messageTags } from '../src/stack/tcap/tags.ts';
import type { Handsets } from './handsets.ts';
import type { Incoming } from './incoming.ts';
import type { Templates } from './messages.ts';
import { unpackIndex } from './numbers.ts';
import type { Template } from './template.ts';

/** Our ids of dialogues of the engine have this bit, those of our own have it not. */
export const RELAY_BIT = 0x8000_0000;

/** Octets before the eight digits: nature and plan, country code and prefix; of the IMSI its prefix. */
const MSISDN_DIGITS_AT = 3;
const IMSI_DIGITS_AT = 3;

const routingArgument = argumentCodec(sendRoutingInfoForSM)!;
const forwardArgument = argumentCodec(mtForwardSM)!;

export interface NetworkSideOptions {
  readonly templates: Templates;
  readonly handsets: Handsets;
  /** Who says that a phone is off. */
  readonly absence: 'hlr' | 'msc';
  /** Number of the subscriber with the index 0. */
  readonly firstSubscriber: number;
  /** Sends it, or keeps it until there is room. */
  readonly send: (template: Template) => void;
}

export class NetworkSide {
  routing = 0;
  routingAbsent = 0;
  forwards = 0;
  forwardsAbsent = 0;
  reports = 0;
  unexpected = 0;
  readonly #options: NetworkSideOptions;

  constructor(options: NetworkSideOptions) {
    this.#options = options;
  }

  /** A BEGIN, or a message of a dialogue that we have relayed. */
  take(incoming: Incoming): void {
    const { portion } = incoming;
    // Its END, or its abort: there is nothing to forget.
    if (portion.messageType !== messageTags.begin && portion.messageType !== messageTags.continue) return;
    const component = incoming.component();
    if (component === null) {
      if (portion.messageType === messageTags.begin) this.#accept(portion.originatingId);
      return;
    }
    if (component.kind !== 'invoke') return;
    const peer = portion.originatingId;
    switch (component.operationCode) {
      case sendRoutingInfoForSM.code:
        return this.#route(peer, component);
      case mtForwardSM.code:
      case forwardSM.code:
        return this.#forward(peer, component);
      case reportSMDeliveryStatus.code:
        this.reports++;
        return this.#end(this.#options.templates.reported, peer, component.invokeId);
      default:
        this.unexpected++;
    }
  }

  #accept(peer: number): void {
    const { templates, send } = this.#options;
    templates.relayAccepted.setId('originating', (peer | RELAY_BIT) >>> 0);
    templates.relayAccepted.setId('destination', peer);
    send(templates.relayAccepted);
  }

  #route(peer: number, { invokeId, parameter }: Component & { kind: 'invoke' }): void {
    const { templates, handsets, absence, firstSubscriber } = this.#options;
    const argument = routingArgument.decode(parameter ?? new Uint8Array(0));
    const subscriber = argument.ok
      ? unpackIndex(argument.value.msisdn, MSISDN_DIGITS_AT) - firstSubscriber
      : -1;
    if (subscriber < 0 || subscriber >= handsets.count) {
      this.unexpected++;
      return;
    }
    if (absence === 'hlr' && handsets.isOff(subscriber)) {
      this.routingAbsent++;
      return this.#end(templates.routedAbsent, peer, invokeId);
    }
    this.routing++;
    templates.routed.setIndex('subscriber', firstSubscriber + subscriber);
    this.#end(templates.routed, peer, invokeId);
  }

  #forward(peer: number, { invokeId, parameter }: Component & { kind: 'invoke' }): void {
    const { templates, handsets, send, firstSubscriber } = this.#options;
    const argument = forwardArgument.decode(parameter ?? new Uint8Array(0));
    if (!argument.ok) {
      this.unexpected++;
      return;
    }
    const { 'sm-RP-DA': address, 'sm-RP-UI': message, moreMessagesToSend } = argument.value;
    const subscriber = 'imsi' in address ? unpackIndex(address.imsi, IMSI_DIGITS_AT) - firstSubscriber : -1;
    if (subscriber < 0 || subscriber >= handsets.count) {
      this.unexpected++;
      return;
    }
    if (handsets.isOff(subscriber)) {
      this.forwardsAbsent++;
      return this.#end(templates.forwardedAbsent, peer, invokeId);
    }
    this.forwards++;
    handsets.take(subscriber, message);
    if (moreMessagesToSend === undefined) return this.#end(templates.forwarded, peer, invokeId);
    templates.forwardedMore.setId('originating', (peer | RELAY_BIT) >>> 0);
    templates.forwardedMore.setId('destination', peer);
    templates.forwardedMore.setInvokeId(invokeId);
    send(templates.forwardedMore);
  }

  #end(template: Template, peer: number, invokeId: number): void {
    template.setId('destination', peer);
    template.setInvokeId(invokeId);
    this.#options.send(template);
  }
}
