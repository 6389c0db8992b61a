/** An engine's TCAP with something wrong: short messages on their way out are swallowed, doubled, or say something else. */
import { compile } from '../../src/stack/asn1/index.ts';
import { MtForwardSMArg, mtForwardSM } from '../../src/stack/map/operations/mt-forward-sm.ts';
import { decodeSmsDeliver, encodeSmsDeliver } from '../../src/stack/sms/sms-deliver.ts';
import { splitText } from '../../src/stack/sms/split.ts';
import { userDataText } from '../../src/stack/sms/user-data.ts';
import type {
  Dialogue,
  DialogueAcceptor,
  DialogueUser,
  InvokeRequest,
  OpenRequest,
  TcapService,
} from '../../src/stack/tcap/service.ts';

export interface Meddling {
  /** The text that goes out instead. */
  readonly say?: (text: string) => string;
  /** The engine believes that it was delivered. */
  readonly swallow?: (text: string) => boolean;
  /** Once more with this text. */
  readonly sayMore?: (text: string) => string;
  /** …and stamped a second earlier. */
  readonly stampMore?: true;
  /** Each try has a time stamp and a reference of its own, as if the notice were made when it is sent. */
  readonly anew?: () => number;
}

const codec = compile(MtForwardSMArg, { name: 'MT-ForwardSM-Arg' });

export class MeddlingTcap implements TcapService {
  readonly #tcap: TcapService;
  readonly #meddling: Meddling;

  constructor(tcap: TcapService, meddling: Meddling) {
    this.#tcap = tcap;
    this.#meddling = meddling;
  }

  get openDialogues(): number {
    return this.#tcap.openDialogues;
  }

  accept(ssn: number, acceptor: DialogueAcceptor): void {
    this.#tcap.accept(ssn, acceptor);
  }

  unidirectional(...request: Parameters<TcapService['unidirectional']>): boolean {
    return this.#tcap.unidirectional(...request);
  }

  open(request: OpenRequest): Dialogue | null {
    const dialogue = this.#tcap.open(request);
    if (dialogue === null) return null;
    const { say, swallow, sayMore, stampMore, anew } = this.#meddling;
    const made = anew?.();
    const invoke = dialogue.invoke.bind(dialogue);
    const goOn = dialogue.continue.bind(dialogue);
    const begin = dialogue.begin.bind(dialogue);
    let opening: Uint8Array | undefined;
    let swallowed = false;
    dialogue.begin = (userInformation) => {
      opening = userInformation;
      begin(userInformation);
    };
    dialogue.invoke = (asked: InvokeRequest) => {
      if (asked.operationCode !== mtForwardSM.code || asked.parameter === undefined) return invoke(asked);
      const text = textOf(asked.parameter);
      swallowed = swallow?.(text) === true;
      if (swallowed) return 1;
      if (sayMore !== undefined)
        this.#send(request, opening, {
          ...asked,
          parameter: withText(asked.parameter, sayMore(text), stampMore),
        });
      if (made !== undefined) return invoke({ ...asked, parameter: madeAnew(asked.parameter, made) });
      return invoke(
        say === undefined ? asked : { ...asked, parameter: withText(asked.parameter, say(text)) },
      );
    };
    dialogue.continue = (portion) => {
      if (!swallowed) return goOn(portion);
      const { user } = dialogue;
      dialogue.abort();
      user.onComponent(dialogue, { kind: 'result', invokeId: 1, last: true });
      user.onDelimiter(dialogue, 'end', {});
    };
    return dialogue;
  }

  #send(request: OpenRequest, opening: Uint8Array | undefined, asked: InvokeRequest): void {
    const user: DialogueUser = {
      onComponent: () => undefined,
      onDelimiter: (dialogue, message) => {
        if (message === 'end') return;
        dialogue.invoke(asked);
        dialogue.continue();
      },
      onInvokeTimeout: () => undefined,
      onAbort: () => undefined,
    };
    this.#tcap.open({ ...request, user })?.begin(opening);
  }
}

function textOf(parameter: Uint8Array): string {
  const { deliver } = read(parameter);
  return userDataText(deliver.dataCodingScheme, deliver.userData);
}

function withText(parameter: Uint8Array, text: string, stamped?: true): Uint8Array {
  const { argument, deliver } = read(parameter);
  const split = splitText(text, 0);
  if (!split.ok) throw new Error(split.code);
  const { dataCodingScheme, parts } = split.value;
  // Seconds are tens and units, the tens in the low half.
  const serviceCentreTimeStamp = deliver.serviceCentreTimeStamp.slice();
  if (stamped === true) serviceCentreTimeStamp[5] = serviceCentreTimeStamp[5] === 0 ? 0x10 : 0;
  const octets = encodeSmsDeliver({
    ...deliver,
    serviceCentreTimeStamp,
    dataCodingScheme,
    userData: parts[0]!,
  });
  return codec.encode({ ...argument, 'sm-RP-UI': octets });
}

function madeAnew(parameter: Uint8Array, number: number): Uint8Array {
  const { argument, deliver } = read(parameter);
  const serviceCentreTimeStamp = deliver.serviceCentreTimeStamp.slice();
  serviceCentreTimeStamp[5] = (number % 6) + (number % 10) * 16;
  const header = deliver.userData.header?.slice();
  // The reference of a concatenated message (3GPP TS 23.040 §9.2.3.24.1).
  if (header !== undefined) header[2] = number & 0xff;
  const octets = encodeSmsDeliver({
    ...deliver,
    serviceCentreTimeStamp,
    userData: { ...deliver.userData, header },
  });
  return codec.encode({ ...argument, 'sm-RP-UI': octets });
}

function read(parameter: Uint8Array) {
  const argument = codec.decode(parameter);
  if (!argument.ok) throw new Error(argument.code);
  const deliver = decodeSmsDeliver(argument.value['sm-RP-UI']);
  if (!deliver.ok) throw new Error(deliver.code);
  return { argument: argument.value, deliver: deliver.value };
}
