/** Forms (RFC 7578, and `application/x-www-form-urlencoded`): texts and files by name, whose types only their reader knows. */

import type { Body } from '../../contract/operation.ts';
import type { Field, Shape, Shapes } from '../../contract/shape.ts';

const forms: ReadonlySet<string> = new Set(['multipart/form-data', 'application/x-www-form-urlencoded']);

/** `$ref`s that lead to each other. */
const depthLimit = 16;

export function isForm({ mediaType }: Body): boolean {
  return forms.has(mediaType);
}

/** The body of a form with the names of its fields, and whether they must be there; nothing is said of what is in them. */
export function namesAlone(body: Body, shapes: Shapes): Body {
  return { ...body, shape: withoutTypes(body.shape, shapes, 0) };
}

function withoutTypes(shape: Shape, shapes: Shapes, depth: number): Shape {
  const unread: Shape = { kind: 'unknown', reason: { why: 'pending' } };
  if (depth > depthLimit) return unread;
  switch (shape.kind) {
    case 'ref': {
      const target = shapes[shape.id];
      return target ? withoutTypes(target, shapes, depth + 1) : unread;
    }
    case 'intersection':
      return { kind: 'intersection', of: shape.of.map((one) => withoutTypes(one, shapes, depth + 1)) };
    case 'object': {
      const fields = Object.entries(shape.fields).map(([name, field]): [string, Field] => [
        name,
        { ...field, shape: unread },
      ]);
      return { ...shape, fields: Object.fromEntries(fields) };
    }
    default:
      return unread;
  }
}
