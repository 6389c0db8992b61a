import { test } from 'node:test';
import { associationTable } from '../../../src/stack/sctp/association-fsm.ts';
import { checkTable } from '../../types/fsm-check.ts';

test('RFC 9260 figure 3 and §5.2.4: the association table is sound and looks like its picture', (t) =>
  checkTable(t, associationTable));
