/** What is said about phones between the demo and its network, a process beside it: messages over its IPC channel. */
import type { ChildProcess } from 'node:child_process';
import { type PhoneOrder, type PhoneReport, phoneOrder, phoneReport } from '../simulator/phone-orders.ts';

export interface PhoneLine {
  tell(report: PhoneReport): void;
  close(): void;
}

/** In the network: takes orders until the other side is gone, which `gone` hears. Undefined: nobody is there who could give any. */
export function listenForOrders(take: (order: PhoneOrder) => void, gone: () => void): PhoneLine | undefined {
  if (process.send === undefined) return undefined;
  process.on('message', (message) => {
    const order = phoneOrder.safeParse(message);
    if (order.success) take(order.data);
  });
  process.once('disconnect', gone);
  return {
    tell: (report) => {
      // Without a callback the end of the channel would be an exception.
      if (process.connected) process.send?.(report, undefined, undefined, () => undefined);
    },
    close: () => {
      process.off('disconnect', gone);
      if (process.connected) process.disconnect();
    },
  };
}

/** In the demo: false when the network is gone. */
export function orderFrom(child: ChildProcess, order: PhoneOrder): boolean {
  if (!child.connected) return false;
  child.send(order, () => undefined);
  return true;
}

export function onReports(child: ChildProcess, take: (report: PhoneReport) => void): void {
  child.on('message', (message) => {
    const report = phoneReport.safeParse(message);
    if (report.success) take(report.data);
  });
}
