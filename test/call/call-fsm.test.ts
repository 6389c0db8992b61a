import { test } from 'node:test';
import { callTable } from '../../src/call/call-fsm.ts';
import { checkTable } from '../types/fsm-check.ts';

test('the call session is sound and looks like its picture', (t) => checkTable(t, callTable));
