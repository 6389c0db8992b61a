import { test } from 'node:test';
import { asTable } from '../../../src/stack/m3ua/as-fsm.ts';
import { aspMaintenanceTable } from '../../../src/stack/m3ua/asp-maintenance-fsm.ts';
import { aspRegistrationTable } from '../../../src/stack/m3ua/asp-registration-fsm.ts';
import { aspStateTable } from '../../../src/stack/m3ua/asp-state-fsm.ts';
import { aspTrafficTable } from '../../../src/stack/m3ua/asp-traffic-fsm.ts';
import { associationTable } from '../../../src/stack/m3ua/association-fsm.ts';
import { ipspMaintenanceTable } from '../../../src/stack/m3ua/ipsp-maintenance-fsm.ts';
import { ipspTrafficTable } from '../../../src/stack/m3ua/ipsp-traffic-fsm.ts';
import { checkTable } from '../../types/fsm-check.ts';

test('RFC 4666 figure 3: the ASP state table', (t) => checkTable(t, aspStateTable));
test('RFC 4666 figure 4: the AS state table', (t) => checkTable(t, asTable));
test('RFC 4666 §4.3.4.1: the ASP maintenance table', (t) => checkTable(t, aspMaintenanceTable));
test('RFC 4666 §4.3.4.3: the ASP traffic table', (t) => checkTable(t, aspTrafficTable));
test('RFC 4666 §4.2.1: the association table', (t) => checkTable(t, associationTable));
test('RFC 4666 §4.4: the ASP registration table', (t) => checkTable(t, aspRegistrationTable));
test('RFC 4666 §4.3.4.1.2: the IPSP maintenance table of single exchange', (t) =>
  checkTable(t, ipspMaintenanceTable));
test('RFC 4666 §4.3.4.3.1: the IPSP traffic table of single exchange', (t) =>
  checkTable(t, ipspTrafficTable));
