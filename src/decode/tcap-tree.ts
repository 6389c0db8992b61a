/** A TCAP message as a tree, down to the parameters of its operations. */
import type { Operation } from '../stack/asn1/index.ts';
import { MapDialoguePdu } from '../stack/map/dialogue-pdu.ts';
import { findOperation, type Side } from '../stack/ros/application-context.ts';
import { operationsWithCode } from './catalogue.ts';
import { type Conversation, Conversations, contextOf } from './conversations.ts';
import { declaredTree } from './declared-tree.ts';
import { capOperationsNotCovered, mapOperationsNotCovered } from './not-covered.ts';
import { type Part, parameterTree } from './operation-tree.ts';
import { DialoguePdu, TcMessage } from './tcap-declaration.ts';
import { findNode, notesIn, type TreeNode } from './tree.ts';

type Protocol = 'MAP' | 'CAP';

export interface TcapTreeOptions {
  /** What earlier messages said; without it every message stands for itself. */
  readonly conversations?: Conversations;
  /** What the subsystem number says, for messages without an application context. */
  readonly protocol?: Protocol | undefined;
  /** Added to every offset: where the message stands in what was given. */
  readonly base?: number;
}

interface Sight {
  readonly octets: Uint8Array;
  readonly conversation: Conversation;
  readonly sender: Side;
  readonly protocol: Protocol | undefined;
}

/** The octets of one message, from its tag on. */
export function tcapTree(octets: Uint8Array, options: TcapTreeOptions = {}): TreeNode {
  const tree = declaredTree(TcMessage, octets, 'TCAP');
  const message = tree.children?.[0];
  if (message === undefined) return shifted(tree, options.base ?? 0);
  const conversations = options.conversations ?? new Conversations();
  const otid = findNode(message, 'otid')?.value;
  const dtid = findNode(message, 'dtid')?.value;
  const known = typeof dtid === 'string' ? conversations.find(dtid, text(otid)) : undefined;
  const sight: Sight = {
    octets,
    conversation: known?.conversation ?? conversations.begin(text(otid) ?? ''),
    sender: known?.sender ?? (dtid === undefined ? 'initiator' : 'responder'),
    protocol: options.protocol,
  };
  const children = message.children?.map((child) => portion(child, sight)) ?? [];
  return shifted(
    { ...tree, children: [{ ...message, children }, ...(tree.children?.slice(1) ?? [])] },
    options.base ?? 0,
  );
}

function text(value: TreeNode['value']): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The same tree with every place moved. */
export function shifted(node: TreeNode, by: number): TreeNode {
  if (by === 0) return node;
  const { children } = node;
  return {
    ...node,
    offset: node.offset + by,
    ...(children === undefined ? {} : { children: children.map((child) => shifted(child, by)) }),
  };
}

function portion(node: TreeNode, sight: Sight): TreeNode {
  if (node.name === 'dialoguePortion' || node.name === 'reason') return dialoguePortion(node, sight);
  if (node.name !== 'components') return node;
  return { ...node, children: node.children?.map((one) => componentTree(one, sight)) ?? [] };
}

function dialoguePortion(node: TreeNode, sight: Sight): TreeNode {
  const pdu = openExternals(node, sight, '0.0.17.773.1.1.1', (from, end) =>
    declaredTree(DialoguePdu, sight.octets, 'DialoguePDU', from, end),
  );
  const name = findNode(pdu, 'application-context-name');
  if (typeof name?.value === 'string') {
    sight.conversation.contextName = name.value;
    const context = contextOf(name.value);
    if (context !== undefined) sight.conversation.context = context;
  }
  const named = mapNodes(pdu, (one) => {
    if (one.name !== 'application-context-name' || typeof one.value !== 'string') return one;
    const known = contextOf(one.value);
    return known === undefined
      ? { ...one, note: 'not covered' }
      : { ...one, value: `${one.value} ${known.name}` };
  });
  return openExternals(named, sight, '0.4.0.0.1.1.1.1', (from, end) =>
    declaredTree(MapDialoguePdu, sight.octets, 'MAP-DialoguePDU', from, end),
  );
}

function mapNodes(node: TreeNode, change: (node: TreeNode) => TreeNode): TreeNode {
  const { children } = node;
  return change(
    children === undefined ? node : { ...node, children: children.map((child) => mapNodes(child, change)) },
  );
}

/** In every EXTERNAL of that abstract syntax, the value in place of its plain BER. */
function openExternals(
  node: TreeNode,
  sight: Sight,
  abstractSyntax: string,
  open: (from: number, end: number) => TreeNode,
): TreeNode {
  return mapNodes(node, (one) => {
    const { children } = one;
    if (children === undefined || children[0]?.name !== 'directReference') return one;
    if (children[0].value !== abstractSyntax) return one;
    return {
      ...one,
      children: children.map((child) =>
        mapNodes(child, (inner) => {
          const element = inner.name === 'singleAsn1Type' ? inner.children?.[0] : undefined;
          if (element === undefined || element.offset + element.length > sight.octets.length) return inner;
          return { ...inner, children: [open(element.offset, element.offset + element.length)] };
        }),
      ),
    };
  });
}

function componentTree(node: TreeNode, sight: Sight): TreeNode {
  const component = node.children?.[0];
  if (component === undefined) return node;
  return { ...node, children: [described(component, sight)] };
}

function described(component: TreeNode, sight: Sight): TreeNode {
  const { conversation, sender } = sight;
  const invokeId = findNode(component, 'invokeID')?.value;
  const other: Side = sender === 'initiator' ? 'responder' : 'initiator';
  const code = findNode(component, 'localValue')?.value;
  if (component.name === 'invoke' && typeof code === 'number') {
    const operation = operationOf(sight, sender, code, component, 'argument');
    if (operation !== undefined) conversation.invoked.set(`${sender} ${String(invokeId)}`, operation);
    return withParameter(component, sight, operation, 'argument', code);
  }
  const invoked = conversation.invoked.get(`${other} ${String(invokeId)}`);
  if (component.name === 'returnError' && typeof code === 'number')
    return withError(component, sight, invoked ?? operationOf(sight, other, code, component, 'error'), code);
  if (component.name.startsWith('returnResult')) {
    const operation =
      invoked ??
      (typeof code === 'number' ? operationOf(sight, other, code, component, 'result') : undefined);
    return withParameter(component, sight, operation, 'result', typeof code === 'number' ? code : undefined);
  }
  return component;
}

/** By the context; without one, the declared operation of the code (for an error: one that has it) that reads best, of the subsystem's protocol. */
function operationOf(
  sight: Sight,
  side: Side,
  code: number,
  component: TreeNode,
  part: Part,
): Operation | undefined {
  const { context, contextName } = sight.conversation;
  if (context !== undefined && part !== 'error') {
    const other: Side = side === 'initiator' ? 'responder' : 'initiator';
    return findOperation(context, side, code) ?? findOperation(context, other, code);
  }
  if (contextName !== undefined) return undefined;
  const element = parameterOf(component);
  let found: Operation | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const { operation } of operationsWithCode(code, sight.protocol, part === 'error')) {
    const type =
      part === 'argument'
        ? operation.argument
        : part === 'result'
          ? operation.result
          : operation.errors.find((error) => error.code === code)?.parameter;
    if (element === undefined) {
      if (type === undefined) return operation;
      found ??= operation;
      continue;
    }
    if (type === undefined) continue;
    const end = element.offset + element.length;
    const notes = notesIn(declaredTree(type, sight.octets, '', element.offset, end));
    if (notes >= fewest) continue;
    fewest = notes;
    found = operation;
  }
  return found;
}

function parameterOf(component: TreeNode): TreeNode | undefined {
  return findNode(component, 'parameter')?.children?.[0];
}

function nameOf(sight: Sight, code: number | undefined): string {
  if (code === undefined) return 'operation';
  const { context, contextName } = sight.conversation;
  const protocol = context?.protocol ?? (contextName === undefined ? sight.protocol : undefined);
  const names = protocol === 'CAP' ? capOperationsNotCovered : mapOperationsNotCovered;
  return (protocol === undefined ? undefined : names.get(code)) ?? `operation ${code}`;
}

function withParameter(
  component: TreeNode,
  sight: Sight,
  operation: Operation | undefined,
  part: 'argument' | 'result',
  code: number | undefined,
): TreeNode {
  if (operation === undefined) return { ...component, value: nameOf(sight, code), note: 'not covered yet' };
  const type = part === 'argument' ? operation.argument : operation.result;
  return read(component, sight, operation, part, type, operation.name ?? String(operation.code));
}

/** An error that its operation does not list is that of another operation of the context, or else of the protocol. */
function withError(
  component: TreeNode,
  sight: Sight,
  invoked: Operation | undefined,
  code: number,
): TreeNode {
  const { context, contextName } = sight.conversation;
  const foreign = context === undefined && contextName !== undefined;
  const others = foreign ? [] : operationsWithCode(code, context?.protocol ?? sight.protocol, true);
  for (const operation of [
    ...(invoked === undefined ? [] : [invoked]),
    ...(context === undefined ? [] : [...context.initiator.values(), ...context.responder.values()]),
    ...others.map((entry) => entry.operation),
  ]) {
    const declared = operation.errors.find((error) => error.code === code);
    if (declared !== undefined)
      return read(component, sight, operation, 'error', declared.parameter, declared.name ?? String(code));
  }
  return { ...component, value: `error ${code}`, note: 'not covered yet' };
}

/** The component with its parameter read as `type`, or with a note that none is declared. */
function read(
  component: TreeNode,
  sight: Sight,
  operation: Operation,
  part: Part,
  type: Operation['argument'],
  name: string,
): TreeNode {
  const element = parameterOf(component);
  if (element === undefined) return { ...component, value: name };
  if (type === undefined) return { ...component, value: name, note: 'a parameter that is not declared' };
  const end = element.offset + element.length;
  const tree = parameterTree(operation, part, type, 'parameter', sight.octets, element.offset, end);
  return mapNodes({ ...component, value: name }, (one) => (one.name === 'parameter' ? tree : one));
}
