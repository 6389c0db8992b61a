/** One PDU of each command, with values at their bounds. */
import type { Pdu } from '../../../src/stack/smpp/pdu.ts';
import { integerTlv, octetsTlv, stringTlv } from '../../../src/stack/smpp/tlv.ts';

const source = { sourceAddrTon: 5, sourceAddrNpi: 0, sourceAddr: 'Callwake' };
const longSource = { sourceAddrTon: 1, sourceAddrNpi: 1, sourceAddr: '4'.repeat(64) };
const destination = { destAddrTon: 1, destAddrNpi: 1, destinationAddr: '491710000002' };
const text = Buffer.from('You missed a call from +491710000001 at 12:00.', 'latin1');
const message = {
  serviceType: 'CMT',
  ...source,
  ...destination,
  esmClass: 0x40,
  protocolId: 0x41,
  priorityFlag: 1,
  scheduleDeliveryTime: '',
  validityPeriod: '000001000000000R',
  registeredDelivery: 0x11,
  replaceIfPresentFlag: 1,
  dataCoding: 8,
  smDefaultMsgId: 0,
  shortMessage: Uint8Array.of(5, 0, 3, 7, 2, 1, ...text),
};
const bind = {
  systemId: 'callwake',
  password: 'secret08',
  systemType: 'MCN',
  interfaceVersion: 0x50,
  addrTon: 0,
  addrNpi: 1,
  addressRange: '^4917',
};
const request = { commandStatus: 0, sequenceNumber: 7, tlvs: [] } as const;
const response = { commandStatus: 0, sequenceNumber: 0x7fff_ffff, tlvs: [] } as const;

export const pdus: readonly Pdu[] = [
  { command: 'generic_nack', ...request, commandStatus: 3, body: undefined },
  { command: 'bind_receiver', ...request, body: bind },
  { command: 'bind_receiver_resp', ...response, body: { systemId: 'smsc' } },
  { command: 'bind_transmitter', ...request, body: bind },
  { command: 'bind_transmitter_resp', ...response, commandStatus: 0x0e, body: undefined },
  { command: 'bind_transceiver', ...request, body: bind },
  {
    command: 'bind_transceiver_resp',
    ...response,
    body: { systemId: 'smsc' },
    tlvs: [integerTlv('sc_interface_version', 1, 0x50)],
  },
  { command: 'outbind', ...request, body: { systemId: 'smsc', password: '' } },
  { command: 'unbind', ...request, body: undefined },
  { command: 'unbind_resp', ...response, body: undefined },
  { command: 'enquire_link', ...request, body: undefined },
  { command: 'enquire_link_resp', ...response, body: undefined },
  { command: 'submit_sm', ...request, body: message },
  {
    command: 'submit_sm',
    ...request,
    body: { ...message, esmClass: 0, shortMessage: new Uint8Array(0) },
    tlvs: [octetsTlv('message_payload', new Uint8Array(1_000).fill(0x41)), integerTlv('ms_validity', 1, 0)],
  },
  {
    command: 'submit_sm',
    ...request,
    body: { ...message, esmClass: 0, shortMessage: new Uint8Array(254).fill(0x42) },
    tlvs: [
      integerTlv('sar_msg_ref_num', 2, 0x1234),
      integerTlv('sar_total_segments', 1, 2),
      integerTlv('sar_segment_seqnum', 1, 1),
    ],
  },
  { command: 'submit_sm_resp', ...response, body: { messageId: 'a'.repeat(64) } },
  {
    command: 'deliver_sm',
    ...request,
    body: { ...message, esmClass: 4, dataCoding: 0, shortMessage: new Uint8Array(text) },
    tlvs: [
      stringTlv('receipted_message_id', '0123456789'),
      integerTlv('message_state', 1, 2),
      octetsTlv('network_error_code', Uint8Array.of(3, 0, 27)),
    ],
  },
  { command: 'deliver_sm_resp', ...response, body: { messageId: '' } },
  { command: 'query_sm', ...request, body: { messageId: '17', ...source } },
  {
    command: 'query_sm_resp',
    ...response,
    body: { messageId: '17', finalDate: '261127120000000+', messageState: 2, errorCode: 0 },
  },
  {
    command: 'replace_sm',
    ...request,
    body: {
      messageId: '17',
      ...source,
      scheduleDeliveryTime: '',
      validityPeriod: '',
      registeredDelivery: 1,
      smDefaultMsgId: 0,
      shortMessage: new Uint8Array(text),
    },
  },
  { command: 'replace_sm_resp', ...response, commandStatus: 0x13, body: undefined },
  { command: 'cancel_sm', ...request, body: { serviceType: '', messageId: '17', ...source, ...destination } },
  { command: 'cancel_sm_resp', ...response, body: undefined },
  {
    command: 'alert_notification',
    ...request,
    body: { ...longSource, esmeAddrTon: 5, esmeAddrNpi: 0, esmeAddr: 'Callwake' },
    tlvs: [integerTlv('ms_availability_status', 1, 0)],
  },
  {
    command: 'data_sm',
    ...request,
    body: {
      serviceType: '',
      ...longSource,
      ...destination,
      esmClass: 4,
      registeredDelivery: 0,
      dataCoding: 0,
    },
    tlvs: [octetsTlv('message_payload', new Uint8Array(text))],
  },
  { command: 'data_sm_resp', ...response, body: { messageId: '18' } },
];
