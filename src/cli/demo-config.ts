/** The engine's configuration in the demo: made to fit the simulated network, checked like any other. */
import { loadConfig } from '../config/load.ts';
import { configError } from '../config/problem.ts';
import type { Config } from '../config/schema/config.ts';
import { quietHoursText } from '../provisioning/minute-text.ts';
import { DEMO_CLASSES, SERVICE_NUMBER } from '../simulator/demo-people.ts';
import { type NetworkPlan, pointCodeText } from '../simulator/plan.ts';

export interface DemoConfigOptions {
  readonly plan: NetworkPlan;
  /** Where the simulated signalling gateway listens. */
  readonly port: number;
  readonly dataDirectory: string;
  readonly webPort: number;
  readonly logLevel: 'info' | 'warn';
  /** There are the people of the demo (`demo-people.ts`): their classes, mail to a relay on this port, and a governor that fits. */
  readonly demo?: { readonly mailPort: number; readonly callsPerSecond: number };
}

/** Notices to the one MSC that there is, a call: what life brings fits, what an outage leaves has to wait. */
const NOTICES_PER_CALL = 1;
const NOTICES_PER_SECOND_MIN = 20;

/** What the people of the demo need beside. */
function extrasOf({ mailPort, callsPerSecond }: { mailPort: number; callsPerSecond: number }): object {
  const noticesPerSecond = Math.min(
    100_000,
    Math.max(NOTICES_PER_SECOND_MIN, Math.ceil(callsPerSecond * NOTICES_PER_CALL)),
  );
  return {
    serviceClasses: Object.entries(DEMO_CLASSES).map(([name, { rules }]) => {
      const { quietHours, ...others } = rules;
      return {
        name,
        ...others,
        ...(quietHours === undefined ? {} : { quietHours: quietHoursText(quietHours) }),
      };
    }),
    notices: { originatingAddress: SERVICE_NUMBER },
    availability: { noticesPerSecondAndNode: noticesPerSecond },
    channels: {
      eMail: {
        enabled: true,
        host: '127.0.0.1',
        port: mailPort,
        security: 'none',
        from: 'missed-calls@operator.example',
      },
    },
    // Who plays with a phone says more in an hour than a person does, and the same again.
    selfCare: {
      serviceNumbers: [SERVICE_NUMBER],
      ussdCode: '*123',
      answersPerHour: 1_000,
      sameTextPerHour: 100,
    },
  };
}

export function demoConfig(options: DemoConfigOptions): Config {
  const { plan, port, dataDirectory, webPort, logLevel, demo } = options;
  // JSON is YAML.
  const text = JSON.stringify({
    node: { dataDirectory },
    numbering: { countryCode: plan.numbers.countryCode },
    signalling: {
      transport: 'sctp-udp',
      localPointCode: pointCodeText(plan.pointCodes.callwake),
      networkIndicator: plan.networkIndicator,
      applicationServers: [
        { name: 'callwake', routingContext: plan.routingContext, trafficMode: 'override' },
      ],
      associations: [{ name: 'stp', remote: { host: plan.listen.host, port } }],
      times: { reconnectMinMs: 200, reconnectMaxMs: 2_000 },
    },
    sccp: {
      translations: [{ digits: '*', targets: [{ pointCode: pointCodeText(plan.pointCodes.stp) }] }],
    },
    map: { serviceCentreNumber: `+${plan.numbers.serviceCentre}`, gsmScfNumber: `+${plan.numbers.gsmScf}` },
    cap: { serviceKeys: [plan.serviceKey] },
    // A life in the demo is short: what failed for a passing reason is tried again soon.
    delivery: { retryMs: [1_000, 2_000, 5_000], recheckListedMs: [10_000], recheckUnlistedMs: [5_000] },
    selfCare: { serviceNumbers: [SERVICE_NUMBER], ussdCode: '*123' },
    web: { port: webPort },
    log: { level: logLevel },
    ...(demo === undefined ? {} : extrasOf(demo)),
  });
  const loaded = loadConfig(text);
  if (!loaded.ok) throw configError('the demo', loaded.problems);
  return loaded.config;
}
