/** Quick fixes: what they are, and what they are made from. */

import type { Finding } from '../../../contract/finding.ts';
import type { SpecOperation } from '../../../contract/operation.ts';
import type { FileId } from '../../../contract/span.ts';
import type { Located } from '../../../specs/openapi/reader.ts';
import { type DocMap, isInPlace, lookUp, parsePointer } from '../../../text/document-node.ts';
import type { Editable, TextEdit } from '../../../text/edit-document.ts';
import type { Entry } from '../../../engine/entries.ts';
import type { FeatureIndex } from '../feature-index.ts';

/** Offsets are into the text that the results were made from. */
export interface FileEdit extends TextEdit {
  readonly file: FileId;
  /** The file does not exist yet. */
  readonly create?: true;
}

/** Of a file that is known. */
export type Edit = Omit<FileEdit, 'file'>;

export interface Fix {
  readonly title: string;
  readonly edits: readonly FileEdit[];
  /** Its edits take a while: they are made when somebody looks at them, and of the files that there are they edit these. */
  readonly files?: readonly FileId[];
  /** The one mend that most people want. */
  readonly preferred?: true;
}

/** What a fix looks at: a finding, and the operations that it speaks of. */
export interface Scene {
  readonly index: FeatureIndex;
  readonly finding: Finding;
  readonly entries: readonly Entry[];
}

/** `state` is what the rule said of the finding. Undefined where there is no edit that is sure to be right. */
export type Fixer = (scene: Scene, state: State) => readonly (Fix | undefined)[];

/** A mapping of a document, ready to be edited. */
export interface EditableMap {
  readonly file: FileId;
  readonly map: DocMap;
  readonly document: Editable;
}

/**
 * The mapping behind a place, `$ref`s followed. Undefined where it is none, or empty in a way that nothing can be added
 * to, where it has faults, and where aliases lead to it or to something around it: that is the text of other operations too.
 */
export function mappingAt(index: FeatureIndex, at: Located | undefined): EditableMap | undefined {
  const followed = at && index.reader.follow(at);
  if (!followed?.found) return undefined;
  const { file, node, pointer } = followed.at;
  const document = index.texts.editable(file);
  const top = index.reader.document(file);
  if (node.kind !== 'map' || !document || !isInPlace(top?.node, pointer)) return undefined;
  if (isFaulty(index, file, node)) return undefined;
  const around = pointer.map((_, length) => lookUp(top?.node, pointer.slice(0, length + 1)));
  return around.some((one) => one && isAliased(document.text, one))
    ? undefined
    : { file, map: node, document };
}

/** Where a text cannot be read to its end, nobody knows where something more would stand. */
function isFaulty({ texts }: FeatureIndex, file: FileId, { start, end }: DocMap): boolean {
  return (texts.document(file)?.problems ?? []).some(
    ({ code, severity, at }) =>
      severity === 'error' && code !== 'document/duplicate-key' && start <= at.end && at.start <= end,
  );
}

/** Has a node an anchor that something else refers to? */
function isAliased(text: string, { start }: { readonly start: number }): boolean {
  const [, name] = /&([^\s,[\]{}]+)\s*$/.exec(text.slice(Math.max(0, start - 100), start)) ?? [];
  return name !== undefined && [...text.matchAll(/\*([^\s,[\]{}]+)/g)].some(([, used]) => used === name);
}

/** Where the operation's own mapping stands; `up` levels above it, its path item (1) or the paths (2). */
export function operationAt(index: FeatureIndex, { at, origin }: SpecOperation, up = 0): Located | undefined {
  const top = index.reader.document(at.file);
  const tokens = parsePointer(origin.pointer);
  const pointer = tokens?.slice(0, tokens.length - up);
  const node = pointer && lookUp(top?.node, pointer);
  return node && pointer ? { file: at.file, node, pointer } : undefined;
}

export function edited(at: EditableMap | undefined, edit: TextEdit | undefined): readonly FileEdit[] {
  return at && edit ? [{ file: at.file, ...edit }] : [];
}

/** All or nothing: a fix that could not do its work for one of several operations does what it could, if that is something. */
export function fix(title: string, edits: readonly FileEdit[], preferred?: true): Fix | undefined {
  if (edits.length === 0) return undefined;
  return { title, edits, ...(preferred && { preferred }) };
}

/** What a rule says of a finding. */
export type State = Readonly<Record<string, unknown>>;

export function isState(state: unknown): state is State {
  return typeof state === 'object' && state !== null;
}

/** Of each of the findings that one stands for. */
export function statesIn(state: unknown): readonly State[] {
  if (!isState(state)) return [];
  const { together } = state;
  return (Array.isArray(together) ? together : [state]).filter(isState);
}
