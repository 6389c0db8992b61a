import { test } from 'node:test';
import { coordinatedChangeTable } from '../../../src/stack/sccp/coordinated-change-fsm.ts';
import { checkTable } from '../../types/fsm-check.ts';

test('ITU-T Q.714 §5.3.5: the table of the coordinated state change is sound and looks like its picture', (t) => {
  checkTable<string, string, string, string>(t, coordinatedChangeTable);
});
