/**
 * What an M3UA endpoint tells its Layer Management beside state changes (RFC 4666 §1.6.3): notifications and errors, as
 * they come and go.
 */
export type ManagementIndication =
  | {
      readonly primitive: 'M-NOTIFY.ind';
      readonly association: string;
      readonly status: string;
      readonly aspIdentifier?: number;
      readonly routingContext?: readonly number[];
    }
  | {
      /** `direction`: whether the peer said it, or we did. */
      readonly primitive: 'M-ERROR.ind';
      readonly association: string;
      readonly direction: 'received' | 'sent';
      readonly errorCode: number;
      readonly error: string;
      readonly routingContext?: readonly number[];
    }
  | {
      readonly primitive: 'M-RK_REG.ind' | 'M-RK_REG.cnf';
      readonly association: string;
      readonly localRoutingKeyIdentifier: number;
      readonly status: string;
      readonly routingContext: number;
    }
  | {
      readonly primitive: 'M-RK_DEREG.ind' | 'M-RK_DEREG.cnf';
      readonly association: string;
      readonly status: string;
      readonly routingContext: number;
    };

export type OnManagement = (indication: ManagementIndication) => void;
