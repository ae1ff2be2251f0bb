/** Properties of schemas, and what declares the same ones in code: classes, types, schemas of validators, objects. */

import type { Body } from '../../../contract/operation.ts';
import type { Shape, Shapes } from '../../../contract/shape.ts';
import type { FileId, Span } from '../../../contract/span.ts';
import type { SpecSymbol } from '../../../authoring/symbols/model.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { placeKey } from './code-places.ts';

/** A field that both sides have at the same place of a body. */
export interface SharedField {
  readonly name: string;
  readonly spec: Span;
  readonly code: Span;
}

function sharedFields(index: FeatureIndex): readonly SharedField[] {
  const found = new Map<string, SharedField>();
  for (const { spec, code } of index.entries) {
    if (!spec || !code) continue;
    const shapes = index.ready.snapshot.specs.find(({ file }) => file === spec.origin.spec)?.shapes ?? {};
    const walk = walkerOf(shapes, index.served(), found);
    const both = (promised: readonly Body[], served: readonly Body[]): void => {
      for (const one of promised) for (const other of served) walk(one.shape, other.shape);
    };
    both(spec.bodies.items, code.bodies.items);
    for (const { status, bodies } of spec.outputs.items)
      for (const output of code.outputs.items)
        if (output.status === status) both(bodies.items, output.bodies.items);
  }
  return [...found.values()];
}

function walkerOf(
  specShapes: Shapes,
  codeShapes: Shapes,
  found: Map<string, SharedField>,
): (spec: Shape, code: Shape) => void {
  const seen = new Set<string>();
  const walk = (spec: Shape, code: Shape): void => {
    if (spec.kind === 'ref' || code.kind === 'ref') {
      if (spec.kind === 'ref' && code.kind === 'ref') {
        const pair = `${spec.id} ${code.id}`;
        if (seen.has(pair)) return;
        seen.add(pair);
      }
      const left = spec.kind === 'ref' ? specShapes[spec.id] : spec;
      const right = code.kind === 'ref' ? codeShapes[code.id] : code;
      if (left && right) walk(left, right);
      return;
    }
    if (spec.kind === 'union' || spec.kind === 'intersection') for (const one of spec.of) walk(one, code);
    else if (code.kind === 'union' || code.kind === 'intersection')
      for (const one of code.of) walk(spec, one);
    else if (spec.kind === 'array' && code.kind === 'array') walk(spec.items, code.items);
    else if (spec.kind === 'object' && code.kind === 'object')
      for (const [name, field] of Object.entries(spec.fields)) {
        const other = code.fields[name];
        if (!other) continue;
        const key = `${placeKey(field.at.file, field.at.start)} ${placeKey(other.at.file, other.at.start)}`;
        if (!found.has(key)) found.set(key, { name, spec: field.at, code: other.at });
        walk(field.shape, other.shape);
      }
  };
  return walk;
}

/** Where code declares what is a property of the spec. */
export function declaredInCode(index: FeatureIndex, { name, occurrences }: SpecSymbol): readonly Span[] {
  const places = new Set(occurrences.map(({ scalar }) => placeKey(scalar.file, scalar.start)));
  const fields = sharedFields(index).filter(
    (field) => field.name === name && places.has(placeKey(field.spec.file, field.spec.start)),
  );
  return [...new Map(fields.map(({ code }) => [placeKey(code.file, code.start), code])).values()];
}

/** The property of the spec that is declared at a place of the code, and where its name stands there. */
export function propertyAt(
  index: FeatureIndex,
  file: FileId,
  offset: number,
): { readonly field: SharedField; readonly at: Span } | undefined {
  const text = index.ready.textOf(file) ?? '';
  for (const field of sharedFields(index)) {
    const { code, name } = field;
    if (code.file !== file || offset < code.start || offset > code.end) continue;
    const start = text.indexOf(name, code.start);
    const isOn = start >= 0 && start <= offset && offset <= start + name.length && start < code.end;
    if (isOn) return { field, at: { file, start, end: start + name.length } };
  }
  return undefined;
}
