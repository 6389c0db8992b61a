import { test } from 'node:test';
import { deliveryTable } from '../../src/subscriber/delivery-fsm.ts';
import { checkTable } from '../types/fsm-check.ts';

test('the delivery machine is sound and looks like its picture', (t) => checkTable(t, deliveryTable));
