import { test } from 'node:test';
import { smsDeliveryTable } from '../../src/gateway/map/sms-delivery-fsm.ts';
import { checkTable } from '../types/fsm-check.ts';

test('the short message delivery is sound and looks like its picture', (t) =>
  checkTable(t, smsDeliveryTable));
