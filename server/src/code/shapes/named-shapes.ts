/**
 * Shapes of named types: each is made once, when somebody asks for it, and kept under a name that says what it was
 * made of.
 */

import type { Shape, ShapeId } from '../../contract/shape.ts';
import type { Run } from '../evaluate/run.ts';
import { present, type Json, type ObjectShape } from './algebra.ts';
import { limited, type Reading } from './reading.ts';

/** Arguments of a generic type that are longer than this as text get no name of their own. */
const keyLimit = 200;

/** The object that a shape is, where it surely is one. */
export function objectBehind(run: Run, shape: Shape | undefined): ObjectShape | undefined {
  if (shape?.kind === 'ref') return objectBehind(run, resolveRef(run, shape.id));
  return shape?.kind === 'object' ? shape : undefined;
}

export function resolveRef(run: Run, id: ShapeId): Shape | undefined {
  const { shapes, pending, making, resolving } = run.types;
  const known = shapes.get(id);
  if (known) return known;
  const make = pending.get(id);
  if (!make) return undefined;
  // Gone while it is made: a type that needs all of itself has no end.
  pending.delete(id);
  making.add(id);
  const outer = resolving.splice(0);
  const shape = make();
  resolving.splice(0, resolving.length, ...outer);
  making.delete(id);
  shapes.set(id, shape);
  return shape;
}

/** A `ref` to what `make` gives, under a name that says what it was made of; the shape itself where there is no such name. */
export function byName(
  reading: Reading,
  id: string | undefined,
  args: readonly Json[],
  owner: object,
  make: () => Shape,
): Json {
  const key = id === undefined ? undefined : nameOf(id, args);
  if (key === undefined) return guarded(reading, owner, make);
  const { shapes, pending, making } = reading.run.types;
  // Made when it is asked for, by whoever asks first: nothing of this place may enter.
  if (!shapes.has(key) && !pending.has(key) && !making.has(key)) pending.set(key, make);
  return present({ kind: 'ref', id: key });
}

function nameOf(id: string, args: readonly Json[]): ShapeId | undefined {
  if (args.length === 0) return id as ShapeId;
  const texts = args.map(({ shape }) => (shape ? textOf(shape) : 'never'));
  const name = texts.every((text) => text !== undefined) ? `${id}<${texts.join(', ')}>` : undefined;
  return name === undefined || name.length > keyLimit ? undefined : (name as ShapeId);
}

/** A text that means this shape alone; undefined for one that holds places. */
function textOf(shape: Shape): string | undefined {
  switch (shape.kind) {
    case 'ref':
      return shape.id;
    case 'array': {
      const items = textOf(shape.items);
      return items === undefined ? undefined : `${items}[]`;
    }
    case 'object':
    case 'unknown':
      return undefined;
    case 'union':
    case 'intersection': {
      const parts = shape.of.map(textOf);
      return parts.every((part) => part !== undefined) ? `(${parts.join('|')})` : undefined;
    }
    default:
      return JSON.stringify(shape);
  }
}

export function guarded(reading: Reading, owner: object, make: () => Shape): Json {
  const { resolving } = reading.run.types;
  if (resolving.includes(owner)) return limited(reading, 'a type that contains itself');
  resolving.push(owner);
  const shape = make();
  resolving.pop();
  return present(shape);
}
