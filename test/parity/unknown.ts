/** What could not be told of the code of matched operations: a claim about all else would be empty. */

import type { CodeOperation } from '../../server/src/contract/operation.ts';
import type { Shape, Shapes } from '../../server/src/contract/shape.ts';
import type { Snapshot } from '../../server/src/engine/snapshot.ts';

/** How many operations have a list that may go on; how many shapes have something in them that is not known. */
export interface Unknown {
  readonly inputs: number;
  readonly bodies: number;
  readonly outputs: number;
  readonly security: number;
  readonly shapes: number;
}

export function unknownOf({ links }: Snapshot): Unknown {
  const operations = links.flatMap(({ pairs, codes }) => {
    const shapes: Shapes = Object.assign({}, ...codes.map((code) => code.shapes));
    return pairs.flatMap((pair) => (pair.state === 'matched' ? [{ code: pair.code, shapes }] : []));
  });
  const count = (is: (code: CodeOperation) => boolean): number =>
    operations.filter(({ code }) => is(code)).length;
  return {
    inputs: count(({ inputs }) => !inputs.complete),
    bodies: count(({ bodies }) => !bodies.complete),
    outputs: count(({ outputs }) => !outputs.complete),
    security: count(({ security }) => !security.required.known),
    shapes: operations
      .flatMap(({ code, shapes }) => shapesOf(code).map((shape) => hasUnknown(shape, shapes, new Set())))
      .filter(Boolean).length,
  };
}

function shapesOf({ inputs, bodies, outputs }: CodeOperation): readonly Shape[] {
  return [
    ...inputs.items.filter(({ accepted }) => !accepted),
    ...bodies.items,
    ...outputs.items.flatMap((output) => output.bodies.items),
  ].map(({ shape }) => shape);
}

function hasUnknown(shape: Shape, shapes: Shapes, seen: Set<string>): boolean {
  switch (shape.kind) {
    case 'unknown':
      return true;
    case 'array':
      return hasUnknown(shape.items, shapes, seen);
    case 'object':
      return (
        (shape.open && !shape.rest) ||
        Object.values(shape.fields).some((field) => hasUnknown(field.shape, shapes, seen))
      );
    case 'union':
    case 'intersection':
      return shape.of.some((one) => hasUnknown(one, shapes, seen));
    case 'ref': {
      if (seen.has(shape.id)) return false;
      seen.add(shape.id);
      const target = shapes[shape.id];
      return !target || hasUnknown(target, shapes, seen);
    }
    default:
      return false;
  }
}
