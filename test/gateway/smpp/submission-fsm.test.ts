import { test } from 'node:test';
import { submissionTable } from '../../../src/gateway/smpp/submission-fsm.ts';
import { checkTable } from '../../types/fsm-check.ts';

test('the submission machine is sound and looks like its picture', (t) => checkTable(t, submissionTable));
