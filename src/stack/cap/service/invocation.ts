import type { ErrorDeclaration, Operation } from '../../asn1/index.ts';
import { errorCodec, resultCodec } from '../../ros/codecs.ts';
import type { Dialogue, Problem } from '../../tcap/service.ts';

/** Sends the answers of a dialogue. */
export interface Answerer {
  answer(invokeId: number, wrong: string | undefined, send: (dialogue: Dialogue) => boolean): void;
}

/** An operation that the peer asked for, to be answered as its class has it (ITU-T Q.771 §3.1.3). */
export class CapInvocation {
  readonly operation: Operation;
  readonly invokeId: number;
  readonly linkedId: number | undefined;
  readonly #dialogue: Answerer;

  constructor(dialogue: Answerer, operation: Operation, invokeId: number, linkedId: number | undefined) {
    this.#dialogue = dialogue;
    this.operation = operation;
    this.invokeId = invokeId;
    this.linkedId = linkedId;
  }

  /** A result, empty when the operation has none. Of an operation that reports no success nothing is sent. */
  result(value?: unknown): void {
    const { operation, invokeId } = this;
    if (operation.operationClass === 2 || operation.operationClass === 4) return;
    const codec = resultCodec(operation);
    const answer =
      codec === undefined || value === undefined
        ? undefined
        : { operationCode: operation.code, parameter: codec.encode(value) };
    this.#dialogue.answer(invokeId, undefined, (dialogue) => dialogue.result(invokeId, answer));
  }

  /** Of an operation that reports no failure, or does not have this error, nothing is sent; false then. */
  error<P>(error: ErrorDeclaration<P>, parameter?: P): boolean {
    const { operation, invokeId } = this;
    if (operation.operationClass === 3 || operation.operationClass === 4) return false;
    if (!operation.errors.some(({ code }) => code === error.code)) return false;
    const codec = errorCodec(error);
    const octets = codec === undefined || parameter === undefined ? undefined : codec.encode(parameter);
    this.#dialogue.answer(invokeId, error.name ?? `error ${error.code}`, (dialogue) =>
      dialogue.error(invokeId, error.code, octets),
    );
    return true;
  }

  reject(problem: Problem): void {
    const { invokeId } = this;
    this.#dialogue.answer(invokeId, `reject ${problem.type} ${problem.code}`, (dialogue) =>
      dialogue.reject(invokeId, problem),
    );
  }
}
