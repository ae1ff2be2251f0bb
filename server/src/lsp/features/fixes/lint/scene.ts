/** What mends of lint findings look at, and how they write. */

import type { Finding } from '../../../../contract/finding.ts';
import type { DocNode } from '../../../../contract/facts.ts';
import { lookUp, stringOf, valueOf, type DocMap } from '../../../../text/document-node.ts';
import type { Plain } from '../../../../text/document-style.ts';
import { insertEntry, type Editable, type TextEdit } from '../../../../text/edit-document.ts';

export type Path = readonly string[];

/** One document, as it was linted. */
export interface LintScene {
  readonly document: Editable;
  readonly root: DocMap;
  /** `2.0` to `3.2`; empty for what is no OpenAPI document. */
  readonly version: string;
}

/** What one finding is about: the value at `path`, or the nearest one around what is missing. */
export interface Target {
  readonly path: Path;
  readonly finding: Finding;
}

export interface Mend {
  readonly title: string;
  /** Empty where there is no edit that is sure to be right. */
  readonly edits: readonly TextEdit[];
  /** Says something that somebody has to finish or to agree with. */
  readonly isDraft?: true;
}

/**
 * Mends all targets, which are findings of one rule in one document; one for the mend of a single finding. What they
 * are given together they mend so that it fits together. Titles are those for the first target.
 */
export type LintFixer = (scene: LintScene, targets: readonly Target[]) => readonly Mend[];

/** A mend of each target by itself. */
export function each(
  title: (target: Target, scene: LintScene) => string,
  edit: (scene: LintScene, target: Target) => readonly (TextEdit | undefined)[],
  isDraft?: 'draft',
): LintFixer {
  return (scene, targets) => {
    const [first] = targets;
    if (!first) return [];
    const edits = targets.flatMap((target) => edit(scene, target)).filter((one) => one !== undefined);
    return [mend(title(first, scene), edits, isDraft)];
  };
}

export function mend(title: string, edits: readonly TextEdit[], isDraft?: 'draft'): Mend {
  return { title, edits, ...(isDraft && { isDraft: true }) };
}

export function mapAt({ root }: LintScene, path: Path): DocMap | undefined {
  const node = lookUp(root, path);
  return node?.kind === 'map' ? node : undefined;
}

export function textAt({ root }: LintScene, path: Path): string | undefined {
  return stringOf(lookUp(root, path));
}

/** Adds a key to the mapping at `path`, among the others in the order of the specification. */
export function addTo(
  scene: LintScene,
  path: Path,
  key: string,
  value: Plain,
  order: readonly string[] = [],
): TextEdit | undefined {
  const map = mapAt(scene, path);
  if (!map || refersElsewhere(map)) return undefined;
  const rank = order.indexOf(key);
  const isBefore = (other: string): boolean => {
    const rankOfOther = order.indexOf(other);
    return rankOfOther >= 0 && rankOfOther < rank;
  };
  return insertEntry(scene.document, map, key, value, rank < 0 ? undefined : isBefore);
}

/** Nothing is added beside a `$ref`. */
function refersElsewhere(map: DocNode): boolean {
  return valueOf(map, '$ref') !== undefined;
}

/** Orders of keys, as the specification lists them. */
export const keyOrder = {
  root: [
    ...[
      'openapi',
      'swagger',
      'asyncapi',
      '$self',
      'info',
      'jsonSchemaDialect',
      'host',
      'basePath',
      'schemes',
    ],
    ...['consumes', 'produces', 'servers', 'security', 'tags', 'externalDocs', 'paths', 'webhooks'],
    ...['components', 'definitions', 'parameters', 'responses', 'securityDefinitions'],
  ],
  info: ['title', 'summary', 'description', 'termsOfService', 'contact', 'license', 'version'],
  contact: ['name', 'url', 'email'],
  license: ['name', 'identifier', 'url'],
  tag: ['name', 'summary', 'description', 'parent', 'kind', 'externalDocs'],
  operation: [
    ...['tags', 'summary', 'description', 'externalDocs', 'operationId', 'consumes', 'produces'],
    ...['parameters', 'requestBody', 'responses', 'callbacks', 'deprecated', 'security', 'servers'],
  ],
  parameter: ['name', 'in', 'description', 'required', 'deprecated', 'schema', 'type'],
  pathItem: ['summary', 'description', 'servers', 'parameters'],
  server: ['url', 'name', 'description', 'variables'],
  response: ['description'],
  schema: ['type', 'items'],
  components: [
    ...['schemas', 'responses', 'parameters', 'examples', 'requestBodies', 'headers', 'securitySchemes'],
  ],
} as const;

/** Keys of a path item that are operations, OpenAPI 3.2 included. */
const methods = /^(?:get|put|post|delete|options|head|patch|trace|query)$/;

export interface OperationAt {
  readonly path: string;
  /** As the key is written. */
  readonly method: string;
  readonly node: DocMap;
  readonly at: Path;
}

/** The operations that stand in the document itself. */
export function operationsIn({ root }: Pick<LintScene, 'root'>): readonly OperationAt[] {
  const paths = valueOf(root, 'paths');
  if (paths?.kind !== 'map') return [];
  return paths.entries.flatMap(({ key: path, value: item }) =>
    item.kind !== 'map'
      ? []
      : item.entries.flatMap(({ key: method, value: node }) =>
          methods.test(method) && node.kind === 'map'
            ? [{ path, method, node, at: ['paths', path, method] }]
            : [],
        ),
  );
}

/** `GET /teas` of a target in an operation. */
export function operationName({ path: [first, path, method] }: Target): string {
  return first === 'paths' && path !== undefined
    ? method !== undefined && methods.test(method)
      ? `${method.toUpperCase()} ${path}`
      : path
    : 'it';
}
