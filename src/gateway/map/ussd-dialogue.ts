/**
 * The USSD menu over MAP (S2; 3GPP TS 29.002 §11.9, §11.10; flow F7): processUnstructuredSS-Request begins it, our
 * unstructuredSS-Requests go on with it, and the result of the first ends it.
 */

import type { ReadingPorts } from '../../selfcare/read-argument.ts';
import { UssdSession, type UssdStep } from '../../selfcare/ussd-session.ts';
import { decodeAddressString } from '../../stack/map/address-string.ts';
import { networkUnstructuredSsContextV2 } from '../../stack/map/application-contexts.ts';
import { dataMissing, systemFailure, unexpectedDataValue } from '../../stack/map/errors/generic.ts';
import { unknownAlphabet } from '../../stack/map/errors/supplementary-services.ts';
import {
  processUnstructuredSSRequest,
  type UssdArg,
  type UssdRes,
  unstructuredSSRequest,
} from '../../stack/map/operations/unstructured-ss.ts';
import type {
  MapAbort,
  MapDialogue,
  MapIndication,
  MapOutcome,
  MapUser,
} from '../../stack/map/service/service.ts';
import { decodeUssdString, encodeUssdString, fitsUssdString } from '../../stack/sms/ussd-string.ts';
import type { Counters } from '../../types/counters.ts';
import { fromAddress, type NumberingOptions } from '../numbers.ts';
import type { SelfCareDesk } from '../self-care-desk.ts';
import type { ServedContexts } from './map-acceptor.ts';

export interface UssdPorts {
  readonly counters: Counters;
  readonly desk: SelfCareDesk;
  readonly reading: ReadingPorts;
  readonly numbering: NumberingOptions;
  /** What is dialled before the path through the menu: `*123`. */
  readonly code: string;
  /** How long a subscriber may take to answer. */
  readonly answerMs: number;
  readonly sessionsMax: number;
}

export function ussdService(ports: UssdPorts): ServedContexts {
  const sessions = { open: 0 };
  return { contexts: [networkUnstructuredSsContextV2], open: () => new UssdDialogue(ports, sessions) };
}

/** The digits behind our code: `*123*3*1#` is ['3', '1']. Undefined: another code, or no code at all. */
export function pathOf(dialled: string, code: string): string[] | undefined {
  if (!dialled.endsWith('#') || !dialled.startsWith(code)) return undefined;
  const path = dialled.slice(code.length, -1);
  if (path === '') return [];
  return path.startsWith('*') ? path.slice(1).split('*') : undefined;
}

class UssdDialogue implements MapUser {
  readonly #ports: UssdPorts;
  readonly #sessions: { open: number };
  #subscriber = '';
  #session: UssdSession | undefined;
  #request: MapIndication | undefined;
  #isEmpty = true;
  /** All of the message of TCAP that brought the request has been read. */
  #delimited = false;

  constructor(ports: UssdPorts, sessions: { open: number }) {
    this.#ports = ports;
    this.#sessions = sessions;
  }

  onInvoke(dialogue: MapDialogue, indication: MapIndication): void {
    const { counters, numbering, code, sessionsMax } = this.#ports;
    this.#isEmpty = false;
    if (indication.operation !== processUnstructuredSSRequest || this.#request !== undefined) {
      counters.count('self-care.ussd.out-of-place');
      dialogue.error(indication, unexpectedDataValue);
      return;
    }
    const argument = indication.argument as UssdArg;
    const text = textOf(argument);
    const path = text === undefined ? undefined : pathOf(text.trim(), code);
    const { msisdn } = argument;
    this.#subscriber = msisdn === undefined ? '' : fromAddress(decodeAddressString(msisdn), numbering);
    if (text === undefined || path === undefined || this.#subscriber === '') {
      const fault = text === undefined ? 'alphabet' : path === undefined ? 'code' : 'number';
      counters.count(`self-care.ussd.refused.${fault}`);
      const errors = { alphabet: unknownAlphabet, code: unexpectedDataValue, number: dataMissing };
      dialogue.error(indication, errors[fault]);
      return;
    }
    if (this.#sessions.open >= sessionsMax) {
      counters.count('self-care.ussd.no-room');
      dialogue.refuseService(indication, 'resource-limitation');
      return;
    }
    counters.count('self-care.ussd.session');
    this.#sessions.open++;
    this.#request = indication;
    this.#begin(dialogue, path);
  }

  onDelimiter(dialogue: MapDialogue): void {
    this.#delimited = true;
    if (this.#isEmpty) dialogue.delimiter();
    else if (this.#request === undefined && !dialogue.ended) dialogue.close();
  }

  onClose(): void {
    this.#lost();
  }

  onAbort(_dialogue: MapDialogue, abort: MapAbort): void {
    this.#ports.counters.count(`self-care.ussd.abort.${abort.kind}`);
    this.#lost();
  }

  #begin(dialogue: MapDialogue, path: readonly string[]): void {
    const { desk, reading } = this.#ports;
    desk.greet(this.#subscriber, (texts) => {
      if (this.#request === undefined) return;
      if (texts === undefined) return this.#fail(dialogue);
      this.#session = new UssdSession(texts, reading, fitsUssdString);
      this.#take(dialogue, this.#session.begin(path));
    });
  }

  #take(dialogue: MapDialogue, step: UssdStep): void {
    switch (step.kind) {
      case 'ask':
        return this.#ask(dialogue, step.text);
      case 'do':
        return this.#ports.desk.order(this.#subscriber, step.command, 'ussd', (answer) => {
          if (this.#request === undefined || this.#session === undefined) return;
          const next =
            answer === undefined
              ? this.#session.failed()
              : this.#session.answered(this.#ports.desk.write(answer));
          this.#take(dialogue, next);
        });
      case 'end': {
        const request = this.#ended();
        if (request === undefined) return;
        dialogue.result(request, processUnstructuredSSRequest, ussdOf(step.text));
        if (this.#delimited) dialogue.close();
        return;
      }
      case 'over':
        return;
      default:
        step satisfies never;
    }
  }

  #ask(dialogue: MapDialogue, text: string): void {
    const asked = dialogue.invoke(
      unstructuredSSRequest,
      ussdOf(text),
      (outcome) => this.#heard(dialogue, outcome),
      { timeoutMs: this.#ports.answerMs },
    );
    if (asked) dialogue.delimiter();
    else this.#fail(dialogue);
  }

  #heard(dialogue: MapDialogue, outcome: MapOutcome<UssdRes>): void {
    if (this.#request === undefined || this.#session === undefined) return;
    if (outcome.kind === 'result') {
      // What cannot be read was not to the point.
      const typed = outcome.value === undefined ? undefined : textOf(outcome.value);
      return this.#take(dialogue, this.#session.heard(typed ?? ''));
    }
    // The phone is gone, is busy, or nobody has typed anything: there is nobody to go on with.
    this.#ports.counters.count(`self-care.ussd.unanswered.${outcome.kind}`);
    this.#session.lost();
    this.#fail(dialogue);
  }

  #fail(dialogue: MapDialogue): void {
    const request = this.#ended();
    if (request === undefined || dialogue.ended) return;
    this.#ports.counters.count('self-care.ussd.failed');
    dialogue.error(request, systemFailure);
    if (this.#delimited) dialogue.close();
  }

  #lost(): void {
    this.#session?.lost();
    this.#ended();
  }

  /** The request that was under way, once. */
  #ended(): MapIndication | undefined {
    const request = this.#request;
    this.#request = undefined;
    if (request !== undefined) this.#sessions.open--;
    return request;
  }
}

function textOf({ 'ussd-DataCodingScheme': scheme, 'ussd-String': octets }: UssdRes): string | undefined {
  return decodeUssdString({ dataCodingScheme: scheme[0] ?? 0, octets });
}

export function ussdOf(text: string): UssdRes {
  const { dataCodingScheme, octets } = encodeUssdString(text);
  return { 'ussd-DataCodingScheme': Uint8Array.of(dataCodingScheme), 'ussd-String': octets };
}
