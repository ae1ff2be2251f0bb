/** Fixes that make the spec say what the code does. */

import type { SpecOperation } from '../../../contract/operation.ts';
import { formatPath } from '../../../contract/path.ts';
import type { Draft, Drafting } from '../../../draft/schema.ts';
import { draftParameter, draftResponse, methods } from '../../../draft/operation.ts';
import type { Entry } from '../../../engine/entries.ts';
import { child, children, refOf } from '../../../specs/openapi/reader.ts';
import { appendItem, insertEntry, renameKey, type Plain } from '../../../text/edit-document.ts';
import { removeEntry } from '../../../text/remove-parts.ts';
import { documentOperations } from './document-routes.ts';
import { edited, fix, mappingAt, operationAt, type Fixer } from './fix.ts';
import { insertAll } from './insert-all.ts';
import { bodyFixers } from './spec-bodies.ts';
import { comesBefore, forAll, responsesOf, statusBefore } from './spec-edits.ts';
import { parameterFixers } from './spec-parameters.ts';
import { openToAll, requireCredential } from './spec-security.ts';
import { shareErrors } from './share-errors.ts';
import { removeOperation } from './spec-remove.ts';
import { renameInSpec } from './spec-parameter-names.ts';

const documentStatus: Fixer = (scene, { status }) => {
  if (typeof status !== 'string') return [];
  const drafts = new Map<SpecOperation, Draft>();
  return [
    forAll(scene, `Document ${status} in the spec`, (index, spec, _, draftingIn, pool) => {
      const map = mappingAt(index, responsesOf(index, spec));
      if (!map) return [];
      if (!drafts.has(spec)) {
        const all = scene.entries.flatMap((entry) => {
          const at = entry.spec?.origin.spec === spec.origin.spec && responsesOf(index, entry.spec);
          return at && entry.spec
            ? [{ of: entry.spec, file: at.file, draft: answerIn(entry, status, draftingIn(at.file)) }]
            : [];
        });
        for (const [number, draft] of shareErrors(all, pool.add).entries()) {
          const { of } = all[number] ?? {};
          if (of) drafts.set(of, draft);
        }
      }
      const response = (drafts.get(spec)?.['responses'] as Draft | undefined)?.[status];
      if (response === undefined) return [];
      return edited(map, insertEntry(map.document, map.map, status, response, statusBefore(status)));
    }),
  ];
};

/** An operation with nothing but an answer of this status. */
function answerIn({ code }: Entry, status: string, drafting: Drafting): Draft {
  const output = code?.outputs.items.find((one) => one.status === status);
  return { responses: { [status]: draftResponse(output, status, drafting) as Plain } };
}

const removeStatus: Fixer = (scene, { status }) => [
  typeof status === 'string'
    ? forAll(scene, `Remove ${status} from the spec`, (index, spec) => {
        const map = mappingAt(index, responsesOf(index, spec));
        return edited(map, map && removeEntry(map.document, map.map, status));
      })
    : undefined,
];

const documentHeader: Fixer = (scene, { status, names }) => [
  typeof status === 'string'
    ? forAll(scene, `Document ${listOf(names).join(', ')} in the spec`, (index, spec, _, draftingIn) => {
        const responses = responsesOf(index, spec);
        const response = responses && child(responses, status);
        // What other operations answer too is not known to have it.
        const own = response && !refOf(response.node) ? mappingAt(index, response) : undefined;
        if (!response || !own) return [];
        const type: Plain = { type: 'string' };
        const header = draftingIn(own.file).version === '2.0' ? type : { schema: type };
        const entries = listOf(names).map((name) => [name, header] as const);
        const listed = child(response, 'headers');
        if (listed) return insertAll(mappingAt(index, listed), entries) ?? [];
        const isBefore = (key: string): boolean => key === 'description';
        const headers = Object.fromEntries(entries);
        return edited(own, insertEntry(own.document, own.map, 'headers', headers, isBefore));
      })
    : undefined,
];

const changeStatus: Fixer = (scene, { sent, promised }) => {
  const [[from], [to]] = [listOf(promised), listOf(sent)];
  if (listOf(promised).length !== 1 || listOf(sent).length !== 1 || from === undefined || to === undefined)
    return [];
  return [
    forAll(scene, `Document ${to} in place of ${from}`, (index, spec) => {
      const map = mappingAt(index, responsesOf(index, spec));
      return edited(map, map && renameKey(map.document, map.map, from, to));
    }),
  ];
};

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

const documentParameter: Fixer = (scene, { in: where, name }) => [
  typeof name === 'string'
    ? forAll(
        scene,
        `Document the ${String(where)} parameter ${name}`,
        (index, spec, { code }, draftingIn) => {
          const input = code?.inputs.items.find((one) => one.in === where && one.name === name);
          const operation = operationAt(index, spec);
          const map = mappingAt(index, operation);
          if (!input || !operation || !map) return [];
          const parameter = draftParameter(input, draftingIn(map.file)) as Plain;
          const list = child(operation, 'parameters');
          if (!list)
            return edited(
              map,
              insertEntry(map.document, map.map, 'parameters', [parameter], comesBefore('parameters')),
            );
          return list.node.kind === 'seq' ? edited(map, appendItem(map.document, list.node, parameter)) : [];
        },
      )
    : undefined,
];

const documentDeprecation: Fixer = (scene) => [
  forAll(scene, 'Mark as deprecated in the spec', (index, spec) => {
    const map = mappingAt(index, operationAt(index, spec));
    return edited(
      map,
      map && insertEntry(map.document, map.map, 'deprecated', true, comesBefore('deprecated')),
    );
  }),
];

const renamePath: Fixer = ({ index, entries }, { suggestion }) => {
  const spec = entries.find((entry) => entry.spec)?.spec;
  if (!spec || typeof suggestion !== 'string') return [];
  const top = index.reader.document(spec.origin.pathAt.file);
  const paths = top && child(top, 'paths');
  const written = paths && children(paths).find(({ keyAt }) => keyAt.start === spec.origin.pathAt.start);
  const full = formatPath(spec.key.path);
  if (!paths || !written || !full.endsWith(written.key)) return [];
  const base = full.slice(0, full.length - written.key.length);
  const item = index.reader.follow(written);
  const count = item.found ? children(item.at).filter(({ key }) => methods.includes(key)).length : 0;
  // The other methods of the path may be right.
  if (count !== 1 || !suggestion.startsWith(base)) return [];
  const to = suggestion.slice(base.length);
  const map = mappingAt(index, paths);
  return [
    fix(
      `Rename ${written.key} to ${to} in the spec`,
      edited(map, map && renameKey(map.document, map.map, written.key, to)),
      true,
    ),
  ];
};

const renameMethod: Fixer = ({ index, entries }, { spec: from, code: to }) => {
  const spec = entries.find((entry) => entry.spec)?.spec;
  if (!spec || typeof from !== 'string' || typeof to !== 'string') return [];
  const map = mappingAt(index, operationAt(index, spec, 1));
  const edit = map && renameKey(map.document, map.map, from.toLowerCase(), to.toLowerCase());
  return [fix(`Document ${to} in place of ${from}`, edited(map, edit), true)];
};

/** By the id of the rule. */
export const specFixers: Readonly<Record<string, Fixer>> = {
  'http/undocumented-status': documentStatus,
  'http/unsent-status': removeStatus,
  'http/undocumented-header': documentHeader,
  'http/success-status': changeStatus,
  'http/undocumented-parameter': documentParameter,
  'http/undocumented-operation': documentOperations,
  'http/undocumented-deprecation': documentDeprecation,
  'http/unimplemented-operation': removeOperation,
  'http/path-typo': renamePath,
  'http/method-mismatch': renameMethod,
  'http/parameter-name': renameInSpec,
  'http/undocumented-security': requireCredential,
  'http/unenforced-security': openToAll,
  ...parameterFixers,
  ...bodyFixers,
};
