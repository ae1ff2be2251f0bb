/** An example of what a schema describes, made up where the document has none. */

import { sample } from 'openapi-sampler';
import { type Located, type Reader, child, children } from '../../specs/openapi/reader.ts';
import { stringOf, toJs, valueOf } from '../../text/document-node.ts';
import { formatPointer } from '../../text/document-node.ts';

/** Objects of a schema that are looked at, and how deep they nest: an example that nobody reads needs no more. */
const mostNodes = 400;
const deepest = 6;
const mostLines = 24;

/** JSON in several lines, shortened at the end; undefined where there is nothing to show. */
export function schemaExample(reader: Reader, schema: Located): string | undefined {
  const plain = written(reader, schema);
  let value: unknown;
  try {
    value = sample(plain, { quiet: true, maxSampleDepth: deepest });
  } catch {
    // A schema that contradicts itself has no example.
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return undefined;
  const lines = JSON.stringify(value, undefined, 2).split('\n');
  return lines.length > mostLines ? [...lines.slice(0, mostLines), '…'].join('\n') : lines.join('\n');
}

type Plain = Record<string, unknown>;

/** The schema with what it refers to in its place. Circles end where they close. */
function written(reader: Reader, schema: Located): Plain {
  let left = mostNodes;
  const within = new Set<string>();
  const schemaOf = (from: Located, depth: number): Plain => {
    left -= 1;
    const followed = reader.follow(from);
    if (!followed.found || left < 0 || depth > deepest) return {};
    const { at } = followed;
    const key = `${at.file}#${formatPointer(at.pointer)}`;
    if (at.node.kind !== 'map' || within.has(key)) return {};
    within.add(key);
    const result: Plain = {};
    for (const { key: keyword, node, ...rest } of children(at)) {
      const here: Located = { ...rest, node };
      if (keyword === 'properties')
        result[keyword] = Object.fromEntries(
          children(here).map((property) => [property.key, schemaOf(property, depth + 1)]),
        );
      else if (['items', 'additionalProperties', 'not'].includes(keyword) && node.kind === 'map')
        result[keyword] = schemaOf(here, depth + 1);
      else if (['allOf', 'oneOf', 'anyOf', 'prefixItems'].includes(keyword) && node.kind === 'seq')
        result[keyword] = node.items.flatMap((_, index) => {
          const item = child(here, String(index));
          return item ? [schemaOf(item, depth + 1)] : [];
        });
      else if (!['discriminator', 'xml', 'externalDocs', '$defs'].includes(keyword))
        result[keyword] = toJs(node, 1_000);
    }
    // The library takes the first of several types for an object's, and has none for `null`.
    if (Array.isArray(result['type']))
      result['type'] = result['type'].find((type: unknown) => type !== 'null');
    within.delete(key);
    return result;
  };
  return schemaOf(schema, 0);
}

/** Does an object of a document look like a schema? */
export function isSchema({ node }: Located): boolean {
  return (
    stringOf(valueOf(node, 'in')) === undefined &&
    ['properties', 'items', 'oneOf', 'anyOf', 'allOf'].some((key) => valueOf(node, key) !== undefined)
  );
}
