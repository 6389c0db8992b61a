/** An exchange of the telephone network: calls over circuits, with ISUP. */
import type { RoleFactory } from '../role.ts';
import { callProcedures } from './call-procedures.ts';
import { circuitProcedures } from './circuit-procedures.ts';
import { Exchange } from './exchange.ts';

export const pstnRole: RoleFactory = (environment) => {
  const exchange = new Exchange(environment);
  const [reset, ...circuits] = circuitProcedures(exchange);
  return {
    // What was on the circuits is not known after a start: they are reset first (ITU-T Q.764 §2.9.3).
    procedures: [reset!, ...callProcedures(exchange), ...circuits],
    get underWay() {
      return exchange.underWay;
    },
  };
};
