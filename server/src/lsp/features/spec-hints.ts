/** Hints in specifications: what stands behind a reference, and which properties are required. */

import type { Span } from '../../contract/span.ts';
import { clipped } from '../../contract/shape-text.ts';
import { child, children, type Located, type Reader, refOf } from '../../specs/openapi/reader.ts';
import type { SpecVersion } from '../../specs/openapi/detect.ts';
import type { Kind } from '../../specs/openapi/vocabulary/model.ts';
import { fieldOf } from '../../specs/openapi/vocabulary/vocabulary.ts';
import { booleanOf, textOf, valueOf } from '../../text/document-node.ts';
import type { FeatureIndex } from './feature-index.ts';
import type { InlayHint } from './inlay-hints.ts';
import { requiredNames, schemaText } from './shape-text.ts';
import { kindOf, seenValues, type SeenValue } from './visible-values.ts';

/** Top to bottom. */
export function specHints(index: FeatureIndex, span: Span): readonly InlayHint[] {
  const seen = seenValues(index, span);
  if (!seen) return [];
  const { values, version } = seen;
  return values
    .flatMap((each) => hintsOf({ reader: index.reader, version }, each, span))
    .sort((a, b) => a.at.end - b.at.end);
}

interface Reading {
  readonly reader: Reader;
  readonly version: SpecVersion;
}

function hintsOf(reading: Reading, seen: SeenValue, { file, start, end }: Span): readonly InlayHint[] {
  const kind = kindOf(seen);
  if (!kind) return [];
  const hints: InlayHint[] = [];
  const reference = refOf(seen.node)?.value;
  if (reference && start <= reference.end && reference.end <= end) {
    const hint = behind(reading, kind, seen);
    if (hint) hints.push({ at: { file, start: reference.start, end: reference.end }, ...hint });
  }
  if (kind !== 'schema' || seen.node.kind !== 'map') return hints;
  const names = requiredNames(seen);
  const properties = valueOf(seen.node, 'properties');
  if (names.size === 0 || properties?.kind !== 'map') return hints;
  for (const { key, keyStart, keyEnd } of properties.entries)
    if (names.has(key) && start <= keyEnd && keyEnd <= end && keyStart >= properties.start)
      hints.push({ at: { file, start: keyStart, end: keyEnd }, label: '*', tooltip: `${key} is required` });
  return hints;
}

type Label = Pick<InlayHint, 'label' | 'tooltip'>;

function behind(reading: Reading, kind: Kind, from: Located): Label | undefined {
  const followed = reading.reader.follow(from);
  if (!followed.found || followed.at.node.kind !== 'map') return undefined;
  const text = summary(reading, kind, followed.at);
  if (text === undefined) return undefined;
  return typeof text === 'string' ? { label: text, tooltip: text } : text;
}

function summary({ reader, version }: Reading, kind: Kind, at: Located): string | Label | undefined {
  switch (kind) {
    case 'schema':
      return schemaLabel(reader, at);
    case 'parameter':
    case 'header': {
      const schema = child(at, 'schema') ?? at;
      const name = textOf(valueOf(at.node, 'name'));
      const place = textOf(valueOf(at.node, 'in'));
      const type = schemaText(reader, schema);
      if (name === undefined) return type;
      return `${place ?? ''} ${name}${booleanOf(valueOf(at.node, 'required')) === true ? '' : '?'}: ${type}`.trim();
    }
    case 'response':
    case 'requestBody': {
      const content = child(at, 'content');
      const [first] = content ? children(content) : [at];
      const schema = first && child(first, 'schema');
      return schema ? schemaLabel(reader, schema) : undefined;
    }
    case 'pathItem':
      return children(at)
        .filter(({ key }) => isOperation(key, version))
        .map(({ key }) => key.toUpperCase())
        .join(', ');
    default:
      return undefined;
  }
}

function isOperation(key: string, version: SpecVersion): boolean {
  const value = fieldOf('pathItem', key, version)?.value;
  return value?.is === 'object' && value.kind === 'operation';
}

/** Of an object only the names of its fields: their types are in the tooltip. */
function schemaLabel(reader: Reader, schema: Located): Label | undefined {
  const text = schemaText(reader, schema);
  if (text === 'any' || text === 'unknown') return undefined;
  const followed = reader.follow(schema);
  const properties = followed.found ? child(followed.at, 'properties') : undefined;
  if (!followed.found || !properties || !text.startsWith('{')) return { label: text, tooltip: text };
  const required = requiredNames(followed.at);
  const names = children(properties).map(({ key }) => `${key}${required.has(key) ? '' : '?'}`);
  return { label: clipped(`{ ${names.join(', ')} }`), tooltip: text };
}
