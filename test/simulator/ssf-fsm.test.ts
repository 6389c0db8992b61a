import { test } from 'node:test';
import { ssfTable } from '../../src/simulator/ssf/ssf-fsm.ts';
import { checkTable } from '../types/fsm-check.ts';

test('the simulated gsmSSF is sound and looks like its picture', (t) => checkTable(t, ssfTable));
