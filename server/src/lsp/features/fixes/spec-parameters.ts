/** Fixes of what the spec says of parameters that an operation lists itself: those that are shared say it for others too. */

import type { SpecOperation } from '../../../contract/operation.ts';
import type { Scalar } from '../../../contract/shape.ts';
import { child, refOf, type Located } from '../../../specs/openapi/reader.ts';
import { textOf, valueOf } from '../../../text/document-node.ts';
import { insertEntry, replaceText } from '../../../text/edit-document.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { edited, mappingAt, operationAt, type Fixer } from './fix.ts';
import { forAll } from './spec-edits.ts';

function ownParameter(
  index: FeatureIndex,
  spec: SpecOperation,
  place: unknown,
  name: unknown,
): Located | undefined {
  const operation = operationAt(index, spec);
  const list = operation && child(operation, 'parameters');
  if (list?.node.kind !== 'seq') return undefined;
  const at = list.node.items.findIndex(
    (item) => textOf(valueOf(item, 'in')) === place && textOf(valueOf(item, 'name')) === name,
  );
  const node = list.node.items[at];
  return node && { file: list.file, node, pointer: [...list.pointer, String(at)] };
}

const changeDefault: Fixer = (scene, { in: place, name, code }) => [
  isScalar(code)
    ? forAll(scene, `Document ${JSON.stringify(code)} as the default`, (index, spec) => {
        const parameter = ownParameter(index, spec, place, name);
        const schema = parameter && (child(parameter, 'schema') ?? parameter);
        if (!schema || refOf(schema.node)) return [];
        const map = mappingAt(index, schema);
        const value = valueOf(schema.node, 'default');
        return edited(map, map && value && replaceText(map.document, value, code));
      })
    : undefined,
];

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

const changeList: Fixer = (scene, { name, spec: written }) => [
  written === 'repeated'
    ? forAll(scene, 'Document one text with commas (explode: false)', (index, spec) => {
        const parameter = ownParameter(index, spec, 'query', name);
        // OpenAPI 2.0 has no such word: its parameters have their type in themselves.
        if (!parameter || !child(parameter, 'schema')) return [];
        const map = mappingAt(index, parameter);
        return edited(
          map,
          map && insertEntry(map.document, map.map, 'explode', false, (key) => key !== 'schema'),
        );
      })
    : undefined,
];

/** By the id of the rule. */
export const parameterFixers: Readonly<Record<string, Fixer>> = {
  'http/parameter-default': changeDefault,
  'http/parameter-list': changeList,
};
