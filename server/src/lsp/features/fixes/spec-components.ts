/** Components of a spec that drafted parts refer to: those that say the same already, and new ones for types that have a name. */

import type { Input } from '../../../contract/operation.ts';
import type { Shape, ShapeId, Shapes } from '../../../contract/shape.ts';
import type { FileId } from '../../../contract/span.ts';
import { referenceTo } from '../../../authoring/relative-reference.ts';
import { componentName } from '../../../draft/components.ts';
import {
  draftSchema,
  inPlace,
  saysSomething,
  type Draft,
  type Drafting,
  type KnownParts,
} from '../../../draft/schema.ts';
import { createCompare } from '../../../drift/compare/compare.ts';
import { once } from '../../../engine/lookup.ts';
import { child, children, type Located, type LocatedEntry } from '../../../specs/openapi/reader.ts';
import { createSchemaReader, type SchemaReader } from '../../../specs/openapi/schema.ts';
import { stringOf, valueOf } from '../../../text/document-node.ts';
import type { Plain } from '../../../text/document-style.ts';
import { plainName } from '../dto.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { insertAll, joined } from './insert-all.ts';
import { mappingAt, type FileEdit } from './fix.ts';
import type { NewComponents } from './share-errors.ts';
import { createResponsePool } from './spec-responses.ts';

/** What the drafts of one fix have in common. */
export interface ComponentPool extends NewComponents {
  /** For what is written into this file. */
  drafting(file: FileId): Drafting;
  /** The same, where no component can be added: what has none is written in place. */
  draftingBeside(file: FileId): Drafting;
  /** Adds the components that drafts refer to and the spec did not have; undefined where there is no place for them. */
  edits(): readonly FileEdit[] | undefined;
}

interface Component {
  readonly name: string;
  readonly at: LocatedEntry;
  readonly shape: () => Shape;
}

/** Fewer fields than this may be the same by chance. */
const tellingFields = 2;

/** `root` is the first document of the spec. */
export function createPool(index: FeatureIndex, root: FileId): ComponentPool {
  const { reader } = index;
  const spec = index.ready.snapshot.specs.find(({ file }) => file === root);
  const version = spec?.version ?? '3.1';
  const top = reader.document(root);
  const holder = version === '2.0' ? top : top && child(top, 'components');
  const groupOf = (name: string): Located | undefined => {
    const group = holder && child(holder, name);
    const followed = group && reader.follow(group);
    return followed?.found ? followed.at : undefined;
  };
  const homeOf = (name: string): Pick<Located, 'file' | 'pointer'> =>
    groupOf(name) ?? { file: root, pointer: version === '2.0' ? [name] : ['components', name] };
  const groupName = version === '2.0' ? 'definitions' : 'schemas';
  const group = groupOf(groupName);
  const home = homeOf(groupName);
  const responsesHome = homeOf('responses');
  const siblings = version === '3.1' || version === '3.2' ? 'count' : 'ignored';
  const schemas = createSchemaReader(reader, siblings);
  const served = index.served();
  const components = once(() => (group ? children(group).map((at) => componentAt(schemas, at)) : []));
  const says = comparison(served, schemas);
  const added = new Map<string, Draft>();
  const addedResponses = new Map<string, Draft>();
  /** By the shape: the name of the component, or undefined where it is written in place. */
  const names = new Map<ShapeId, string | undefined>();
  const inside: ShapeId[] = [];

  const draftingIn = (file: FileId): Drafting => {
    const known: KnownParts = {
      object: (shape, { isRequest }) => {
        const same = components().filter((one) => isAlike(shape, one, isRequest === true));
        const [only] = same;
        return only && same.length === 1 ? { $ref: referenceTo(file, only.at) } : undefined;
      },
      parameter: (input) => parameterLike(input, file),
      response: (status, output) => responses().like(status, output, file),
    };
    return {
      version,
      known,
      named: (id, { isRequest }) => named(id, isRequest === true, file),
      ...(index.texts.editable(file)?.style().placeFirst === true && { placeFirst: true }),
    };
  };

  const responses = once(() =>
    createResponsePool(index, spec?.operations.items ?? [], (left, right) => says(left, right, false)),
  );

  function isAlike(shape: Shape, component: Component, isRequest: boolean): boolean {
    const other = component.shape();
    if (shape.kind !== 'object' || other.kind !== 'object') return false;
    const fields = Object.keys(shape.fields);
    const others = Object.keys(other.fields);
    const isTelling = fields.length >= tellingFields || responses().areErrors(component.at);
    return (
      isTelling &&
      fields.length === others.length &&
      others.every((name) => name in shape.fields) &&
      says(shape, other, isRequest)
    );
  }

  function fitting(id: ShapeId, isRequest: boolean, file: FileId): Draft | undefined {
    const shape = served[id];
    const like = components().filter(({ name }) => plainName(name) === plainName(componentName(id)));
    const same = shape && like.find((one) => says(shape, one.shape(), isRequest));
    return same && { $ref: referenceTo(file, same.at) };
  }

  function named(id: ShapeId, isRequest: boolean, file: FileId): Draft {
    const shape = served[id];
    if (!shape) return {};
    const known = fitting(id, isRequest, file);
    if (known) return known;
    if (!names.has(id)) addComponent(id, shape, isRequest);
    const name = names.get(id);
    if (name !== undefined)
      return { $ref: referenceTo(file, { file: home.file, pointer: [...home.pointer, name] }) };
    if (inside.includes(id)) return {};
    inside.push(id);
    const schema = draftSchema(shape, { ...draftingIn(file), fixed: true, ...(isRequest && { isRequest }) });
    inside.pop();
    return schema;
  }

  /** Plain types are written where they are used, and so is what would take the name of something else. */
  function addComponent(id: ShapeId, shape: Shape, isRequest: boolean): void {
    const name = componentName(id);
    const isTaken = added.has(name) || components().some((one) => one.name === name);
    names.set(id, undefined);
    if (isTaken || !isWorthOne(shape) || !/^[A-Za-z_]\w*$/.test(name)) return;
    // There before it is made: it may refer to itself.
    names.set(id, name);
    added.set(name, {});
    const schema = draftSchema(shape, {
      ...draftingIn(home.file),
      fixed: true,
      ...(isRequest && { isRequest }),
    });
    if (saysSomething(schema) && !('$ref' in schema)) added.set(name, schema);
    else {
      names.set(id, undefined);
      added.delete(name);
    }
  }

  function parameterLike(input: Pick<Input, 'name' | 'in' | 'shape'>, file: FileId): Draft | undefined {
    const parameters = groupOf('parameters');
    const same = (parameters ? children(parameters) : []).filter((at) => {
      const followed = reader.follow(at);
      const node = followed.found ? followed.at.node : undefined;
      if (!node || stringOf(valueOf(node, 'name')) !== input.name) return false;
      if (stringOf(valueOf(node, 'in')) !== input.in) return false;
      const schema = followed.found ? child(followed.at, 'schema') : undefined;
      return !schema || input.in === 'path' || says(input.shape, schemas.shape(schema), true);
    });
    const [only] = same;
    return only && same.length === 1 ? { $ref: referenceTo(file, only) } : undefined;
  }

  const existing = once(() => {
    const responsesGroup = groupOf('responses');
    return new Set((responsesGroup ? children(responsesGroup) : []).map(({ key }) => key));
  });

  return {
    drafting: draftingIn,
    draftingBeside: (file) => ({
      ...draftingIn(file),
      named: (id, drafting) =>
        fitting(id, drafting.isRequest === true, file) ??
        inPlace(version, (name) => served[name]).named(id, drafting),
    }),
    responsesFile: responsesHome.file,
    refersToResponses: (file) => file === responsesHome.file || existing().size > 0,
    hasResponse: (name) => existing().has(name) || addedResponses.has(name),
    addResponse: (name, response) => void addedResponses.set(name, response),
    responseReference: (name, file) => ({
      $ref: referenceTo(file, { ...responsesHome, pointer: [...responsesHome.pointer, name] }),
    }),
    addSchema: (name, schema) => {
      if (added.has(name) || components().some((one) => one.name === name)) return undefined;
      added.set(name, schema);
      return (file) => ({ $ref: referenceTo(file, { file: home.file, pointer: [...home.pointer, name] }) });
    },
    writesInPlace: (schema) => responses().writeInPlace(schema),
    edits: () => {
      const missing: [string, Plain][] = [];
      const edits: (readonly FileEdit[] | undefined)[] = [];
      for (const [name, entries] of [
        ['responses', addedResponses],
        [groupName, added],
      ] as const) {
        if (entries.size === 0) continue;
        const there = groupOf(name);
        if (there) edits.push(insertAll(mappingAt(index, there), [...entries]));
        else missing.push([name, Object.fromEntries(entries)]);
      }
      if (missing.length > 0) {
        const under = mappingAt(index, holder ?? top);
        const parts =
          version === '2.0' || holder ? missing : [['components', Object.fromEntries(missing)] as const];
        edits.push(under && insertAll(under, parts));
      }
      return edits.includes(undefined) ? undefined : joined(edits.flatMap((one) => one ?? []));
    },
  };
}

function componentAt(schemas: SchemaReader, at: LocatedEntry): Component {
  return { name: at.key, at, shape: once(() => schemas.shape(at)) };
}

type Says = (code: Shape, spec: Shape, isRequest: boolean) => boolean;

/** Is nothing of the code's shape known to differ from what the spec's says? Of a request in both directions. */
function comparison(served: Shapes, schemas: SchemaReader): Says {
  return (code, spec, isRequest) => {
    const options = { left: served, right: schemas.named() };
    const answers = createCompare({
      ...options,
      direction: isRequest ? 'request' : 'response',
      trust: 'types',
    });
    if (answers(code, spec).differences.length > 0) return false;
    if (!isRequest) return true;
    const asks = createCompare({
      left: schemas.named(),
      right: served,
      direction: 'request',
      trust: 'exact',
    });
    return asks(spec, code).differences.length === 0;
  };
}

function isWorthOne(shape: Shape): boolean {
  switch (shape.kind) {
    case 'object':
      return Object.keys(shape.fields).length > 0;
    case 'union':
    case 'intersection':
      return true;
    case 'string':
      return shape.values !== undefined && shape.values.length > 1;
    default:
      return false;
  }
}
