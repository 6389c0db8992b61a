/** The engine's configuration in the demo: made to fit the simulated network, checked like any other. */
import { loadConfig } from '../config/load.ts';
import { configError } from '../config/problem.ts';
import type { Config } from '../config/schema/config.ts';
import { type NetworkPlan, pointCodeText } from '../simulator/plan.ts';

export interface DemoConfigOptions {
  readonly plan: NetworkPlan;
  /** Where the simulated signalling gateway listens. */
  readonly port: number;
  readonly dataDirectory: string;
  readonly webPort: number;
  readonly logLevel: 'info' | 'warn';
}

export function demoConfig(options: DemoConfigOptions): Config {
  const { plan, port, dataDirectory, webPort, logLevel } = options;
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
    selfCare: { serviceNumbers: ['4321'], ussdCode: '*123' },
    web: { port: webPort },
    log: { level: logLevel },
  });
  const loaded = loadConfig(text);
  if (!loaded.ok) throw configError('the demo', loaded.problems);
  return loaded.config;
}
