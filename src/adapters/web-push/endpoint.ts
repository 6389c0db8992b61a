/** Endpoints of subscriptions: whoever subscribes gives us one, so it is one of a push service that the operator knows, or none. */

const LENGTH_MAX = 2_048;

/** The pattern of `allowedHosts` that covers it; undefined: it is not called. */
export function pushServiceOf(
  endpoint: string,
  allowedHosts: readonly string[],
  anyPort: boolean,
): { readonly url: URL; readonly service: string } | undefined {
  if (endpoint.length > LENGTH_MAX || !URL.canParse(endpoint)) return undefined;
  const url = new URL(endpoint);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  if (url.port !== '' && !anyPort) return undefined;
  const service = allowedHosts.find((pattern) => covers(pattern, url.hostname));
  return service === undefined ? undefined : { url, service };
}

function covers(pattern: string, host: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}
