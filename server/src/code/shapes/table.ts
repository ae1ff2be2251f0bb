/** What the `ref`s of a contract lead to. */

import { partsOf, type Shape, type ShapeId, type Shapes } from '../../contract/shape.ts';
import type { CodeOperation } from '../../contract/operation.ts';
import type { Run } from '../evaluate/run.ts';
import { resolveRef } from './named-shapes.ts';

/** The table of all shapes that these operations lead to. */
export function shapesOf(run: Run, operations: readonly CodeOperation[]): Shapes {
  const table: Record<ShapeId, Shape> = {};
  const queue: Shape[] = [];
  for (const { inputs, bodies, outputs } of operations) {
    for (const { shape } of inputs.items) queue.push(shape);
    for (const { shape } of bodies.items) queue.push(shape);
    for (const output of outputs.items) for (const { shape } of output.bodies.items) queue.push(shape);
  }
  for (let shape = queue.pop(); shape; shape = queue.pop()) {
    if (shape.kind !== 'ref') queue.push(...partsOf(shape));
    else if (!(shape.id in table)) {
      const target = resolveRef(run, shape.id);
      if (!target) continue;
      table[shape.id] = target;
      queue.push(target);
    }
  }
  return Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
}
