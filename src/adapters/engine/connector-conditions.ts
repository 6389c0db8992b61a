/** Which alarm conditions hold of the connectors of the channels. */
import type { ConnectorStatus } from '../../connector/status.ts';
import type { AlarmCondition } from './alarm-board.ts';

export function connectorConditions(connectors: readonly ConnectorStatus[]): AlarmCondition[] {
  const found: AlarmCondition[] = [];
  for (const { name, breaker, waiting, waitingMax, perSecond, perSecondMax, lastFault } of connectors) {
    if (breaker !== 'closed') found.push({ code: 'connector-down', subject: name, detail: lastFault });
    if (waiting >= waitingMax) found.push({ code: 'connector-full', subject: name, detail: waiting });
    if (perSecond < perSecondMax)
      found.push({
        code: 'connector-throttled',
        subject: name,
        detail: `${perSecond.toFixed(1)} of ${perSecondMax} a second`,
      });
  }
  return found;
}
