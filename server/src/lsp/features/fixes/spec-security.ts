/** Who is let in, as a spec says it for operations behind the same guards. */

import type { CodeOperation, SpecContract, SpecOperation } from '../../../contract/operation.ts';
import { child, children, securitySchemesIn, type Located } from '../../../specs/openapi/reader.ts';
import { insertEntry, replaceText } from '../../../text/edit-document.ts';
import { removeEntry } from '../../../text/remove-parts.ts';
import type { FeatureIndex } from '../feature-index.ts';
import { edited, mappingAt, operationAt, type Fixer } from './fix.ts';
import { comesBefore, forAll } from './spec-edits.ts';

/** A list of requirements, each with the scopes of its schemes. */
type Requirements = readonly { readonly [scheme: string]: readonly string[] }[];

/** What stands in the operation; undefined where nothing has to, because the document says it, or nothing suggests itself. */
export function requirementsFor(
  index: FeatureIndex,
  spec: SpecContract,
  code: CodeOperation,
): Requirements | undefined {
  const { required } = code.security;
  if (!required.known) return undefined;
  const general = requirementsIn(index, index.reader.document(spec.file));
  if (!required.value) return letsAnyoneIn(general) ? undefined : [];
  const wanted = asBehind(index, spec, code, general) ?? onlyScheme(index, spec);
  return wanted && JSON.stringify(wanted) === JSON.stringify(general) ? undefined : wanted;
}

/** What all operations have that the same guards stand in front of. */
function asBehind(
  index: FeatureIndex,
  { file }: SpecContract,
  code: CodeOperation,
  general: Requirements | undefined,
): Requirements | undefined {
  const guards = guardsOf(code);
  const found = index.entries.flatMap((entry) => {
    const { spec, code: other } = entry;
    if (!other || spec?.origin.spec !== file || guardsOf(other) !== guards) return [];
    const { required } = spec.security;
    return required.known && required.value ? [ownRequirements(index, spec) ?? general] : [];
  });
  const texts = new Set(found.map((one) => JSON.stringify(one)));
  return texts.size === 1 ? found[0] : undefined;
}

function guardsOf({ security }: CodeOperation): string {
  return [...new Set(security.schemes.items.map(({ name }) => name))].sort().join('\n');
}

function ownRequirements(index: FeatureIndex, spec: SpecOperation): Requirements | undefined {
  return requirementsIn(index, operationAt(index, spec));
}

function requirementsIn({ reader }: FeatureIndex, at: Located | undefined): Requirements | undefined {
  const list = at && child(at, 'security');
  const followed = list && reader.follow(list);
  if (!followed?.found || followed.at.node.kind !== 'seq') return undefined;
  return followed.at.node.items.map((item) =>
    item.kind === 'map'
      ? Object.fromEntries(
          item.entries.map(({ key, value }) => [
            key,
            value.kind === 'seq'
              ? value.items.flatMap((scope) => (scope.kind === 'scalar' ? [String(scope.value)] : []))
              : [],
          ]),
        )
      : {},
  );
}

function letsAnyoneIn(requirements: Requirements | undefined): boolean {
  return (
    (requirements ?? []).length === 0 || requirements?.some((one) => Object.keys(one).length === 0) === true
  );
}

function onlyScheme({ reader }: FeatureIndex, { file }: SpecContract): Requirements | undefined {
  const group = securitySchemesIn(reader.document(file));
  const [only, ...more] = group ? children(group) : [];
  return only && more.length === 0 ? [{ [only.key]: [] }] : undefined;
}

export const requireCredential: Fixer = (scene) => [
  forAll(scene, 'Require a credential in the spec', (index, spec, { code }) => {
    const contract = index.ready.snapshot.specs.find(({ file }) => file === spec.origin.spec);
    const wanted = code && contract && requirementsFor(index, contract, code);
    const at = operationAt(index, spec);
    const map = mappingAt(index, at);
    if (!at || !map || !wanted || wanted.length === 0) return [];
    const own = child(at, 'security');
    const document = map.document;
    if (!own)
      return edited(map, insertEntry(document, map.map, 'security', [...wanted], comesBefore('security')));
    // `[]` says that anyone is let in; what else is written there is for people to judge.
    if (own.node.kind !== 'seq' || own.node.items.length > 0) return [];
    return edited(map, replaceText(document, own.node, [...wanted]));
  }),
];

/** Never the first choice: a guard that is missing is missed by more than a document. */
export const openToAll: Fixer = (scene) => {
  const opened = forAll(scene, 'Say in the spec that anyone is let in', (index, spec) => {
    const at = operationAt(index, spec);
    const map = mappingAt(index, at);
    const own = at && child(at, 'security');
    if (!map) return [];
    if (!own) return edited(map, insertEntry(map.document, map.map, 'security', [], comesBefore('security')));
    const general = requirementsIn(index, index.reader.document(spec.origin.spec));
    return letsAnyoneIn(general)
      ? edited(map, removeEntry(map.document, map.map, 'security'))
      : edited(map, replaceText(map.document, own.node, []));
  });
  return [opened && { title: opened.title, edits: opened.edits }];
};
