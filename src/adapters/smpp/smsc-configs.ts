/** What the links to SMSCs are made from, of the configuration. */
import { readFileSync } from 'node:fs';
import type { Config } from '../../config/schema/config.ts';
import type { SmscConfig } from '../../gateway/smpp/smsc-client.ts';
import { REGISTERED_DELIVERY } from '../../gateway/smpp/submission.ts';
import type { BindMode } from '../../stack/smpp/allowed-operations.ts';
import type { LinkConfig } from '../../stack/smpp/link.ts';
import { OperatingError } from '../../types/operating-error.ts';

type Smpp = Config['smpp'];
type Smsc = Smpp['smscs'][number];

/** Type of number and numbering plan (SMPP 5.0 §4.7.1, §4.7.2). */
const TON = { international: 1, alphanumeric: 5 } as const;
const NPI = { unknown: 0, isdn: 1 } as const;
const INTERNATIONAL = { ton: TON.international, npi: NPI.isdn };
const MINUTE_MS = 60_000;
/** Octets that wait to be sent on a link. */
const QUEUE_OCTETS_MAX = 1_048_576;
const SESSION_INIT_MS = 10_000;

/**
 * @throws OperatingError CW_SMSC_PASSWORD
 */
export function smscConfigs({ smpp, notices }: Config): SmscConfig[] {
  return smpp.smscs.map((smsc) => ({
    name: smsc.name,
    links: smsc.hosts.flatMap((host, index) => linksTo(smpp, smsc, host, index)),
    concatenation: smsc.concatenation,
    serviceType: smsc.serviceType,
    validityMs: smsc.validityMinutes * MINUTE_MS,
    registeredDelivery: REGISTERED_DELIVERY[smsc.receipts],
    source: sourceOf(notices.originatingAddress),
    destination: INTERNATIONAL,
    replacesIfPresent: smsc.replacesIfPresent,
    replaces: smsc.replaces,
    cancels: smsc.cancels,
    prefixes: smsc.prefixes,
    submitsPerSecond: smsc.submitsPerSecond,
  }));
}

function sourceOf(address: string): SmscConfig['source'] {
  const digits = /^\+?(\d{3,20})$/.exec(address)?.[1];
  return digits === undefined
    ? { ton: TON.alphanumeric, npi: NPI.unknown, address }
    : { ...INTERNATIONAL, address: digits };
}

function linksTo(smpp: Smpp, smsc: Smsc, host: string, index: number): LinkConfig[] {
  const modes: readonly BindMode[] = smsc.bind === 'pair' ? ['transmitter', 'receiver'] : ['transceiver'];
  const password = passwordOf(smsc);
  return modes.map((mode) => ({
    name: `${smsc.name}-${index}${smsc.bind === 'pair' ? `-${mode}` : ''}`,
    peer: { host, port: smsc.port, tls: smsc.tls },
    bind: {
      mode,
      systemId: smsc.systemId,
      password,
      systemType: smsc.systemType,
      addressRange: '',
      addrTon: 0,
      addrNpi: 0,
    },
    times: {
      sessionInitMs: SESSION_INIT_MS,
      enquireLinkMs: smsc.enquireLinkMs,
      inactivityMs: 0,
      responseMs: smsc.responseMs,
    },
    limits: {
      window: smsc.window,
      pduOctetsMax: smpp.pduOctetsMax,
      queueOctetsMax: QUEUE_OCTETS_MAX,
    },
    reconnectMs: smpp.reconnectMs,
    reconnectMaxMs: smpp.reconnectMaxMs,
  }));
}

/** password has eight characters at most (SMPP 5.0 §4.7.18). */
const PASSWORD_MAX = 8;

function passwordOf({ name, passwordFile }: Smsc): string {
  if (passwordFile === undefined) return '';
  let line: string;
  try {
    line = readFileSync(passwordFile, 'utf8').split(/\r?\n/)[0] ?? '';
  } catch (error) {
    throw new OperatingError(
      'CW_SMSC_PASSWORD',
      `the password of the SMSC ${name} cannot be read from ${passwordFile}`,
      { name, passwordFile },
      error,
    );
  }
  if (line.length <= PASSWORD_MAX) return line;
  throw new OperatingError(
    'CW_SMSC_PASSWORD',
    `the password of the SMSC ${name} has more than ${PASSWORD_MAX} characters`,
    { name, passwordFile },
  );
}
