/**
 * What two IPSPs say to one another on an association (RFC 4666 §1.4.3.4, §5.6), in one of two models: with double
 * exchange each side runs all procedures for itself, with single exchange one side's are for both.
 */
import type { ApplicationServer } from './application-server.ts';
import type { AspTrafficState } from './asp-traffic-fsm.ts';
import type { ApplicationServerConfig } from './configuration.ts';
import type { M3uaMessage } from './messages.ts';

export interface IpspExchange {
  associationUp(): void;
  associationRestarted(): void;
  associationDown(): void;
  /** Layer Management's requests (RFC 4666 §1.6.3), for one of our AS or all of them. */
  up(): void;
  down(): void;
  activate(applicationServer?: string): void;
  inactivate(applicationServer?: string): void;
  register(applicationServer?: string): void;
  deregister(applicationServer?: string): void;
  /** Takes an ASPSM, ASPTM, RKM or MGMT message. False: it is none. */
  onMessage(message: M3uaMessage, octets: Uint8Array): boolean;
  /** Our AS that a routing context names; without one, the only AS. */
  local(routingContext: number | undefined): ApplicationServerConfig | undefined;
  /** How far we are for one of our AS: whether its DATA may come. */
  localState(applicationServer: ApplicationServerConfig): AspTrafficState;
  /** State of the association's maintenance, and of the traffic of each of our AS. */
  readonly maintenanceState: string;
  readonly traffic: readonly { readonly applicationServer: string; readonly state: string }[];
  readonly aspIdentifier: number | undefined;
}

/** What an exchange tells the endpoint. */
export interface IpspExchangeUser {
  /** ASP Up was acknowledged: the peer is there and wants us. */
  onUp(): void;
  onMaintenanceChange(from: string, to: string): void;
  /** For one of our AS, `from` and `to` are ours; for one of the peer's, the peer's. */
  onLocalChange(applicationServer: ApplicationServerConfig, from: string, to: string): void;
  onRemoteChange(applicationServer: ApplicationServer, from: string, to: string): void;
  abortAssociation(): void;
  closeAssociation(): void;
  isBlocked(aspIdentifier: number | undefined): boolean;
  isIdentifierInUse(aspIdentifier: number): boolean;
}
