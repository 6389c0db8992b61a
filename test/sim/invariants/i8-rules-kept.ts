import type { Invariant } from './invariant.ts';

export const rulesKept: Invariant = {
  name: 'I8',
  sentence:
    'No notice that reaches a phone breaks a rule: quiet hours, the cap of a day, lists, reasons, withheld numbers, who may know of a return; told by what arrives, not by the engine.',
  broken: ({ report }) => {
    if (report.rulesBroken === 0) return [];
    const found = [`${report.rulesBroken} notices break a rule`];
    for (const { kind, phone, why, text, atMs } of report.faults)
      if (kind === 'rule') found.push(`${phone} at ${atMs}: ${why}: ${text ?? ''}`);
    return found;
  },
};
