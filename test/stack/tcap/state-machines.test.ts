import { test } from 'node:test';
import { dialogueTable } from '../../../src/stack/tcap/dialogue-fsm.ts';
import { invocationTables } from '../../../src/stack/tcap/invocation-fsm.ts';
import { transactionTable } from '../../../src/stack/tcap/transaction-fsm.ts';
import { checkTable } from '../../types/fsm-check.ts';

for (const table of [transactionTable, dialogueTable, ...Object.values(invocationTables)]) {
  test(`${table.source}: the table of ${table.name} is sound and looks like its picture`, (t) => {
    checkTable<string, string, string, string>(t, table);
  });
}
