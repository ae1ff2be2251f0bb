/** Mends of what a document shares: components that nothing uses, security schemes that are not there. */

import { editDistance } from '../../../../contract/edit-distance.ts';
import type { Plain } from '../../../../text/document-style.ts';
import { renameKey, type TextEdit } from '../../../../text/edit-document.ts';
import { removeEntries } from '../../../../text/remove-parts.ts';
import { addTo, keyOrder, mapAt, mend, type LintFixer, type LintScene, type Path } from './scene.ts';

const removeUnused: LintFixer = (scene, targets) => {
  const edits = without(
    scene,
    targets.map(({ path }) => path),
  );
  const name = targets[0]?.path.at(-1) ?? '';
  return [mend(`Remove ${name}`, edits)];
};

/** What would be left empty goes as well. */
function without(scene: LintScene, paths: readonly Path[]): readonly TextEdit[] {
  const groups = new Map<string, { readonly at: Path; readonly keys: Set<string> }>();
  for (const path of paths) {
    const at = path.slice(0, -1);
    const group = groups.get(at.join('\n')) ?? { at, keys: new Set() };
    group.keys.add(path.at(-1) ?? '');
    groups.set(at.join('\n'), group);
  }
  const emptied = [...groups.values()].filter(
    ({ at, keys }) => at.length > 0 && mapAt(scene, at)?.entries.length === keys.size,
  );
  const rest = [...groups.values()].filter((group) => !emptied.includes(group));
  const inner = new Map(rest.map((group) => [group.at.join('\n'), group]));
  const above = emptied.map(({ at }) => at);
  // Its own group may lose other entries beside.
  for (const at of above) {
    const parent = at.slice(0, -1);
    const group = inner.get(parent.join('\n')) ?? { at: parent, keys: new Set<string>() };
    group.keys.add(at.at(-1) ?? '');
    inner.set(parent.join('\n'), group);
  }
  if (above.length > 0)
    return without(
      scene,
      [...inner.values()].flatMap(({ at, keys }) => [...keys].map((key) => [...at, key])),
    );
  return rest.flatMap(({ at, keys }) => {
    const map = mapAt(scene, at);
    return (map && removeEntries(scene.document, map, keys)) ?? [];
  });
}

/** Another letter or two: a slip of the pen. */
const near = 2;

const defineSecurity: LintFixer = (scene, targets) => {
  const group: Path = scene.version === '2.0' ? ['securityDefinitions'] : ['components', 'securitySchemes'];
  const there = mapAt(scene, group)?.entries.map(({ key }) => key) ?? [];
  const renamed: TextEdit[] = [];
  const wanted = new Map<string, Plain>();
  let to: string | undefined;
  for (const { path } of targets) {
    const name = path.at(-1) ?? '';
    const like = there.filter((other) => editDistance(other.toLowerCase(), name.toLowerCase()) <= near);
    const requirement = mapAt(scene, path.slice(0, -1));
    const [only] = like;
    if (only !== undefined && like.length === 1 && requirement) {
      to ??= only;
      renamed.push(...[renameKey(scene.document, requirement, name, only)].flatMap((edit) => edit ?? []));
    } else {
      const scheme = schemeNamed(name, scene.version === '2.0');
      if (scheme) wanted.set(name, scheme);
    }
  }
  const defined = define(scene, group, wanted);
  const title =
    to === undefined ? `Define ${[...wanted.keys()].join(', ')} as its name suggests` : `Use ${to}`;
  return [mend(title, [...renamed, ...defined], defined.length > 0 ? 'draft' : undefined)];
};

function define(scene: LintScene, group: Path, wanted: ReadonlyMap<string, Plain>): readonly TextEdit[] {
  if (wanted.size === 0) return [];
  const all = Object.fromEntries(wanted);
  const parents = group.map((_, index) => group.slice(0, index + 1));
  const missing = parents.findIndex((path) => !mapAt(scene, path));
  if (missing < 0) return [...wanted].flatMap(([name, scheme]) => addTo(scene, group, name, scheme) ?? []);
  const value = group.slice(missing + 1).reduceRight<Plain>((inner, key) => ({ [key]: inner }), all);
  const at = group.slice(0, missing);
  return [
    addTo(scene, at, group[missing] ?? '', value, at.length === 0 ? keyOrder.root : keyOrder.components),
  ].flatMap((edit) => edit ?? []);
}

/** Undefined for a name that suggests nothing, or something that needs addresses. */
function schemeNamed(name: string, isVersion2: boolean): Plain | undefined {
  if (/o.?auth|oidc|openid/i.test(name)) return undefined;
  if (/basic/i.test(name)) return isVersion2 ? { type: 'basic' } : { type: 'http', scheme: 'basic' };
  if (/bearer|jwt|token/i.test(name))
    return isVersion2
      ? { type: 'apiKey', in: 'header', name: 'Authorization' }
      : { type: 'http', scheme: 'bearer' };
  if (/cookie|session/i.test(name))
    return isVersion2 ? undefined : { type: 'apiKey', in: 'cookie', name: 'session' };
  return /api.?key|^key$/i.test(name) ? { type: 'apiKey', in: 'header', name: 'X-API-Key' } : undefined;
}

export const componentFixers: Readonly<Record<string, LintFixer>> = {
  'oas2-unused-definition': removeUnused,
  'oas3-unused-component': removeUnused,
  'oas2-operation-security-defined': defineSecurity,
  'oas3-operation-security-defined': defineSecurity,
};
