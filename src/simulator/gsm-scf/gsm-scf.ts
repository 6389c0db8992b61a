import { allCapContexts, type CapContext, scfCallContext } from '../../stack/cap/service/contexts.ts';
import type { OperationSet } from '../../stack/cap/service/operation-sets.ts';
import type { SccpAddress } from '../../stack/sccp/service.ts';
import type { Dialogue, DialogueAcceptor, DialogueUser } from '../../stack/tcap/service.ts';
import { type ScfScript, ScfSession, type ScfSessionPorts } from './scf-session.ts';

/** Which script conducts a dialogue; undefined: the context is refused. */
export type ScriptChoice = (context: CapContext<OperationSet, OperationSet>) => ScfScript | undefined;

const FAILURES_MAX = 100;

export interface GsmScfPorts extends ScfSessionPorts {
  /** A script did not find what it awaited. */
  onFailure?(why: string): void;
}

/** A gsmSCF whose services are scripts: takes dialogues of all contexts of CAP, and opens those in which it makes calls. */
export class GsmScf implements DialogueAcceptor {
  readonly #ports: GsmScfPorts;
  readonly #choose: ScriptChoice;
  readonly #sessions = new Set<ScfSession>();
  /** Of scripts that failed: why. */
  readonly failures: string[] = [];

  constructor(ports: GsmScfPorts, choose: ScriptChoice) {
    this.#ports = {
      ...ports,
      callThrough: ({ dialogue: { addresses } }, made) => {
        if (addresses !== undefined)
          this.open(scfCallContext, made, addresses.localAddress, addresses.remoteAddress);
      },
    };
    this.#choose = choose;
  }

  get openSessions(): number {
    return this.#sessions.size;
  }

  onBegin(dialogue: Dialogue): DialogueUser | 'refuse-context' {
    const name = dialogue.applicationContext?.join('.');
    const context = allCapContexts.find(
      (one) => one.scf === 'responder' && one.context.objectIdentifier.join('.') === name,
    );
    const script = context && this.#choose(context);
    if (context === undefined || script === undefined) return 'refuse-context';
    return this.#session(context, script).accept(dialogue).dialogue;
  }

  /** Opens a dialogue of its own; undefined when there is no room for one. */
  open(
    context: CapContext<OperationSet, OperationSet>,
    script: ScfScript,
    localAddress: SccpAddress,
    remoteAddress: SccpAddress,
  ): ScfSession | undefined {
    const session = this.#session(context, script);
    if (session.open(localAddress, remoteAddress)) return session;
    this.#sessions.delete(session);
    return undefined;
  }

  #session(context: CapContext<OperationSet, OperationSet>, script: ScfScript): ScfSession {
    const session = new ScfSession(this.#ports, context, script, (done) => {
      this.#sessions.delete(done);
      if (done.failure === undefined) return;
      if (this.failures.length < FAILURES_MAX) this.failures.push(done.failure);
      this.#ports.onFailure?.(done.failure);
    });
    this.#sessions.add(session);
    return session;
  }
}
