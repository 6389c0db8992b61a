/**
 * What a peer or a protocol got wrong, as a value: never an exception on the hot path.
 *
 * `code` is stable and counted; `offset` is in octets from the start of what was decoded; `path` names the field in the
 * specification's spelling (`InitialDPArg.calledPartyNumber`); `clause` is the rule that was broken.
 */
export interface Failure {
  readonly ok: false;
  readonly code: string;
  readonly offset: number;
  readonly path?: string;
  readonly clause?: string;
}

export interface Success<T> {
  readonly ok: true;
  readonly value: T;
}

export type Result<T> = Success<T> | Failure;

export function success<T>(value: T): Success<T> {
  return { ok: true, value };
}

export function failure(code: string, offset: number, clause?: string, path?: string): Failure {
  return {
    ok: false,
    code,
    offset,
    ...(path === undefined ? {} : { path }),
    ...(clause === undefined ? {} : { clause }),
  };
}
