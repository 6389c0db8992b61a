/** Secrets, by where the configuration says that they stand. They are read at the start, and never logged or shown. */
import { readFileSync } from 'node:fs';
import { OperatingError } from '../types/operating-error.ts';

/**
 * @param reference `file:PATH`, of whose content the line break at the end is no part, or `env:NAME`
 * @throws OperatingError `CW_SECRET_MISSING`
 */
export function readSecret(reference: string): string {
  const [, kind, place = ''] = /^(file|env):(.*)$/s.exec(reference) ?? [];
  const secret = kind === 'file' ? fromFile(place) : process.env[place];
  if (secret !== undefined && secret !== '') return secret;
  throw new OperatingError('CW_SECRET_MISSING', `there is no secret at ${reference}`, { reference });
}

function fromFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new OperatingError('CW_SECRET_MISSING', `the secret in ${file} cannot be read`, { file }, error);
  }
}
