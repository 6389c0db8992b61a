import test from 'node:test';
import {
  blockingReceptionTable,
  blockingSendingTable,
  hardwareBlockingReceptionTable,
} from '../../../src/stack/isup/blocking-fsm.ts';
import { cpciTable } from '../../../src/stack/isup/cpci-fsm.ts';
import { cpcoTable } from '../../../src/stack/isup/cpco-fsm.ts';
import { destinationTable } from '../../../src/stack/isup/destination-fsm.ts';
import { groupTable } from '../../../src/stack/isup/group-fsm.ts';
import { resetTable } from '../../../src/stack/isup/reset-fsm.ts';
import { checkTable } from '../../types/fsm-check.ts';

const tables = [
  cpcoTable,
  cpciTable,
  blockingSendingTable,
  blockingReceptionTable,
  hardwareBlockingReceptionTable,
  resetTable,
  groupTable,
  destinationTable,
];

for (const table of tables)
  test(`${table.source}: the table of ${table.name} is sound and looks like its picture`, (t) => {
    checkTable<string, string, string, string>(t, table);
  });
