/** A whole document from what a server serves, to begin a contract with. */

import type { CodeContract, CodeOperation } from '../contract/operation.ts';
import {
  formatPath,
  isRest,
  literalOf,
  paramNames,
  parseTemplate,
  shapeKey,
  type Path,
} from '../contract/path.ts';
import type { Span } from '../contract/span.ts';
import type { Plain } from '../text/document-style.ts';
import { createComponents, schemaName } from './components.ts';
import { draftOperation, methods, withPathNames } from './operation.ts';
import { draftIds, isGeneral, tagOf } from './names.ts';
import { draftSecurity } from './security.ts';
import type { Draft } from './schema.ts';
import { shareResponses } from './share-responses.ts';

/** Versions that a contract can be begun in, with what is written into the document. */
export const draftVersions = { '3.0': '3.0.4', '3.1': '3.1.1', '3.2': '3.2.0' } as const;

export type DraftVersion = keyof typeof draftVersions;

export interface ContractDraft {
  readonly document: Draft;
  /** How many operations the document has. */
  readonly operations: number;
  /** Routes that are not in it, with the reason as half a sentence. */
  readonly left: readonly { readonly title: string; readonly why: string; readonly at: Span }[];
}

interface Placed {
  readonly code: CodeOperation;
  readonly path: Path;
}

export function draftContract(
  contract: CodeContract,
  version: DraftVersion,
  info: { readonly title: string; readonly version: string },
): ContractDraft {
  const left: ContractDraft['left'][number][] = [];
  const placed: Placed[] = [];
  for (const code of contract.operations.items) {
    const why = whyNot(code);
    if (why === undefined)
      placed.push(...[code.key.path, ...code.key.variants].map((path) => ({ code, path })));
    else left.push({ title: code.title, why, at: code.at });
  }
  const routes = firstOfEach(placed);
  const base = commonBase(routes);
  const components = createComponents(version, (id) => contract.shapes?.[id]);
  const security = draftSecurity(routes.map(({ code }) => code));
  const ids = draftIds(routes);
  const tags = new Set<string>();

  const items = new Map<string, { readonly template: string; readonly operations: Map<string, Draft> }>();
  for (const { code, path } of routes) {
    const own = path.slice(base.length);
    const key = shapeKey(own);
    const item = items.get(key) ?? { template: formatPath(own), operations: new Map<string, Draft>() };
    items.set(key, item);
    const tag = tagOf(code, own);
    if (tag !== undefined) tags.add(tag);
    const method = code.key.method.toLowerCase();
    const named = withPathNames(
      { ...code, key: { ...code.key, path } },
      paramNames(parseTemplate(item.template)),
    );
    const operation = draftOperation(named, components, {
      ...(tag !== undefined && { tags: [tag] }),
      operationId: ids.get(`${method} ${shapeKey(path)}`) ?? '',
    });
    item.operations.set(method, { ...operation, ...security.of(code) });
  }

  const paths = Object.fromEntries(
    [...items.values()].map(({ template, operations }) => [
      template,
      Object.fromEntries([...operations].sort(([a], [b]) => methods.indexOf(a) - methods.indexOf(b))),
    ]),
  );
  const shared = shareResponses(paths);
  const parts = {
    schemas: reached(components.schemas(), [shared.paths, shared.responses]),
    responses: shared.responses,
    securitySchemes: security.schemes,
  };
  const used = Object.fromEntries(Object.entries(parts).filter(([, part]) => Object.keys(part).length > 0));
  return {
    document: {
      openapi: draftVersions[version],
      info,
      servers: [{ url: formatPath(base) }],
      ...(tags.size > 0 && { tags: [...tags].map((name) => ({ name })) }),
      paths: shared.paths,
      ...(Object.keys(used).length > 0 && { components: used }),
    },
    operations: routes.length,
    left,
  };
}

function whyNot({ key, origin }: CodeOperation): string | undefined {
  if (origin.hidden !== undefined) return `is hidden by ${origin.hidden}`;
  if (origin.unknownPrefix !== undefined) return 'stands behind a path that cannot be read';
  if (key.method === 'ALL') return 'answers every method';
  if (!methods.includes(key.method.toLowerCase())) return `${key.method} has no place in a path item`;
  if (key.path.some((segment) => isRest(segment))) return 'has a wildcard in its path';
  return undefined;
}

/** Of routes with the same address the first one answers. */
function firstOfEach(placed: readonly Placed[]): readonly Placed[] {
  const seen = new Set<string>();
  return placed.filter(({ code, path }) => {
    const key = `${code.key.method} ${shapeKey(path)}`;
    if (path.some((segment) => isRest(segment)) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** `/api/v1` where all paths begin so: that is where the server is, and no part of any operation. */
function commonBase(routes: readonly Placed[]): Path {
  const [first] = routes;
  if (!first || routes.length < 2) return [];
  const length = first.path.findIndex(
    (segment, at) =>
      !isGeneral(segment) ||
      routes.some(({ path }) => {
        const other = path[at];
        return other === undefined || path.length <= at + 1 || literalOf(other) !== literalOf(segment);
      }),
  );
  return first.path.slice(0, Math.max(0, length));
}

/** The schemas that something in use refers to: a union with something unknown says nothing of its other parts. */
function reached(
  schemas: Readonly<Record<string, Draft>>,
  from: readonly Plain[],
): Readonly<Record<string, Draft>> {
  const names = new Set<string>();
  const look = (value: Plain): void => {
    if (Array.isArray(value)) value.forEach((item: Plain) => look(item));
    else if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) {
        const name = key === '$ref' && typeof item === 'string' ? schemaName(item) : undefined;
        if (name === undefined) look(item);
        else if (!names.has(name)) {
          names.add(name);
          look(schemas[name] ?? {});
        }
      }
  };
  from.forEach((value) => look(value));
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => names.has(name)));
}
