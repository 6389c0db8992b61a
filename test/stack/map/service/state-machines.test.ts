import { test } from 'node:test';
import { mapDialogueTable } from '../../../../src/stack/map/service/dialogue-fsm.ts';
import { mapPerformingTable } from '../../../../src/stack/map/service/performing-fsm.ts';
import { mapRequestingTable } from '../../../../src/stack/map/service/requesting-fsm.ts';
import { checkTable } from '../../../types/fsm-check.ts';

for (const table of [mapDialogueTable, mapRequestingTable, mapPerformingTable]) {
  test(`${table.source}: the table of ${table.name} is sound and looks like its picture`, (t) => {
    checkTable<string, string, string, string>(t, table);
  });
}
