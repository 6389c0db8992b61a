/** Error codes of the ERR message (RFC 4666 §3.8.1), under the names that `Failure.code` and the counters use. */
export const ERROR_CODE = {
  'invalid-version': 0x01,
  'unsupported-message-class': 0x03,
  'unsupported-message-type': 0x04,
  'unsupported-traffic-mode-type': 0x05,
  'unexpected-message': 0x06,
  'protocol-error': 0x07,
  'invalid-stream-identifier': 0x09,
  'refused-management-blocking': 0x0d,
  'asp-identifier-required': 0x0e,
  'invalid-asp-identifier': 0x0f,
  'invalid-parameter-value': 0x11,
  'parameter-field-error': 0x12,
  'unexpected-parameter': 0x13,
  'destination-status-unknown': 0x14,
  'invalid-network-appearance': 0x15,
  'missing-parameter': 0x16,
  'invalid-routing-context': 0x19,
  'no-configured-as-for-asp': 0x1a,
} as const;

export type ErrorName = keyof typeof ERROR_CODE;

const NAMES = new Map<number, ErrorName>(
  (Object.keys(ERROR_CODE) as ErrorName[]).map((name) => [ERROR_CODE[name], name]),
);

/** The name of a received error code; undefined for one that RFC 4666 does not have. */
export function errorName(code: number): ErrorName | undefined {
  return NAMES.get(code);
}

export function isErrorName(name: string): name is ErrorName {
  return Object.hasOwn(ERROR_CODE, name);
}
