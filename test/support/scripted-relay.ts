/** A relay that speaks SMTP as a script says, for what no real one does. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

export type Stage = 'greeting' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'dot' | 'RSET' | 'QUIT';
/** A reply, or what is done with the connection instead. */
export type Turn = string | ((socket: Socket) => void);

const POLITE: Readonly<Record<Stage, string>> = {
  greeting: '220 relay.example ESMTP\r\n',
  EHLO: '250-relay.example\r\n250-PIPELINING\r\n250-AUTH PLAIN\r\n250-DSN\r\n250 8BITMIME\r\n',
  AUTH: '235 2.7.0 ok\r\n',
  MAIL: '250 2.1.0 ok\r\n',
  RCPT: '250 2.1.5 ok\r\n',
  DATA: '354 go on\r\n',
  dot: '250 2.0.0 Ok: queued as 4F2A\r\n',
  RSET: '250 2.0.0 ok\r\n',
  QUIT: '221 2.0.0 bye\r\n',
};

export class ScriptedRelay {
  port = 0;
  connections = 0;
  /** What came between DATA and the dot. */
  readonly messages: string[] = [];
  readonly commands: string[] = [];
  readonly #script: (stage: Stage, times: number) => Turn | undefined;
  readonly #times = new Map<Stage, number>();
  readonly sockets = new Set<Socket>();

  private constructor(script: (stage: Stage, times: number) => Turn | undefined) {
    this.#script = script;
  }

  /** @param script by stage and how often it has come, from 1; undefined: as a polite relay does */
  static async listen(
    t: TestContext,
    script: (stage: Stage, times: number) => Turn | undefined = () => undefined,
  ): Promise<ScriptedRelay> {
    const relay = new ScriptedRelay(script);
    const server = createServer((socket) => relay.#serve(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    relay.port = (server.address() as AddressInfo).port;
    t.after(() => {
      server.close();
      for (const socket of relay.sockets) socket.destroy();
    });
    return relay;
  }

  #serve(socket: Socket): void {
    this.connections++;
    this.sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.once('close', () => this.sockets.delete(socket));
    let text = '';
    let data: string[] | undefined;
    let isStuck = false;
    const turn = (stage: Stage): void => {
      const times = (this.#times.get(stage) ?? 0) + 1;
      this.#times.set(stage, times);
      const what = this.#script(stage, times) ?? POLITE[stage];
      if (typeof what === 'string') socket.write(what);
      else {
        isStuck = true;
        what(socket);
      }
      if (stage === 'DATA' && what === POLITE.DATA) data = [];
      if (stage === 'QUIT') socket.end();
    };
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      for (let end = text.indexOf('\r\n'); end >= 0 && !isStuck; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        if (data === undefined) {
          this.commands.push(line);
          turn(line.split(/[ :]/)[0]!.toUpperCase() as Stage);
        } else if (line === '.') {
          this.messages.push(data.join('\r\n'));
          data = undefined;
          turn('dot');
        } else data.push(line.startsWith('.') ? line.slice(1) : line);
      }
    });
    turn('greeting');
  }
}
