/** A report in the terminal. */
import { countText, msText, percentText, shortText, timeText } from './figures.ts';
import type { RunReport } from './report.ts';

export function reportText(report: RunReport): string {
  const { verdict, total, load, configuration, capacity } = report;
  const { notices } = load;
  const row = (name: string, text: string): string => `  ${name.padEnd(12)} ${text}\n`;
  const served = total.calls.served + total.alerts.served;
  const lines = [
    `${verdict.held ? 'HELD' : 'NOT HELD'}  ${verdict.text}\n`,
    row(
      'played',
      `${configuration.profile}, ${shortText(configuration.ratePerSecond)} a second for ${timeText(total.tookMs)}, ${countText(configuration.subscribers)} subscribers`,
    ),
    row(
      'dialogues',
      `${countText(total.planned)} planned, ${countText(served)} served${total.planned > 0 ? ` (${percentText(served / total.planned)})` : ''}, ${countText(total.calls.letGo)} let go, ${countText(total.unsent)} not sent`,
    ),
    ...(['answer', 'report', 'late'] as const).map((name) => {
      const { p50Ms, p99Ms, p999Ms, maxMs } = total[name];
      return row(
        name,
        `p50 ${msText(p50Ms)}, p99 ${msText(p99Ms)}, p99.9 ${msText(p999Ms)}, most ${msText(maxMs)}`,
      );
    }),
    row(
      'notices',
      `${countText(notices.right)} right, ${notices.lost} lost, ${notices.doubled} doubled, ${notices.wrong} wrong, ${notices.repeated} repeated, ${notices.unacknowledged} unacknowledged`,
    ),
    ...Object.entries(total.errors).map(([how, count]) => row('', `${countText(count)} × ${how}`)),
    ...verdict.checks.map(({ objective, held, value, unit }) =>
      row(held ? 'held' : 'NOT HELD', `${objective}: ${checkValue(value, unit)}`),
    ),
  ];
  if (capacity !== undefined)
    lines.push(
      row('capacity', `${countText(capacity.ratePerSecond)} a second; ${capacityLimit(capacity.limitedBy)}`),
    );
  return lines.join('');
}

export function checkValue(value: number, unit: 'ms' | 'share' | 'count'): string {
  return unit === 'ms' ? msText(value) : unit === 'share' ? percentText(value) : countText(value);
}

export function capacityLimit(limitedBy: 'engine' | 'generator' | 'range'): string {
  if (limitedBy === 'engine') return 'beyond it the engine does not hold the SLO';
  if (limitedBy === 'generator') return 'beyond it the generator is late itself: the engine may hold more';
  return 'the search ended there: the engine may hold more';
}
