/** The layers that are fuzzed, by the name that `npm run fuzz -- --layer` takes. A new one is a line here. */
import type { FuzzLayer } from './layer.ts';
import { capture, frame, isup, m3ua, sccp, sctp, sms, tcap } from './message-layers.ts';
import { cap, contents, map } from './parameter-layers.ts';

export const LAYERS: Readonly<Record<string, FuzzLayer>> = {
  capture,
  frame,
  sctp,
  m3ua,
  sccp,
  tcap,
  map,
  cap,
  sms,
  isup,
  contents,
};
