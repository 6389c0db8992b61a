import { z } from 'zod';
import type { PointCodeFormat } from '../rules.ts';
import { availability } from './availability.ts';
import { cap } from './cap.ts';
import { channels } from './channels.ts';
import { delivery } from './delivery.ts';
import { shards, store } from './engine.ts';
import { map } from './map.ts';
import { node } from './node.ts';
import { notices } from './notices.ts';
import { numbering } from './numbering.ts';
import { capacity, log, subscribers, web } from './outside.ts';
import { personalData } from './personal-data.ts';
import { sccp } from './sccp.ts';
import { selfCare } from './self-care.ts';
import { callers, serviceClasses } from './service-classes.ts';
import { signalling } from './signalling.ts';
import { smpp } from './smpp.ts';
import { tcap } from './tcap.ts';

const schemaFor = (format: PointCodeFormat) =>
  z.strictObject({
    node,
    numbering,
    signalling: signalling(format),
    sccp: sccp(format),
    tcap,
    map,
    cap,
    shards,
    store,
    delivery,
    availability,
    notices,
    smpp,
    channels,
    selfCare,
    serviceClasses,
    callers,
    subscribers,
    personalData,
    web,
    capacity,
    log,
  });

/** The whole configuration, by how point codes are read in it. */
export const configSchemas = {
  itu: schemaFor('itu'),
  ansi: schemaFor('ansi'),
  decimal: schemaFor('decimal'),
  'decimal-24': schemaFor('decimal-24'),
  '5-4-5': schemaFor('5-4-5'),
  '4-3-4-3': schemaFor('4-3-4-3'),
} as const satisfies Readonly<Record<PointCodeFormat, unknown>>;

export type ConfigSchema = (typeof configSchemas)['itu'];

/** A checked configuration, with every default filled in. Point codes are numbers, numbers of people digits without a plus. */
export type Config = z.output<ConfigSchema>;
