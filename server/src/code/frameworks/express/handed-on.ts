/** Routes that hand on to a later one: `app.post('/teas', limiter)` in front of a router that has `POST /teas`. */

import { collection, unknown } from '../../../contract/knowledge.ts';
import type { CodeOperation, Security } from '../../../contract/operation.ts';
import { shapeKey } from '../../../contract/path.ts';

/**
 * The operations in their order, those that hand on as parts of the next one with their method and address. What sends
 * a success itself stays an operation: the later one may never be reached.
 */
export function withHandedOn(
  operations: readonly CodeOperation[],
  passing: ReadonlySet<CodeOperation>,
): readonly CodeOperation[] {
  const whole: CodeOperation[] = [];
  const later = new Map<string, number>();
  for (const operation of [...operations].reverse()) {
    const address = addressOf(operation);
    const index = later.get(address);
    const next = index === undefined ? undefined : whole[index];
    if (index !== undefined && next && passing.has(operation) && !succeeds(operation)) {
      whole[index] = behind(operation, next);
    } else {
      later.set(address, whole.length);
      whole.push(operation);
    }
  }
  return whole.reverse();
}

function addressOf({ key, origin }: CodeOperation): string {
  const { why } = origin.unknownPrefix ?? {};
  return [key.method, shapeKey(key.path), origin.base ?? '', why ?? ''].join(' ');
}

function succeeds({ outputs }: CodeOperation): boolean {
  return outputs.items.some(({ status }) => /^[123]/.test(status));
}

/** What a request meets on its way to `own` counts for it as what stands in front of many operations does. */
function behind(front: CodeOperation, own: CodeOperation): CodeOperation {
  const asked = new Set(own.inputs.items.map((input) => `${input.in} ${input.name}`));
  const inputs = front.inputs.items
    .filter((input) => input.in !== 'path' && !asked.has(`${input.in} ${input.name}`))
    .map((input) => ({ ...input, accepted: true as const }));
  const statuses = new Set(own.outputs.items.map(({ status }) => status));
  const outputs = front.outputs.items
    .filter(({ status }) => !statuses.has(status))
    .map((output) => ({ ...output, shared: true as const }));
  const bodyGaps = front.bodies.items.map(({ at }) => ({
    why: 'dynamic' as const,
    what: 'body read by a middleware',
    at,
  }));
  return {
    ...own,
    inputs: collection([...own.inputs.items, ...inputs], [...own.inputs.gaps, ...front.inputs.gaps]),
    bodies: collection(own.bodies.items, [...own.bodies.gaps, ...front.bodies.gaps, ...bodyGaps]),
    outputs: collection([...own.outputs.items, ...outputs], [...own.outputs.gaps, ...front.outputs.gaps]),
    security: bothOf(front, own),
  };
}

function bothOf({ security: front, origin }: CodeOperation, { security: own }: CodeOperation): Security {
  const schemes = collection(
    [...front.schemes.items, ...own.schemes.items],
    [...front.schemes.gaps, ...own.schemes.gaps],
  );
  const asked =
    front.required.known && front.required.value && origin.conditional
      ? unknown({ why: 'dynamic', what: 'whether a guard is registered', at: origin.conditional })
      : front.required;
  const both = [own.required, asked];
  const required =
    both.find((one) => one.known && one.value) ?? both.find((one) => !one.known) ?? own.required;
  return { required, schemes };
}
