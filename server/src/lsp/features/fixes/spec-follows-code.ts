/** Fixes that make the spec say what the code does. */

import { STATUS_CODES } from 'node:http';
import { formatPath } from '../../../contract/path.ts';
import { hasNoContent } from '../../../contract/statuses.ts';
import type { Draft, Drafting } from '../../../draft/schema.ts';
import { draftResponse, methods } from '../../../draft/operation.ts';
import type { Entry } from '../../../engine/entries.ts';
import { child, children, refOf } from '../../../specs/openapi/reader.ts';
import { stringOf } from '../../../text/document-node.ts';
import type { Plain } from '../../../text/document-style.ts';
import { insertEntry, renameKey, replaceText, type TextEdit } from '../../../text/edit-document.ts';
import { removeEntry } from '../../../text/remove-parts.ts';
import { documentOperations } from './document-routes.ts';
import { edited, fix, mappingAt, operationAt, type EditableMap, type Fixer } from './fix.ts';
import { insertAll } from './insert-all.ts';
import { bodyFixers } from './spec-bodies.ts';
import { comesBefore, forAll, forEachSpec, responsesOf, statusBefore } from './spec-edits.ts';
import { parameterFixers } from './spec-parameters.ts';
import { openToAll, requireCredential } from './spec-security.ts';
import { shareErrors } from './share-errors.ts';
import { removeOperation } from './spec-remove.ts';
import { renameInSpec } from './spec-parameter-names.ts';

const documentStatus: Fixer = (scene, { status }) => {
  if (typeof status !== 'string') return [];
  const { index } = scene;
  const before = statusBefore(status);
  return [
    forEachSpec(scene, `Document ${status} in the spec`, (operations, pool) => {
      const places = operations.flatMap(({ entry, spec }) => {
        const map = mappingAt(index, responsesOf(index, spec));
        return map ? [{ map, file: map.file, draft: answerIn(entry, status, pool.drafting(map.file)) }] : [];
      });
      return shareErrors(places, pool).flatMap(({ responses }, number) => {
        const { map } = places[number] ?? {};
        const response = (responses as Draft)[status];
        return map && response !== undefined
          ? edited(map, insertEntry(map.document, map.map, status, response, before))
          : [];
      });
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
      const responses = responsesOf(index, spec);
      const map = mappingAt(index, responses);
      const rename = map && renameKey(map.document, map.map, from, to);
      const response = responses && child(responses, from);
      if (!map || !rename || !response) return [];
      const own = refOf(response.node) ? undefined : mappingAt(index, response);
      const rest = own ? asStatus(own, from, to) : hasNoContent(to) ? undefined : [];
      return rest ? [...edited(map, rename), ...rest.flatMap((edit) => edited(own, edit))] : [];
    }),
  ];
};

/** What of a response is different with another status: words that only name the old one, and a body where none can be. */
function asStatus(
  { document, map }: EditableMap,
  from: string,
  to: string,
): readonly (TextEdit | undefined)[] | undefined {
  const description = map.entries.find(({ key }) => key === 'description')?.value;
  const phrase = STATUS_CODES[to];
  const isPhrase = description && stringOf(description) === STATUS_CODES[from] && phrase !== undefined;
  const bodies = hasNoContent(to)
    ? ['content', 'schema'].filter((key) => map.entries.some((one) => one.key === key))
    : [];
  const removed = bodies.map((key) => removeEntry(document, map, key));
  if (removed.includes(undefined)) return undefined;
  return [isPhrase ? replaceText(document, description, phrase) : undefined, ...removed];
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

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
