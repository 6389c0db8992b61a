import { DEFAULT_TIMES, QUEUE_OCTETS_MAX_DEFAULT } from '../../stack/m3ua/configuration.ts';
import {
  boolean,
  element,
  integer,
  list,
  oneOf,
  optionalInteger,
  optionalText,
  record,
  required,
  requiredText,
  section,
  textElement,
} from '../keys.ts';
import {
  destinationRules,
  host,
  name,
  type PointCodeFormat,
  pointCodeExample,
  pointCodeRules,
} from '../rules.ts';

/** Times of M3UA, by the names that the stack has for them (RFC 4666 §4). */
const times = section('Timers of M3UA (RFC 4666).', {
  ackMs: integer('T(ack): an unanswered ASP Up, Down, Active or Inactive is sent again after this long.', {
    from: 100,
    to: 60_000,
    default: DEFAULT_TIMES.ackMs,
  }),
  ackTriesMax: integer('How often such a message is sent before it is given up.', {
    from: 1,
    to: 100,
    default: DEFAULT_TIMES.ackTriesMax,
  }),
  retryMs: integer('Pause before ASP Active is tried again when it was refused or not answered.', {
    from: 100,
    to: 600_000,
    default: DEFAULT_TIMES.retryMs,
  }),
  reconnectMinMs: integer('First pause before an association is set up again; it doubles with each try.', {
    from: 100,
    to: 600_000,
    default: DEFAULT_TIMES.reconnectMinMs,
  }),
  reconnectMaxMs: integer('Longest such pause.', {
    from: 100,
    to: 3_600_000,
    default: DEFAULT_TIMES.reconnectMaxMs,
  }),
  heartbeatMs: integer('T(beat): time between heartbeats; 0 for none.', {
    from: 0,
    to: 600_000,
    default: DEFAULT_TIMES.heartbeatMs,
  }),
  heartbeatMissesMax: integer('Unanswered heartbeats after which the peer is dead.', {
    from: 1,
    to: 100,
    default: DEFAULT_TIMES.heartbeatMissesMax,
  }),
  recoveryMs: integer('T(r): how long an application server may be without an active process.', {
    from: 100,
    to: 60_000,
    default: DEFAULT_TIMES.recoveryMs,
  }),
});

/** By the names that the adapter has for them (RFC 9260 §16). */
const sctp = section(
  'SCTP over UDP encapsulation (RFC 9260, RFC 6951); of no effect with other transports.',
  {
    sctpPort: integer('SCTP port inside the UDP datagrams.', { from: 1, to: 65_535, default: 2905 }),
    pathMtuOctets: integer('Largest IP packet.', { from: 576, to: 65_535, default: 1500 }),
    windowOctets: integer('Receive window of an association.', {
      from: 4_096,
      to: 67_108_864,
      default: 262_144,
    }),
    queueOctetsMax: integer('Octets of an association that may wait to be sent.', {
      from: 65_536,
      to: 1_073_741_824,
      default: 1_048_576,
    }),
    rtoInitialMs: integer('RTO.Initial.', { from: 10, to: 60_000, default: 1_000 }),
    rtoMinMs: integer('RTO.Min.', { from: 10, to: 60_000, default: 400 }),
    rtoMaxMs: integer('RTO.Max.', { from: 10, to: 120_000, default: 4_000 }),
    initRetransmissionsMax: integer('Max.Init.Retransmits.', { from: 0, to: 100, default: 5 }),
    retransmissionsMax: integer('Association.Max.Retrans.', { from: 1, to: 100, default: 6 }),
    heartbeatMs: integer('HB.interval: how long a peer may be quiet before it is asked.', {
      from: 100,
      to: 600_000,
      default: 5_000,
    }),
    initsPerSecond: integer('INITs that are answered in a second.', { from: 1, to: 100_000, default: 200 }),
  },
);

const applicationServer = (format: PointCodeFormat) =>
  record({
    name: requiredText('What associations and routes call it.', name, 'callwake'),
    pointCodes: list(
      'Point codes that it stands for; none: the local one.',
      element(pointCodeRules[format]),
      { allowed: 'a list of point codes' },
    ),
    routingContext: optionalInteger(
      'As agreed with the signalling gateway; may be left out when an association serves this one alone.',
      { from: 0, to: 4_294_967_295, example: 100 },
    ),
    networkAppearance: optionalInteger('Where the signalling gateway asks for it.', {
      from: 0,
      to: 4_294_967_295,
      example: 1,
    }),
    trafficMode: oneOf(
      'How its processes share the traffic; gateway: as the signalling gateway says.',
      ['gateway', 'override', 'loadshare', 'broadcast'],
      'gateway',
    ),
  });

const association = record({
  name: requiredText('What it is called in the log, in metrics and on the page.', name, 'stp-a'),
  role: oneOf(
    'Our side. asp: we connect to a signalling gateway. ipsp: the other side is a node like us, without a gateway between. sgp: we are one and listen, which laboratories need.',
    ['asp', 'ipsp', 'sgp'],
    'asp',
  ),
  remote: section('The signalling gateway, or with the role ipsp the peer that we connect to.', {
    host: optionalText('Its address.', host, '127.0.0.1'),
    port: integer('Its UDP port (sctp-udp) or TCP port (tcp).', { from: 1, to: 65_535, default: 2905 }),
  }),
  local: section(
    'Where we connect from, for peers that know us by it; where we listen, with the role sgp, and with the role ipsp without remote.host.',
    {
      host: optionalText(
        'Left out: 127.0.0.1 to listen, what the system chooses to connect. 0.0.0.0 or :: for all addresses.',
        host,
        '127.0.0.1',
      ),
      port: optionalInteger('Left out: 2905 to listen, any that is free to connect. 0: any that is free.', {
        from: 0,
        to: 65_535,
        example: 2905,
      }),
    },
  ),
  streams: integer('Streams each way; stream 0 is for management, the others share the traffic by SLS.', {
    from: 1,
    to: 1024,
    default: 16,
  }),
  signallingGateway: optionalText(
    'Associations to one signalling gateway share what it says about destinations; else the association is its own.',
    name,
    'stp',
  ),
  applicationServers: list(
    'Those that it is for; none: all of ours. With the role sgp: those of the peer.',
    textElement(name),
    {
      allowed: 'a list of names of application servers',
    },
  ),
  peerApplicationServers: list(
    'With the role ipsp: those of the peer. With single exchange each has the routing context of one of ours.',
    textElement(name),
    { allowed: 'a list of names of application servers that have pointCodes' },
  ),
  exchange: oneOf(
    'With the role ipsp. single: one side says ASP Up and ASP Active for both. double: each side for itself.',
    ['single', 'double'],
    'single',
  ),
  standby: boolean('Stays inactive until the signalling gateway says that it is needed.', false),
});

const route = (format: PointCodeFormat) =>
  record({
    destination: required(
      'A destination, or default for every other one.',
      destinationRules[format],
      'default',
    ),
    via: list(
      'Signalling gateways; those of the lowest priority that can be reached share the traffic.',
      record({
        signallingGateway: requiredText('By its name, or that of its association.', name, 'stp'),
        priority: integer('0 is tried first.', { from: 0, to: 15, default: 0 }),
      }),
      { allowed: 'a list of signalling gateways, one at least', atLeast: 1, atMost: 16 },
    ),
  });

export const signalling = (format: PointCodeFormat) =>
  section('How Callwake is joined to the SS7 network.', {
    transport: oneOf(
      'What carries M3UA. sctp-udp: SCTP in UDP (RFC 6951). tcp: framed by the M3UA length, for laboratories. memory: within one process, for tests.',
      ['sctp-udp', 'tcp', 'memory'],
      'sctp-udp',
    ),
    pointCodeFormat: oneOf(
      'How point codes are read in this file, and shown. itu: 14 bits, 3-8-3. ansi: 24 bits, 8-8-8. decimal: 14 bits. decimal-24: 24 bits. 5-4-5, 4-3-4-3: 14 bits, as some networks have them. A decimal number is read in all of them.',
      ['itu', 'ansi', 'decimal', 'decimal-24', '5-4-5', '4-3-4-3'],
      'itu',
    ),
    localPointCode: required('Our point code.', pointCodeRules[format], pointCodeExample(format, 7)),
    networkIndicator: integer('0 international, 1 spare, 2 national, 3 reserved for national use.', {
      from: 0,
      to: 3,
      default: 2,
    }),
    aspIdentifier: optionalInteger('Sent in ASP Up, where the signalling gateway asks for it.', {
      from: 0,
      to: 4_294_967_295,
      example: 1,
    }),
    auditOnActivation: boolean('Ask for the state of the destinations when traffic begins (DAUD).', true),
    queueOctetsMax: integer('Octets of messages that may wait for one association.', {
      from: 65_536,
      to: 1_073_741_824,
      default: QUEUE_OCTETS_MAX_DEFAULT,
    }),
    applicationServers: list(
      'What we are to the signalling gateways.',
      applicationServer(format),
      { allowed: 'a list of application servers, one at least', atLeast: 1, atMost: 64 },
      [{ name: 'callwake' }],
    ),
    associations: list('Links to the network.', association, {
      allowed: 'a list of associations',
      atMost: 64,
      example: [{ name: 'stp-a', remote: { host: '127.0.0.1', port: 2905 } }],
    }),
    routes: list('Which signalling gateways lead where; none: all lead everywhere.', route(format), {
      allowed: 'a list of routes',
      atMost: 1000,
    }),
    times,
    sctp,
  });
