/** What operations name: themselves, their tags, schemes, scopes, and the parameters of their paths. */

import type { DocEntry, DocNode } from '../../contract/facts.ts';
import type { FileId } from '../../contract/span.ts';
import { child, children, type Located, type LocatedEntry } from '../../specs/openapi/reader.ts';
import { entryOf, stringOf, textOf, valueOf } from '../../text/document-node.ts';
import { isFlow, type Visited } from '../grammar.ts';
import type { Collected, Collector } from './collect.ts';
import { pathPieces } from './paths.ts';
import { keyId, keyScalar, valueScalar, type SymbolTable } from './table.ts';

/** Declares operation ids, tags, scopes and pieces of paths. */
export function declareOperations(
  { root, objects }: Collected,
  { sources }: Collector,
  table: SymbolTable,
): void {
  for (const { role, file, node, inFlow, parent, under, entry } of objects) {
    if (role === 'operation')
      declareValue(file, valueOf(node, 'operationId'), inFlow, 'operationId', `operation ${root}`);
    if (role === 'tag') declareValue(file, valueOf(node, 'name'), inFlow, 'tag', `tag ${root}`);
    if (role === 'pathItem' && entry && parent?.role === 'root' && under === 'paths') {
      const id = keyId(file, entry.keyStart);
      const scalar = keyScalar(file, entry, inFlow);
      for (const piece of pathPieces(entry.key)) {
        const pieceId = `${id} ${piece.id}`;
        const isParameter = piece.kind === 'parameter';
        const scope = isParameter ? id : `segments ${root}`;
        table.declare(pieceId, isParameter ? 'pathParameter' : 'pathSegment', piece.name, scope);
        table.add(pieceId, isParameter ? 'use' : 'definition', scalar, piece);
        // A segment means the same in every path that begins alike.
        if (!isParameter) {
          const shared = `segment ${root} ${piece.prefix}`;
          table.declare(shared, 'pathSegment', piece.name, scope);
          table.unite(shared, pieceId);
        }
      }
    }
    if (role === 'securityScheme') declareScopes(file, node, inFlow, parent, entry?.keyStart);
  }

  function declareValue(
    file: FileId,
    node: DocNode | undefined,
    inFlow: boolean,
    kind: 'operationId' | 'tag',
    scope: string,
  ): void {
    const scalar = valueScalar(sources, file, node, inFlow);
    if (!scalar) return;
    const id = `${scope} ${scalar.value}`;
    table.declare(id, kind, scalar.value, scope);
    table.add(id, 'definition', scalar);
  }

  /** OpenAPI 2.0 has scopes in the scheme, 3 in its flows. */
  function declareScopes(
    file: FileId,
    node: DocNode,
    inFlow: boolean,
    parent: Visited | undefined,
    key: number | undefined,
  ): void {
    if (key === undefined || !parent) return;
    const scheme: Located = { file, node, pointer: [] };
    const flows = child(scheme, 'flows');
    for (const flow of [scheme, ...(flows ? children(flows) : [])]) {
      const scopes = child(flow, 'scopes');
      for (const scope of scopes ? children(scopes) : []) {
        const id = `${keyId(file, key)} scope ${scope.key}`;
        table.declare(id, 'scope', scope.key, `${keyId(file, key)} scopes`);
        table.add(id, 'definition', keyScalar(file, entryOfKey(scope), inFlow || isFlowAt(scopes)));
      }
    }
  }

  function isFlowAt(at: Located | undefined): boolean {
    return at !== undefined && isFlow(sources.text(at.file) ?? '', at.node);
  }
}

function entryOfKey({ key, node, keyAt }: LocatedEntry): DocEntry {
  return { key, keyStart: keyAt.start, keyEnd: keyAt.end, value: node };
}

/** Marks uses: of tags, schemes, scopes and operation ids, and the parameters that declare those of paths. */
export function markOperations(collected: Collected, collector: Collector, table: SymbolTable): void {
  const { root, objects } = collected;
  const { sources, reader } = collector;
  const schemes = schemesOf(reader.document(root));
  for (const object of objects) {
    const { role, file, node, inFlow, parent, under, entry } = object;
    if (role === 'operation') markTags(file, valueOf(node, 'tags'), inFlow);
    if (role === 'tag') markTag(file, valueOf(node, 'parent'), inFlow);
    if (role === 'root') markTagGroups(file, node);
    if (role === 'security') markRequirement(file, node, inFlow);
    if (role === 'link') {
      const scalar = valueScalar(sources, file, valueOf(node, 'operationId'), inFlow);
      const id = `operation ${root} ${scalar?.value ?? ''}`;
      if (scalar && table.isDeclared(id)) table.add(id, 'use', scalar);
    }
    if (role === 'serverVariable' && parent && entry)
      markVariable(parent, keyId(file, entry.keyStart), entry.key);
    if (role === 'pathItem' && entry && parent?.role === 'root' && under === 'paths')
      markParameters(object, keyId(file, entry.keyStart), entry.key);
  }

  function markTags(file: FileId, list: DocNode | undefined, inFlow: boolean): void {
    const flow = inFlow || (list !== undefined && isFlow(sources.text(file) ?? '', list));
    for (const item of list?.kind === 'seq' ? list.items : []) markTag(file, item, flow);
  }

  /** A tag that is not declared is named by those who use it. */
  function markTag(file: FileId, node: DocNode | undefined, inFlow: boolean): void {
    const scalar = valueScalar(sources, file, node, inFlow);
    if (!scalar) return;
    const id = `tag ${root} ${scalar.value}`;
    table.declare(id, 'tag', scalar.value, `tag ${root}`);
    table.add(id, 'use', scalar);
  }

  /** Of Redoc. */
  function markTagGroups(file: FileId, node: DocNode): void {
    const groups = valueOf(node, 'x-tagGroups');
    for (const group of groups?.kind === 'seq' ? groups.items : [])
      markTags(file, valueOf(group, 'tags'), false);
  }

  function markRequirement(file: FileId, node: DocNode, inFlow: boolean): void {
    if (node.kind !== 'map') return;
    for (const entry of node.entries) {
      const scheme = schemes.get(entry.key);
      if (scheme === undefined) continue;
      table.add(scheme, 'use', keyScalar(file, entry, inFlow));
      const { value } = entry;
      const flow = inFlow || isFlow(sources.text(file) ?? '', value);
      for (const item of value.kind === 'seq' ? value.items : []) {
        const scalar = valueScalar(sources, file, item, flow);
        const id = `${scheme} scope ${scalar?.value ?? ''}`;
        if (scalar && table.isDeclared(id)) table.add(id, 'use', scalar);
      }
    }
  }

  function markVariable(server: Visited, id: string, name: string): void {
    const scalar = valueScalar(sources, server.file, valueOf(server.node, 'url'), server.inFlow);
    if (!scalar) return;
    for (const { index } of scalar.value.matchAll(/\{[^{}]*\}/g))
      if (scalar.value.startsWith(`{${name}}`, index))
        table.add(id, 'use', scalar, { from: index + 1, to: index + 1 + name.length });
  }

  /** Parameters of a path belong to the item as it is after its `$ref`, and to each of its operations. */
  function markParameters(item: Visited, id: string, template: string): void {
    const names = new Set(
      pathPieces(template).flatMap(({ kind, name }) => (kind === 'parameter' ? [name] : [])),
    );
    if (names.size === 0) return;
    const followed = reader.follow(item);
    if (!followed.found) return;
    const holders: readonly Located[] = [item, followed.at, ...children(followed.at)];
    for (const holder of holders) {
      const list = child(holder, 'parameters');
      if (list?.node.kind !== 'seq') continue;
      list.node.items.forEach((node, index) => {
        const at = reader.follow({ file: list.file, node, pointer: [...list.pointer, String(index)] });
        if (!at.found || stringOf(valueOf(at.at.node, 'in')) !== 'path') return;
        const entry = entryOf(at.at.node, 'name');
        const name = textOf(entry?.value);
        if (!entry || name === undefined || !names.has(name)) return;
        const flow = isFlow(sources.text(at.at.file) ?? '', at.at.node);
        const scalar = valueScalar(sources, at.at.file, entry.value, flow);
        if (scalar) table.add(`${id} {${name}}`, 'definition', scalar);
      });
    }
  }
}

/** Requirements name schemes of the root document (OpenAPI 3.1, section 4.8.30). */
function schemesOf(top: Located | undefined): ReadonlyMap<string, string> {
  const components = top && child(top, 'components');
  const maps = [components && child(components, 'securitySchemes'), top && child(top, 'securityDefinitions')];
  return new Map(
    maps.flatMap((map) =>
      (map ? children(map) : []).map(({ file, key, keyAt }) => [key, keyId(file, keyAt.start)]),
    ),
  );
}
