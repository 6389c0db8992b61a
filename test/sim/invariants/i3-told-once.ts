import type { Invariant } from './invariant.ts';

export const toldOnce: Invariant = {
  name: 'I3',
  sentence:
    'Each return leads to each due notice exactly once: nothing is lost, doubled or wrong; what is repeated, octet by octet, was in flight when something happened.',
  broken: ({ report, disturbances }) => {
    const { lost, doubled, wrong, unexpected, repeated, faults } = report;
    const found: string[] = [];
    if (lost + doubled + wrong + unexpected > 0) {
      found.push(`lost ${lost}, doubled ${doubled}, wrong ${wrong}`);
      for (const { kind, phone, why, text, atMs } of faults)
        if (kind !== 'late' && kind !== 'rule')
          found.push(`${kind}, ${phone} at ${atMs}: ${why}${text === undefined ? '' : `: ${text}`}`);
    }
    if (repeated > disturbances.mayRepeat)
      found.push(`${repeated} notices were repeated, and ${disturbances.mayRepeat} were in flight`);
    return found.slice(0, 8);
  },
};
