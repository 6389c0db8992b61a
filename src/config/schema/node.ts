import { nodeMax } from '../../stack/tcap/transaction-ids.ts';
import { integer, section, text } from '../keys.ts';
import { filePath } from '../rules.ts';

export const node = section('This node.', {
  id: integer(
    'Its number: unique among the nodes that share an address. It stands in every transaction id.',
    {
      from: 0,
      to: nodeMax,
      default: 0,
    },
  ),
  dataDirectory: text(
    'Where state and journal are kept. One engine at a time; made when it is not there.',
    filePath,
    'data',
  ),
});
