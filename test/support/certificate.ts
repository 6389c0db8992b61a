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

/** A certificate authority of one's own, and a certificate that it has signed, both good for a day, PEM. */
export function privateAuthority(names = 'IP:127.0.0.1,DNS:localhost'): {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
} {
  const folder = temporaryFolder();
  const at = (name: string): string => path.join(folder, name);
  const words = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1'.split(' ');
  const run = (...more: readonly string[]): void => {
    const made = spawnSync('openssl', [...words, ...more]);
    if (made.status !== 0) throw new Error(made.stderr.toString());
  };
  try {
    run('-subj', '/CN=authority', '-keyout', at('ca.key'), '-out', at('ca.pem'));
    run(
      ...['-subj', '/CN=server', '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-keyout', at('key.pem')],
      ...['-addext', `subjectAltName=${names}`, '-addext', 'basicConstraints=critical,CA:FALSE'],
      ...['-out', at('cert.pem')],
    );
    const [ca, cert, key] = ['ca.pem', 'cert.pem', 'key.pem'].map((name) => readFileSync(at(name), 'utf8'));
    return { ca: ca!, cert: cert!, key: key! };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
