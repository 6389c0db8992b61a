/**
 * The PDUs that an ESME and an SMSC exchange (SMPP 5.0 §4.1 … §4.5; SMPP 3.4 §4), their mandatory parameters in their
 * order. Lists of destinations (submit_multi) and broadcast are not spoken: they are refused with ESME_RINVCMDID.
 */
import { type Fields, integer1, shortMessage, string, time, type ValuesOf } from './field.ts';

export interface CommandDeclaration<F extends Fields = Fields> {
  readonly id: number;
  readonly fields: F;
}

const command = <F extends Fields>(id: number, fields: F): CommandDeclaration<F> => ({ id, fields });

/** Responses have the id of their request with this bit. */
export const RESPONSE = 0x8000_0000;

const serviceType = string(6, 'ESME_RINVSERTYP');
const messageId = string(65, 'ESME_RINVMSGID');
const source = (octetsMax: number) => ({
  sourceAddrTon: integer1,
  sourceAddrNpi: integer1,
  sourceAddr: string(octetsMax, 'ESME_RINVSRCADR'),
});
const destination = (octetsMax: number) => ({
  destAddrTon: integer1,
  destAddrNpi: integer1,
  destinationAddr: string(octetsMax, 'ESME_RINVDSTADR'),
});
const schedule = {
  scheduleDeliveryTime: time('ESME_RINVSCHED'),
  validityPeriod: time('ESME_RINVEXPIRY'),
};

const bind = {
  systemId: string(16, 'ESME_RINVSYSID'),
  password: string(9, 'ESME_RINVPASWD'),
  systemType: string(13, 'ESME_RINVSYSTYP'),
  interfaceVersion: integer1,
  addrTon: integer1,
  addrNpi: integer1,
  addressRange: string(41, 'ESME_RINVSRCADR'),
};
const bound = { systemId: string(16, 'ESME_RINVSYSID') };
const message = {
  serviceType,
  ...source(21),
  ...destination(21),
  esmClass: integer1,
  protocolId: integer1,
  priorityFlag: integer1,
  ...schedule,
  registeredDelivery: integer1,
  replaceIfPresentFlag: integer1,
  dataCoding: integer1,
  smDefaultMsgId: integer1,
  shortMessage,
};

export const COMMANDS = {
  generic_nack: command(RESPONSE, {}),
  bind_receiver: command(0x01, bind),
  bind_receiver_resp: command(RESPONSE + 0x01, bound),
  bind_transmitter: command(0x02, bind),
  bind_transmitter_resp: command(RESPONSE + 0x02, bound),
  query_sm: command(0x03, { messageId, ...source(21) }),
  query_sm_resp: command(RESPONSE + 0x03, {
    messageId,
    finalDate: time('ESME_RQUERYFAIL'),
    messageState: integer1,
    errorCode: integer1,
  }),
  submit_sm: command(0x04, message),
  submit_sm_resp: command(RESPONSE + 0x04, { messageId }),
  deliver_sm: command(0x05, message),
  deliver_sm_resp: command(RESPONSE + 0x05, { messageId }),
  unbind: command(0x06, {}),
  unbind_resp: command(RESPONSE + 0x06, {}),
  replace_sm: command(0x07, {
    messageId,
    ...source(21),
    ...schedule,
    registeredDelivery: integer1,
    smDefaultMsgId: integer1,
    shortMessage,
  }),
  replace_sm_resp: command(RESPONSE + 0x07, {}),
  cancel_sm: command(0x08, { serviceType, messageId, ...source(21), ...destination(21) }),
  cancel_sm_resp: command(RESPONSE + 0x08, {}),
  bind_transceiver: command(0x09, bind),
  bind_transceiver_resp: command(RESPONSE + 0x09, bound),
  outbind: command(0x0b, { systemId: bind.systemId, password: bind.password }),
  enquire_link: command(0x15, {}),
  enquire_link_resp: command(RESPONSE + 0x15, {}),
  alert_notification: command(0x102, {
    ...source(65),
    esmeAddrTon: integer1,
    esmeAddrNpi: integer1,
    esmeAddr: string(65, 'ESME_RINVDSTADR'),
  }),
  data_sm: command(0x103, {
    serviceType,
    ...source(65),
    ...destination(65),
    esmClass: integer1,
    registeredDelivery: integer1,
    dataCoding: integer1,
  }),
  data_sm_resp: command(RESPONSE + 0x103, { messageId }),
} as const;

export type CommandName = keyof typeof COMMANDS;
export type BodyOf<C extends CommandName> = ValuesOf<(typeof COMMANDS)[C]['fields']>;

const byId = new Map<number, CommandName>(
  Object.entries(COMMANDS).map(([name, { id }]) => [id, name as CommandName]),
);

export function commandOf(id: number): CommandName | undefined {
  return byId.get(id);
}

export function isResponse(id: number): boolean {
  return id >= RESPONSE;
}

/** Requests that have a response; the others are told and no more. */
export type RequestName = Exclude<
  { [C in CommandName]: `${C}_resp` extends CommandName ? C : never }[CommandName],
  never
>;
export type ResponseOf<C extends RequestName> = `${C}_resp` & CommandName;
