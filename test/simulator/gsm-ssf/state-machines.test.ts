import { test } from 'node:test';
import { assistingTable } from '../../../src/simulator/gsm-ssf/assisting-fsm.ts';
import { oBcsmTable, tBcsmTable } from '../../../src/simulator/gsm-ssf/bcsm-fsm.ts';
import { csTable } from '../../../src/simulator/gsm-ssf/cs-fsm.ts';
import { smsSsfTable } from '../../../src/simulator/gsm-ssf/sms-fsm.ts';
import { srfTable } from '../../../src/simulator/gsm-ssf/srf-fsm.ts';
import { checkTable } from '../../types/fsm-check.ts';

test('3GPP TS 23.078 §4.4.2.1 the O-BCSM is sound and looks like its picture', (t) =>
  checkTable(t, oBcsmTable));
test('3GPP TS 23.078 §4.4.3.1 the T-BCSM is sound and looks like its picture', (t) =>
  checkTable(t, tBcsmTable));
test('3GPP TS 23.078 §4.5.7 the gsmSSF of a call segment is sound and looks like its picture', (t) =>
  checkTable(t, csTable));
test('3GPP TS 23.078 §4.5.7 the assisting gsmSSF is sound and looks like its picture', (t) =>
  checkTable(t, assistingTable));
test('3GPP TS 23.078 §4.5.7 the gsmSRF is sound and looks like its picture', (t) => checkTable(t, srfTable));
test('3GPP TS 23.078 §7.5.3 the gsmSSF of a short message is sound and looks like its picture', (t) =>
  checkTable(t, smsSsfTable));
