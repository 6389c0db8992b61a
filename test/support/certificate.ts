import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/** Why a test that needs certificates is skipped. */
export const noOpenssl: string | false =
  spawnSync('openssl', ['version']).status === 0 ? false : 'openssl is not installed';

/** A certificate that signs itself, good for a day, PEM. `names` as openssl writes them: `IP:127.0.0.1`, `DNS:localhost`. */
export function selfSigned(names = 'IP:127.0.0.1,DNS:localhost'): {
  readonly cert: string;
  readonly key: string;
} {
  const folder = temporaryFolder();
  const [keyFile, certFile] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
  const words = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=test';
  const made = spawnSync('openssl', [
    ...words.split(' '),
    ...['-addext', `subjectAltName=${names}`, '-keyout', keyFile, '-out', certFile],
  ]);
  try {
    if (made.status !== 0) throw new Error(made.stderr.toString());
    return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
