/** Statuses: which ones a contract has to name, and which ones it documents by a range. */

import type { Collection } from '../../contract/knowledge.ts';
import type { CodeOperation, Output } from '../../contract/operation.ts';

export function isCode(status: string): boolean {
  return /^[1-5]\d\d$/.test(status);
}

export function isRange(status: string): boolean {
  return /^[1-5]xx$/i.test(status);
}

/** Success in the wide sense: everything that is no error. */
export function isSuccess(status: string): boolean {
  return /^[123]/.test(status);
}

/** Is this an error, or does it hold errors (`4XX`, `default`)? */
export function isError(status: string): boolean {
  return /^[45]/.test(status) || status === 'default';
}

export function documents(outputs: Collection<Output>, status: string): boolean {
  return outputs.items.some((output) => {
    if (output.status === status || output.status === 'default') return true;
    return isRange(output.status) && output.status[0] === status[0];
  });
}

/**
 * Statuses that any server answers to a bad or unlucky request, whatever the operation. Worth documenting, and
 * rarely what breaks a client.
 */
const ordinary: ReadonlySet<string> = new Set([
  '400',
  '401',
  '403',
  '404',
  '405',
  '406',
  '408',
  '413',
  '415',
  '429',
]);

export function isOrdinary(status: string): boolean {
  return ordinary.has(status) || status.startsWith('5');
}

/**
 * Statuses that something in front of the operation sends (guards, limiters, body parsers, gateways, a crash):
 * that its own code never does is no sign of drift.
 */
const infrastructure: ReadonlySet<string> = new Set([
  '304',
  '401',
  '403',
  '405',
  '406',
  '408',
  '413',
  '415',
  '429',
]);

export function isInfrastructure(status: string): boolean {
  return infrastructure.has(status) || status.startsWith('5') || status.startsWith('1');
}

/** Answers of guards and limits: they stand in front of operations and still belong to them. */
export function isRefusal(status: string): boolean {
  return status === '401' || status === '403' || status === '429';
}

/**
 * Does the code say of itself that it is not written yet (501, RFC 9110 section 15.6.2), and nothing else? What such a
 * handler does not read or send is no drift that anybody has to be told of.
 */
export function isStub({ outputs }: Pick<CodeOperation, 'outputs'>): boolean {
  return (
    outputs.items.some(({ status }) => status === '501') &&
    outputs.items.every(({ status }) => isError(status))
  );
}
