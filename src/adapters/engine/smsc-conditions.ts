/** Which alarm conditions hold of the SMSCs. */
import type { SmscStatus } from '../../engine/smsc-status.ts';
import type { AlarmCondition } from './alarm-board.ts';

export function smscConditions(smscs: readonly SmscStatus[]): AlarmCondition[] {
  const found: AlarmCondition[] = [];
  for (const { name, up, throttled, perSecond, waiting } of smscs) {
    if (!up) found.push({ code: 'smsc-down', subject: name, detail: `${waiting} notices wait` });
    const rate = perSecond === 0 ? 'it is left alone for a while' : `${perSecond.toFixed(1)} a second now`;
    if (throttled) found.push({ code: 'smsc-throttled', subject: name, detail: rate });
  }
  return found;
}
