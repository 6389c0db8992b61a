/** Commands to a plain M3UA endpoint, a JSON object a line: `{"do":"transfer","dpc":"2-100-1","data":"0102"}`. */
import type { MtpTransfer } from '../../stack/m3ua/mtp.ts';
import { type PointCodeNotation, readPointCode } from '../../types/point-code.ts';

/** What a transfer leaves open is filled in by the endpoint: our first point code, its network indicator. */
export type TransferCommand = Pick<MtpTransfer, 'dpc' | 'si' | 'mp' | 'sls' | 'data'> & {
  readonly opc?: number;
  readonly ni?: number;
};

export type EndpointCommand =
  | { readonly do: 'transfer'; readonly transfer: TransferCommand }
  | { readonly do: 'asp-up' | 'asp-down' | 'status' | 'quit' }
  | {
      readonly do: 'asp-active' | 'asp-inactive' | 'register' | 'deregister';
      readonly applicationServer?: string;
    }
  | { readonly do: 'daud'; readonly pointCodes: readonly number[] }
  | { readonly do: 'pause' | 'restrict' | 'resume'; readonly pointCodes: readonly number[] }
  | { readonly do: 'congestion'; readonly pointCodes: readonly number[]; readonly level: number }
  | { readonly do: 'block' | 'unblock'; readonly asp?: string | number }
  | { readonly do: 'nif'; readonly available: boolean };

/** What is wrong with a command, in words. */
export interface CommandProblem {
  readonly problem: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads a line; what it says of point codes is read in the notation. */
export function readCommand(line: string, notation: PointCodeNotation): EndpointCommand | CommandProblem {
  let fields: Fields;
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { problem: 'a command is a JSON object, such as {"do":"status"}' };
    fields = value as Fields;
  } catch {
    return { problem: 'the line is not JSON' };
  }
  switch (fields['do']) {
    case 'transfer':
      return transferOf(fields, notation);
    case 'asp-up':
    case 'asp-down':
    case 'status':
    case 'quit':
      return { do: fields['do'] };
    case 'asp-active':
    case 'asp-inactive':
    case 'register':
    case 'deregister': {
      const name = fields['as'];
      if (name === undefined) return { do: fields['do'] };
      if (typeof name !== 'string') return { problem: 'as is the name of an application server' };
      return { do: fields['do'], applicationServer: name };
    }
    case 'daud':
    case 'pause':
    case 'restrict':
    case 'resume': {
      const pointCodes = pointCodesOf(fields, notation);
      return pointCodes === undefined ? NO_POINT_CODES : { do: fields['do'], pointCodes };
    }
    case 'congestion': {
      const pointCodes = pointCodesOf(fields, notation);
      const level = integer(fields['level'], 0, 3);
      if (pointCodes === undefined) return NO_POINT_CODES;
      return level === undefined
        ? { problem: 'level is 0 (none) to 3' }
        : { do: 'congestion', pointCodes, level };
    }
    case 'block':
    case 'unblock': {
      const { asp } = fields;
      if (asp === undefined) return { do: fields['do'] };
      if (typeof asp !== 'string' && typeof asp !== 'number')
        return { problem: 'asp is the name of an association or an ASP Identifier' };
      return { do: fields['do'], asp };
    }
    case 'nif':
      return typeof fields['available'] === 'boolean'
        ? { do: 'nif', available: fields['available'] }
        : { problem: 'available is true or false' };
    default:
      return {
        problem:
          'do is one of transfer, asp-up, asp-down, asp-active, asp-inactive, register, deregister, daud, pause, restrict, resume, congestion, block, unblock, nif, status, quit',
      };
  }
}

const NO_POINT_CODES: CommandProblem = {
  problem: 'pointCodes is a list of point codes, or pointCode is one',
};
/** Point codes that one command may name. */
const POINT_CODES_MAX = 256;

function transferOf(fields: Fields, notation: PointCodeNotation): EndpointCommand | CommandProblem {
  const dpc = pointCodeOf(fields['dpc'], notation);
  if (dpc === undefined) return { problem: 'dpc is a point code' };
  const opc = fields['opc'] === undefined ? undefined : pointCodeOf(fields['opc'], notation);
  if (fields['opc'] !== undefined && opc === undefined) return { problem: 'opc is a point code' };
  const { data } = fields;
  if (typeof data !== 'string' || !/^(?:[0-9a-fA-F]{2})*$/.test(data))
    return { problem: 'data is hexadecimal, two digits an octet' };
  const si = integer(fields['si'] ?? 3, 0, 255);
  const ni = fields['ni'] === undefined ? undefined : integer(fields['ni'], 0, 3);
  const mp = integer(fields['mp'] ?? 0, 0, 3);
  const sls = integer(fields['sls'] ?? 0, 0, 255);
  if (
    si === undefined ||
    mp === undefined ||
    sls === undefined ||
    (fields['ni'] !== undefined && ni === undefined)
  )
    return { problem: 'si and sls are 0 … 255, ni and mp 0 … 3' };
  return {
    do: 'transfer',
    transfer: {
      dpc,
      ...(opc === undefined ? {} : { opc }),
      ...(ni === undefined ? {} : { ni }),
      si,
      mp,
      sls,
      data: Uint8Array.from(Buffer.from(data, 'hex')),
    },
  };
}

function pointCodeOf(value: unknown, notation: PointCodeNotation): number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? readPointCode(value, notation) : undefined;
}

function pointCodesOf(fields: Fields, notation: PointCodeNotation): number[] | undefined {
  const written: unknown = fields['pointCodes'] ?? [fields['pointCode']];
  if (!Array.isArray(written) || written.length === 0 || written.length > POINT_CODES_MAX) return undefined;
  const read = written.map((one: unknown) => pointCodeOf(one, notation));
  return read.every((one) => one !== undefined) ? read : undefined;
}

function integer(value: unknown, from: number, to: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to
    ? value
    : undefined;
}
