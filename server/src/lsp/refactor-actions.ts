/** Refactorings of specifications as code actions. Their edits are made when one is chosen. */

import type { CodeAction, Position, ResponseError } from 'vscode-languageserver';
import type { FileId } from '../contract/span.ts';
import { isRefused } from '../authoring/edits.ts';
import type { Refactoring } from '../authoring/refactor/refactoring.ts';
import { refactorings } from '../authoring/refactor/refactorings.ts';
import { editOf, refusal } from './authoring-edits.ts';
import type { Authoring } from './authoring.ts';
import type { Folder } from './folder.ts';

/** Which refactoring of which place. */
export interface LaterRefactoring {
  readonly uri: string;
  readonly refactoring: string;
  readonly position: Position;
}

interface Asked {
  readonly folder: Folder;
  readonly file: FileId;
  readonly uri: string;
  readonly position: Position;
}

/** @param only kinds that are wanted; all of them where it is undefined */
export function refactorActions(
  authoring: Authoring,
  asked: Asked,
  only: readonly string[] | undefined,
  canResolve: boolean,
): readonly CodeAction[] {
  const { uri, position } = asked;
  return offersAt(authoring, asked)
    .filter(
      ({ kind }) => only?.some((wanted) => `${kind}.`.startsWith(`${wanted}.`) || wanted === '') ?? true,
    )
    .flatMap((offer): readonly CodeAction[] => {
      const { title, kind, id, disabled } = offer;
      if (disabled !== undefined) return [{ title, kind, disabled: { reason: disabled } }];
      const data: LaterRefactoring = { uri, refactoring: id, position };
      if (canResolve) return [{ title, kind, data }];
      const edit = madeEdit(authoring, asked, offer);
      return 'documentChanges' in edit ? [{ title, kind, edit }] : [];
    });
}

/** The action with its edits, or why there are none. */
export function resolveRefactoring(
  authoring: Authoring,
  action: CodeAction,
  asked: Asked,
  id: string,
): CodeAction | ResponseError {
  const offer = offersAt(authoring, asked).find((each) => each.id === id);
  if (!offer) return action;
  const edit = madeEdit(authoring, asked, offer);
  return 'documentChanges' in edit ? { ...action, edit } : refusal(edit.refused);
}

function offersAt(authoring: Authoring, { folder, file, position }: Asked): readonly Refactoring[] {
  const specs = authoring.specs(folder);
  if (!specs || folder.index?.specFiles.has(file) !== true) return [];
  return refactorings({
    sources: specs.sources,
    file,
    offset: specs.offset(file, position),
    symbols: () => specs.symbols(),
    isQuick: specs.isQuick,
  });
}

function madeEdit(
  authoring: Authoring,
  { folder }: Asked,
  offer: Refactoring,
): ReturnType<typeof editOf> | { readonly refused: string } {
  const specs = authoring.specs(folder);
  const { places } = folder;
  const made = offer.edits();
  if (isRefused(made)) return made;
  return specs && places
    ? editOf(made.edits, { folder, specs, places })
    : { refused: 'Nothing is known yet.' };
}
