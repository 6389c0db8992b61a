/**
 * Debian's Postfix, which others wrote, as the relay: an instance of its own in a temporary folder, on a port of loopback. It
 * takes what is for example domains into mailboxes there, and calls nobody.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { selfSigned } from './certificate.ts';
import { freePort } from './free-port.ts';
import { temporaryFolder } from './temporary-folder.ts';

const isThere = existsSync('/usr/sbin/postfix');
const isRoot = process.getuid?.() === 0;

/** Why a test that needs it is skipped. */
export const noPostfix: string | false = !isThere
  ? 'Postfix is not installed (apt-get install --no-install-recommends postfix)'
  : isRoot
    ? false
    : 'Postfix starts as root alone';

export interface Postfix {
  readonly port: number;
  readonly ca: string;
  /** Messages for an address of subscriber.example or operator.example, as they were delivered. */
  mailbox(local: string): readonly string[];
}

export interface PostfixOptions {
  /** Lines of main.cf, after those that make it an instance of its own. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whom it lets in; without it, everybody. */
  readonly login?: { readonly user: string; readonly password: string };
}

/** One process for each; `n` where a service is in no chroot, as all are here. */
const SERVICES = `
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 1 1 qmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
verify    unix  - - n - 1 verify
virtual   unix  - n n - - virtual
smtp      unix  - - n - - smtp
discard   unix  - - n - - discard
error     unix  - - n - - error
retry     unix  - - n - - error
anvil     unix  - - n - 1 anvil
scache    unix  - - n - 1 scache
tlsmgr    unix  - - n 300 1 tlsmgr
postlog   unix-dgram n - n - 1 postlogd
`;

export async function startPostfix(t: TestContext, options: PostfixOptions = {}): Promise<Postfix> {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const [configuration, queue, data, boxes] = ['etc', 'queue', 'data', 'boxes'].map((name) => {
    const made = path.join(folder, name);
    mkdirSync(made);
    return made;
  }) as [string, string, string, string];
  const uid = idOf('postfix', 'u');
  chownSync(data, uid, idOf('postfix', 'g'));
  chownSync(boxes, uid, idOf('postfix', 'g'));
  const tls = selfSigned('IP:127.0.0.1,DNS:localhost');
  writeFileSync(path.join(folder, 'cert.pem'), tls.cert);
  writeFileSync(path.join(folder, 'key.pem'), tls.key);
  const port = await freePort();
  const login = options.login === undefined ? undefined : await authServer(t, options.login);
  const settings: Record<string, string> = {
    compatibility_level: '3.6',
    queue_directory: queue,
    data_directory: data,
    command_directory: '/usr/sbin',
    daemon_directory: '/usr/lib/postfix/sbin',
    mail_owner: 'postfix',
    setgid_group: 'postdrop',
    maillog_file: path.join(folder, 'log'),
    maillog_file_prefixes: folder,
    myhostname: 'postfix.example',
    mydestination: '',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    mynetworks: '127.0.0.0/8',
    alias_maps: '',
    local_recipient_maps: '',
    virtual_mailbox_domains: 'subscriber.example, operator.example',
    virtual_mailbox_base: boxes,
    virtual_mailbox_maps: 'inline:{ b@subscriber.example=b/, bounces@operator.example=bounces/ }',
    virtual_uid_maps: `static:${uid}`,
    virtual_gid_maps: `static:${idOf('postfix', 'g')}`,
    virtual_minimum_uid: '1',
    // Whoever else it is for: nobody is called.
    default_transport: 'error:5.1.2 nobody is called from here',
    relay_transport: 'discard',
    smtpd_tls_cert_file: path.join(folder, 'cert.pem'),
    smtpd_tls_key_file: path.join(folder, 'key.pem'),
    smtpd_tls_security_level: 'encrypt',
    smtpd_relay_restrictions:
      login === undefined ? 'permit_mynetworks, reject' : 'permit_sasl_authenticated, reject',
    smtpd_recipient_restrictions: '',
    ...(login === undefined
      ? {}
      : {
          smtpd_sasl_auth_enable: 'yes',
          smtpd_sasl_type: 'dovecot',
          smtpd_sasl_path: `inet:127.0.0.1:${login}`,
        }),
    smtpd_client_event_limit_exceptions: '',
    ...options.settings,
  };
  writeFileSync(
    path.join(configuration, 'main.cf'),
    Object.entries(settings)
      .map(([key, value]) => `${key} = ${value}\n`)
      .join(''),
  );
  writeFileSync(path.join(configuration, 'master.cf'), `127.0.0.1:${port} inet n - n - - smtpd${SERVICES}`);
  const command = (word: string): string => {
    const run = spawnSync('/usr/sbin/postfix', ['-c', configuration, word], { timeout: 30_000 });
    return run.status === 0 ? '' : `${run.stdout.toString()}${run.stderr.toString()}`;
  };
  const problem = command('start');
  t.after(() => {
    command('stop');
    rmSync(folder, { recursive: true, force: true });
  });
  if (problem !== '') throw new Error(problem);
  await untilListens(port);
  return {
    port,
    ca: tls.cert,
    mailbox: (local) => {
      const box = path.join(boxes, local, 'new');
      return existsSync(box)
        ? readdirSync(box).map((file) => readFileSync(path.join(box, file), 'utf8'))
        : [];
    },
  };
}

function idOf(name: string, which: 'u' | 'g'): number {
  return Number(spawnSync('id', [`-${which}`, name]).stdout.toString());
}

async function untilListens(port: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port }, () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (isOpen) return;
    if (tries > 200) throw new Error('Postfix does not listen');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Whom Postfix asks about a login: the server's side of Dovecot's authentication protocol, as far as PLAIN needs it. */
async function authServer(
  t: TestContext,
  { user, password }: { readonly user: string; readonly password: string },
): Promise<number> {
  const right = Buffer.from(`\0${user}\0${password}`).toString('base64');
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(
      'VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t00112233445566778899aabbccddeeff\nDONE\n',
    );
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
        const [verb, id = '', ...fields] = text.slice(0, end).split('\t');
        text = text.slice(end + 1);
        if (verb === 'AUTH')
          socket.write(
            fields.includes(`resp=${right}`) ? `OK\t${id}\tuser=${user}\n` : `FAIL\t${id}\tuser=${user}\n`,
          );
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}
