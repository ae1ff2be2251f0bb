/** What Prisma's client gives: its types and the results of its calls, from the schema that it is generated of. */

import type { Field, Shape } from '../../contract/shape.ts';
import type { FileId, Span } from '../../contract/span.ts';
import type { TypeExpr } from '../program/program.ts';
import { read, type Run } from '../evaluate/run.ts';
import type { ExternalValue, Value } from '../evaluate/values.ts';
import { present, unknownShape, type Json } from './algebra.ts';
import { readPrismaSchema, type PrismaField, type PrismaSchema } from './prisma-schema.ts';

/** The client, and where older generators put it. */
export function isPrisma(module: string): boolean {
  return module === '@prisma/client' || module.startsWith('@prisma/client/') || module === '.prisma/client';
}

interface Client {
  readonly schema: PrismaSchema;
  readonly at: Span;
}

/** What is taken of a model; undefined for everything that is no relation. */
type Selection = ReadonlyMap<string, Taken>;
type Taken = true | { readonly select?: Selection; readonly include?: Selection };

/** Relations nested deeper than this are not followed. */
const depthLimit = 6;

/** The schemas of the folder that stands nearest to a file; several files of one folder are one schema. */
function schemaFor(run: Run, file: FileId): Client['schema'] | undefined {
  const folders = new Map<string, FileId[]>();
  for (const one of run.project.configs.keys()) {
    if (!one.endsWith('.prisma')) continue;
    const folder = one.replace(/\/?[^/]*$/, '').replace(/(^|\/)(?:models|schema)$/, '');
    folders.set(folder, [...(folders.get(folder) ?? []), one]);
  }
  const [nearest, next] = [...folders]
    .map(([folder, files]) => ({ files, shared: sharedLength(folder, file) }))
    .sort((a, b) => b.shared - a.shared);
  // Which of two a client is generated of, nothing says.
  if (!nearest || (next && next.shared === nearest.shared)) return undefined;
  const known = run.types.prisma.get(nearest.files[0] ?? file);
  if (known) return known;
  const parts = nearest.files.map((one) => readPrismaSchema(run.project.configs.get(one) ?? ''));
  const schema: PrismaSchema = {
    models: new Map(parts.flatMap(({ models }) => [...models])),
    enums: new Map(parts.flatMap(({ enums }) => [...enums])),
  };
  run.types.prisma.set(nearest.files[0] ?? file, schema);
  return schema;
}

/** How many folders two paths have in common. */
function sharedLength(folder: string, file: FileId): number {
  const [a, b] = [folder.split('/'), file.split('/')];
  const end = a.findIndex((part, index) => part !== b[index]);
  return end < 0 ? a.length : end;
}

/** A type of the client: `User`, `Role`, `Prisma.UserGetPayload<{ include: { posts: true } }>`; undefined for others. */
export function prismaType(
  run: Run,
  path: readonly string[],
  args: readonly TypeExpr[],
  at: Span,
): Json | undefined {
  const name = path.at(-1) ?? '';
  if (name === 'Decimal') return present({ kind: 'string' });
  const schema = schemaFor(run, at.file);
  if (!schema) return undefined;
  const values = path[0] === 'Prisma' ? undefined : schema.enums.get(name);
  if (values) return present({ kind: 'string', values });
  const client: Client = { schema, at };
  const model = name.endsWith('GetPayload') ? name.slice(0, -'GetPayload'.length) : undefined;
  if (model !== undefined && schema.models.has(model)) {
    const taken = args[0] && takenOfType(args[0]);
    return present(
      taken
        ? modelShape(client, model, taken, 0)
        : unknownShape({ why: 'dynamic', what: 'payload of a query', at }),
    );
  }
  return path.length === 1 && schema.models.has(name)
    ? present(modelShape(client, name, true, 0))
    : undefined;
}

/** The result of a call of the client, or a property of it; undefined for what is no such call. */
export function prismaResult(run: Run, value: ExternalValue, at: Span): Json | undefined {
  if (!value.args) return undefined;
  const method = value.path.at(-1) ?? '';
  const delegate = value.path.at(-2) ?? '';
  const schema = schemaFor(run, at.file);
  const model = [...(schema?.models.keys() ?? [])].find(
    (name) => name.charAt(0).toLowerCase() + name.slice(1) === delegate,
  );
  if (!schema || model === undefined) return undefined;
  const count: Shape = { kind: 'number', integer: true };
  const row = (): Shape => {
    const taken = takenOf(run, value.args?.[0]);
    return taken
      ? modelShape({ schema, at }, model, taken, 0)
      : unknownShape({ why: 'dynamic', what: 'what a query selects', at });
  };
  switch (method) {
    case 'findMany':
    case 'createManyAndReturn':
    case 'updateManyAndReturn':
      return present({ kind: 'array', items: row() });
    case 'findUnique':
    case 'findFirst':
      return present(orNull(row()));
    case 'findUniqueOrThrow':
    case 'findFirstOrThrow':
    case 'create':
    case 'update':
    case 'upsert':
    case 'delete':
      return present(row());
    case 'count':
      return value.args[0] && value.args[0].t === 'object' && value.args[0].props.has('select')
        ? undefined
        : present(count);
    case 'createMany':
    case 'updateMany':
    case 'deleteMany':
      return present({
        kind: 'object',
        fields: { count: { shape: count, required: true, at } },
        open: false,
      });
    default:
      return undefined;
  }
}

function orNull(shape: Shape): Shape {
  return shape.kind === 'unknown' ? shape : { kind: 'union', of: [shape, { kind: 'null' }] };
}

function modelShape(client: Client, model: string, taken: Taken, depth: number): Shape {
  const { schema, at } = client;
  const fields: Record<string, Field> = {};
  if (depth > depthLimit) return unknownShape({ why: 'limit', what: 'relations of a model', at });
  const selected = taken === true ? undefined : taken.select;
  const included = taken === true ? undefined : taken.include;
  for (const field of schema.models.get(model) ?? []) {
    const isRelation = isModel(schema, field);
    const asked = selected?.get(field.name) ?? included?.get(field.name);
    if (selected ? asked === undefined : isRelation && asked === undefined) continue;
    const shape = fieldShape(client, field, asked ?? true, depth);
    if (shape) fields[field.name] = { shape, required: true, at };
  }
  const counts = selected?.has('_count') || included?.has('_count');
  // `_count` and what extensions of the client add.
  return { kind: 'object', fields, ...(counts === true ? { open: true } : { open: false, whole: true }) };
}

function isModel(schema: PrismaSchema, { type }: PrismaField): boolean {
  return schema.models.has(type);
}

function fieldShape(client: Client, field: PrismaField, taken: Taken, depth: number): Shape | undefined {
  const { schema } = client;
  const one = isModel(schema, field)
    ? modelShape(client, field.type, taken, depth + 1)
    : scalarShape(client, field.type);
  if (!one) return undefined;
  const shape: Shape = field.list ? { kind: 'array', items: one } : one;
  return field.optional ? orNull(shape) : shape;
}

/** Undefined for what the client does not have: `Unsupported("…")`. */
function scalarShape({ schema, at }: Client, type: string): Shape | undefined {
  const values = schema.enums.get(type);
  if (values) return { kind: 'string', values };
  switch (type) {
    case 'String':
      return { kind: 'string' };
    case 'Decimal':
      // Decimal.js writes itself as text.
      return { kind: 'string' };
    case 'Int':
      return { kind: 'number', integer: true };
    case 'Float':
      return { kind: 'number', integer: false };
    case 'Boolean':
      return { kind: 'boolean' };
    case 'DateTime':
      return { kind: 'string', format: 'date-time' };
    case 'BigInt':
      return unknownShape({ why: 'unsupported', construct: 'bigint in JSON', at });
    case 'Unsupported':
      return undefined;
    default:
      return unknownShape({ why: 'dynamic', what: `column of type ${type}`, at });
  }
}

/** `{ select: { id: true, posts: { select: { title: true } } } }`; undefined where it is not all known. */
function takenOf(run: Run, query: Value | undefined): Taken | undefined {
  if (!query || query.t === 'undefined') return true;
  if (query.t !== 'object' || query.open) return query.t === 'boolean' && query.value ? true : undefined;
  const option = (name: string): Value | undefined => {
    const cell = query.props.get(name);
    return cell && read(run, cell);
  };
  if (option('omit')) return undefined;
  const [select, include] = [option('select'), option('include')];
  const selected = select && selectionOf(run, select);
  const included = include && selectionOf(run, include);
  if ((select && !selected) || (include && !included)) return undefined;
  return { ...(selected && { select: selected }), ...(included && { include: included }) };
}

function selectionOf(run: Run, value: Value): Selection | undefined {
  if (value.t !== 'object' || value.open) return undefined;
  const taken = new Map<string, Taken>();
  for (const [name, cell] of value.props) {
    const one = read(run, cell);
    if (one.t === 'boolean' && !one.value) continue;
    const inner = one.t === 'boolean' ? true : takenOf(run, one);
    if (!inner || one.t === 'undefined') return undefined;
    taken.set(name, inner);
  }
  return taken;
}

function takenOfType(type: TypeExpr): Taken | undefined {
  if (type.k === 'lit') return type.v === true ? true : undefined;
  if (type.k !== 'obj' || type.index) return undefined;
  const parts: { select?: Selection; include?: Selection } = {};
  for (const { name, t } of type.members) {
    if (name !== 'select' && name !== 'include') continue;
    if (t.k !== 'obj' || t.index) return undefined;
    const taken = new Map<string, Taken>();
    for (const member of t.members) {
      const inner = takenOfType(member.t);
      if (!inner) return undefined;
      taken.set(member.name, inner);
    }
    parts[name] = taken;
  }
  return parts;
}
