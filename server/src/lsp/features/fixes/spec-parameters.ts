/** Fixes of what the spec says of parameters that an operation lists itself: those that are shared say it for others too. */

import type { SpecOperation } from '../../../contract/operation.ts';
import type { Scalar } from '../../../contract/shape.ts';
import { draftParameter } from '../../../draft/operation.ts';
import { child, refOf, type Located } from '../../../specs/openapi/reader.ts';
import { textOf, valueOf } from '../../../text/document-node.ts';
import type { Plain } from '../../../text/document-style.ts';
import { appendItem, insertEntry, replaceText } from '../../../text/edit-document.ts';
import type { FeatureIndex } from '../feature-index.ts';
import {
  edited,
  fix,
  isState,
  mappingAt,
  operationAt,
  statesIn,
  type Fix,
  type Fixer,
  type Scene,
  type State,
} from './fix.ts';
import { comesBefore, forAll } from './spec-edits.ts';

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

interface ParameterName {
  readonly in: string;
  readonly name: string;
}

const rule = 'http/undocumented-parameter';

/** This one, and all that the same operations lack. */
const documentParameter: Fixer = (scene, state) => {
  const [own] = namesIn(state);
  if (!own) return [];
  const [entry] = scene.entries;
  const lacking = (entry?.findings ?? [])
    .filter((finding) => finding.rule === rule)
    .flatMap(({ state: other }) => statesIn(other))
    .filter(
      ({ operation }) =>
        isState(operation) && operation['path'] === entry?.path && operation['method'] === entry?.method,
    )
    .flatMap(namesIn);
  const isAmong = lacking.some((one) => one.name === own.name && one.in === own.in);
  const one = documented(scene, `Document the ${own.in} parameter ${own.name}`, [own]);
  const isMore = scene.entries.length === 1 && isAmong && lacking.length > 1;
  const all = isMore
    ? documented(scene, `Document all ${lacking.length} parameters that the handler reads`, lacking)
    : undefined;
  return [one, all && fix(all.title, all.edits)];
};

function namesIn({ in: where, name }: State): readonly ParameterName[] {
  return typeof name === 'string' ? [{ in: String(where), name }] : [];
}

function documented(scene: Scene, title: string, names: readonly ParameterName[]): Fix | undefined {
  return forAll(scene, title, (index, spec, { code }, draftingIn) => {
    const operation = operationAt(index, spec);
    const map = mappingAt(index, operation);
    if (!operation || !map) return [];
    const inputs = names.flatMap(
      (one) => code?.inputs.items.find((input) => input.in === one.in && input.name === one.name) ?? [],
    );
    const drafts = inputs.map((input) => draftParameter(input, draftingIn(map.file)) as Plain);
    const list = child(operation, 'parameters');
    if (drafts.length < names.length) return [];
    if (!list)
      return edited(map, insertEntry(map.document, map.map, 'parameters', drafts, comesBefore('parameters')));
    const { node } = list;
    // The first items of an empty list would not know of each other.
    if (node.kind !== 'seq' || (node.items.length === 0 && drafts.length > 1)) return [];
    return drafts.flatMap((draft) => edited(map, appendItem(map.document, node, draft)));
  });
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
  [rule]: documentParameter,
  'http/parameter-default': changeDefault,
  'http/parameter-list': changeList,
};
