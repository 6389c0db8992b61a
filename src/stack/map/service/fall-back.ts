import type { ApplicationContext } from '../../ros/application-context.ts';
import type { MapOpenConfirm } from './service.ts';

/**
 * The context to try after one was refused (3GPP TS 29.002 §5.1, §15.2.1): that which the peer offers, or the next earlier
 * version. A peer that knows no dialogue portion speaks version 1. Undefined: the refusal has another reason, or there is
 * no earlier version.
 *
 * @param contexts of the procedure, the latest version first
 */
export function earlierContext(
  contexts: readonly ApplicationContext[],
  tried: ApplicationContext,
  confirm: Extract<MapOpenConfirm, { accepted: false }>,
): ApplicationContext | undefined {
  const earlier = contexts.filter(({ version }) => version < tried.version);
  switch (confirm.reason) {
    case 'application-context-not-supported': {
      const offered = confirm.alternative?.join('.');
      return earlier.find(({ objectIdentifier }) => objectIdentifier.join('.') === offered) ?? earlier[0];
    }
    case 'potential-version-incompatibility':
      return earlier.find(({ version }) => version === 1);
    default:
      return undefined;
  }
}
