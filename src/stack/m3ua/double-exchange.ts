/**
 * Double exchange between IPSPs (RFC 4666 §4.3.4.1.2, §5.6.2): towards the peer we are as an ASP for our AS, and as an SGP
 * for its AS; each direction has its own ASP Up and ASP Active. Requests of the peer are for the one, what answers ours
 * for the other.
 */
import type { ApplicationServer } from './application-server.ts';
import { AspProcedures } from './asp-procedures.ts';
import type { AspTrafficState } from './asp-traffic-fsm.ts';
import type { ApplicationServerConfig } from './configuration.ts';
import type { IpspExchange, IpspExchangeUser } from './ipsp-exchange.ts';
import type { M3uaMessage } from './messages.ts';
import { SgpProcedures } from './sgp-procedures.ts';

type AspOptions = ConstructorParameters<typeof AspProcedures>[0];
type SgpOptions = ConstructorParameters<typeof SgpProcedures>[0];

export type DoubleExchangeOptions = Omit<AspOptions, 'user' | 'applicationServers' | 'standbyFor'> &
  Omit<SgpOptions, 'user' | 'applicationServers'> & {
    readonly local: readonly ApplicationServerConfig[];
    readonly remote: readonly ApplicationServer[];
    readonly user: IpspExchangeUser;
  };

export class DoubleExchange implements IpspExchange {
  readonly #asp: AspProcedures;
  readonly #sgp: SgpProcedures;

  constructor(options: DoubleExchangeOptions) {
    const { user } = options;
    this.#asp = new AspProcedures({
      ...options,
      applicationServers: options.local,
      standbyFor: [],
      user: {
        onUp: () => user.onUp(),
        onMaintenanceChange: (from, to) => user.onMaintenanceChange(from, to),
        onTrafficChange: (one, from, to) => user.onLocalChange(one, from, to),
        abortAssociation: () => user.abortAssociation(),
        closeAssociation: () => user.closeAssociation(),
      },
    });
    this.#sgp = new SgpProcedures({
      ...options,
      applicationServers: options.remote,
      ownIdentifier: options.aspIdentifier,
      user: {
        isIdentifierInUse: (aspIdentifier) => user.isIdentifierInUse(aspIdentifier),
        isBlocked: ({ aspIdentifier }) => user.isBlocked(aspIdentifier),
        isNifAvailable: () => true,
        onAspChange: (_procedures, from, to) => user.onMaintenanceChange(`remote ${from}`, `remote ${to}`),
        onTrafficChange: (_procedures, one, from, to) => user.onRemoteChange(one, from, to),
      },
    });
  }

  associationUp(): void {
    this.#asp.associationUp();
  }

  associationRestarted(): void {
    this.#sgp.associationRestarted();
    this.#asp.associationRestarted();
  }

  associationDown(): void {
    this.#asp.associationDown();
    this.#sgp.associationDown();
  }

  up(): void {
    this.#asp.up();
  }

  down(): void {
    this.#asp.down();
  }

  activate(applicationServer?: string): void {
    this.#asp.activate(applicationServer);
  }

  inactivate(applicationServer?: string): void {
    this.#asp.inactivate(applicationServer);
  }

  register(applicationServer?: string): void {
    this.#asp.register(applicationServer);
  }

  deregister(applicationServer?: string): void {
    this.#asp.deregister(applicationServer);
  }

  onMessage(message: M3uaMessage, octets: Uint8Array): boolean {
    return this.#asp.onMessage(message, octets) || this.#sgp.onMessage(message, octets);
  }

  local(routingContext: number | undefined): ApplicationServerConfig | undefined {
    return this.#asp.applicationServer(routingContext);
  }

  localState(applicationServer: ApplicationServerConfig): AspTrafficState {
    return this.#asp.trafficState(applicationServer);
  }

  get maintenanceState(): string {
    return this.#asp.maintenanceState;
  }

  get traffic(): IpspExchange['traffic'] {
    return [
      ...this.#asp.traffic.map(({ applicationServer, state }) => ({
        applicationServer: applicationServer.name,
        state,
      })),
      ...[...this.#sgp.states].map(([{ config }, state]) => ({ applicationServer: config.name, state })),
    ];
  }

  get aspIdentifier(): number | undefined {
    return this.#sgp.aspIdentifier;
  }
}
