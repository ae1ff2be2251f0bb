/**
 * Renames a property wherever the sources of a project use it. TypeScript says what each use means; where it cannot
 * (`any`, a name in a text, a value that goes to code without types) nothing is renamed. Its checker takes seconds on large
 * projects, so nobody asks it but a person who renames.
 */

import { ts } from '@ts-morph/common';
import type { FileId, Span } from '../../contract/span.ts';
import type { Renamed, SourceFolder, SourceRename, SourceText } from '../../contract/rename.ts';
import { openProject, type Project } from './project.ts';

export function renameInSources(folder: SourceFolder, rename: SourceRename): Renamed {
  const { declared, name, to } = rename;
  const texts = textsWith(folder, declared, name);
  const project = openProject(folder, texts);
  const places = declared.map((at) => declarationAt(project, at, name));
  const found = places.flatMap((place) => place ?? []);
  const [lost] = declared.filter((_, index) => places[index] === undefined);
  if (lost) return refusal(`It cannot be told how ${lost.file} declares "${name}"`);
  const edits = new Map<string, SourceText>();
  for (const { source, node } of found)
    for (const one of locationsOf(project, { source, node })) {
      const { fileName, textSpan, prefixText = '', suffixText = '' } = one;
      const file = project.idOf(fileName);
      if (file === undefined) return refusal(`${fileName} declares "${name}", too`);
      const { start, length } = textSpan;
      const text = `${prefixText}${to}${suffixText}`;
      edits.set(`${file} ${start}`, { file, start, end: start + length, text });
    }
  const unclear =
    unclearUse(project, name, edits) ??
    (found.some(({ isValue }) => isValue) ? sameKey(project, name, edits) : undefined) ??
    goesElsewhere(project, name, found);
  if (unclear) return refusal(`It cannot be told what ${placeText(project, unclear)} means`);
  const all = [...edits.values()];
  const fault = faultAfter(folder, texts, project, all);
  return fault === undefined ? { edits: all } : refusal(`It would no longer compile: ${fault}`);
}

function refusal(why: string): Renamed {
  return { refused: `${why}; rename it in the code by hand.` };
}

/** Files that name what is renamed, or what it is declared in. */
function textsWith(
  { files, read }: SourceFolder,
  declared: readonly Span[],
  name: string,
): ReadonlyMap<FileId, string> {
  const own = new Set(declared.map(({ file }) => file));
  const texts = files.flatMap((file): readonly (readonly [FileId, string])[] => {
    const text = /\.[cm]?[jt]sx?$/.test(file) ? read(file) : undefined;
    return text === undefined ? [] : [[file, text]];
  });
  const holders = texts
    .filter(([file]) => own.has(file))
    .flatMap(([, text]) =>
      [...text.matchAll(/\b(?:class|interface|type|const)\s+(\w+)/g)].map(([, holder = '']) => holder),
    );
  const words = [name, ...holders];
  return new Map(texts.filter(([, text]) => words.some((word) => text.includes(word))));
}

interface Place {
  readonly source: ts.SourceFile;
  /** The name. */
  readonly node: ts.Node;
  /** It is the key of a value that is sent, and other objects may have got the value from there. */
  readonly isValue?: true;
}

function declarationAt({ sourceOf }: Project, { file, start }: Span, name: string): Place | undefined {
  const source = sourceOf(file);
  if (!source) return undefined;
  let found: Place | undefined;
  const look = (node: ts.Node): void => {
    if (found || node.end <= start || node.pos > start) return;
    const named = isDeclaration(node) && node.name && nameText(node.name) === name ? node.name : undefined;
    if (named && [node, named].some((one) => one.getStart(source) === start)) found = { source, node: named };
    ts.forEachChild(node, look);
    // Of an answer the place is that of a value, or of the object around it.
    const key = found ? undefined : keyOf(node, named, start, source, name);
    if (key) found = { source, node: key, isValue: true };
  };
  look(source);
  return found;
}

function keyOf(
  node: ts.Node,
  named: ts.Node | undefined,
  start: number,
  source: ts.SourceFile,
  name: string,
): ts.Node | undefined {
  if (ts.isPropertyAssignment(node)) return named;
  if (!ts.isObjectLiteralExpression(node) || node.getStart(source) !== start) return undefined;
  return node.properties.flatMap((one) => (one.name && nameText(one.name) === name ? [one.name] : []))[0];
}

function isDeclaration(node: ts.Node): node is ts.Node & { readonly name?: ts.Node } {
  return (
    ts.isPropertyDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isGetAccessorDeclaration(node) ||
    ts.isParameter(node)
  );
}

function nameText(node: ts.Node): string | undefined {
  return ts.isIdentifier(node) || ts.isStringLiteralLike(node) ? node.text : undefined;
}

function locationsOf({ service }: Project, { source, node }: Place): readonly ts.RenameLocation[] {
  const { fileName } = source;
  const start = node.getStart(source);
  // Of `{ name }` the property is meant, and not the variable.
  if (ts.isShorthandPropertyAssignment(node.parent))
    return [{ fileName, textSpan: { start, length: 0 }, suffixText: ': ' }];
  const options = { providePrefixAndSuffixTextForRename: true };
  return service.findRenameLocations(fileName, start, false, false, options) ?? [];
}

interface Use {
  readonly source: ts.SourceFile;
  readonly node: ts.Node;
}

/** The first node for which `pick` gives one, from the top of each source down. */
function firstUse(
  { sources, idOf }: Project,
  pick: (node: ts.Node, source: ts.SourceFile, file: FileId) => ts.Node | undefined,
): Use | undefined {
  for (const source of sources) {
    const file = idOf(source.fileName);
    if (file === undefined) continue;
    const look = (node: ts.Node): ts.Node | undefined =>
      pick(node, source, file) ?? ts.forEachChild(node, look);
    const node = look(source);
    if (node) return { source, node };
  }
  return undefined;
}

/** The first place that has the name and may mean what is renamed. */
function unclearUse(project: Project, name: string, edits: ReadonlyMap<string, SourceText>): Use | undefined {
  return firstUse(project, (node, source, file) => {
    const isMeant =
      nameText(node) === name && !isEdited(edits, file, node, source) && isUnclear(project.checker, node);
    return isMeant ? node : undefined;
  });
}

/** An object with the same key that has its value from what is renamed: which of the two is sent cannot be told. */
function sameKey(project: Project, name: string, edits: ReadonlyMap<string, SourceText>): Use | undefined {
  return firstUse(project, (node, source, file) => {
    if (!ts.isPropertyAssignment(node) || nameText(node.name) !== name) return undefined;
    const { initializer: value, name: key } = node;
    const isTaken = ts.isPropertyAccessExpression(value) && isEdited(edits, file, value.name, source);
    return isTaken && !isEdited(edits, file, key, source) ? key : undefined;
  });
}

function isEdited(
  edits: ReadonlyMap<string, SourceText>,
  file: FileId,
  node: ts.Node,
  source: ts.SourceFile,
): boolean {
  const start = node.getStart(source);
  return edits.has(`${file} ${start}`) || edits.has(`${file} ${start + 1}`);
}

function isUnclear(checker: ts.TypeChecker, node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node)
    return isAny(checker.getTypeAtLocation(parent.expression));
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === node)
    return isAny(checker.getTypeAtLocation(parent.expression));
  if (ts.isBindingElement(parent) && (parent.propertyName ?? parent.name) === node)
    return ts.isObjectBindingPattern(parent.parent) && isAny(checker.getTypeAtLocation(parent.parent));
  if (!ts.isStringLiteralLike(node)) return false;
  const holder = ts.isArrayLiteralExpression(parent) ? parent.parent : parent;
  return ts.isCallExpression(holder) && !ts.isDecorator(holder.parent) && holder.expression !== node;
}

function isAny({ flags }: ts.Type): boolean {
  return (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
}

/** What is sent or logged, or made a text of: its names are those of the contract. */
const harmless = /^(?:json|send|jsonp|log|info|warn|error|debug|trace|stringify|push|next)$/;

/** The first call that hands on a value with the property to code of which nothing is known. */
function goesElsewhere(project: Project, name: string, found: readonly Place[]): Use | undefined {
  const { checker } = project;
  const declarations = new Set<ts.Node>(found.map(({ node }) => node.parent));
  const has = (type: ts.Type): boolean => {
    const parts = type.isUnionOrIntersection() ? type.types : [type];
    return parts.some((part) => {
      const [item] = checker.isArrayType(part) ? checker.getTypeArguments(part as ts.TypeReference) : [];
      const symbol = checker.getPropertyOfType(item ?? part, name);
      return symbol?.declarations?.some((one) => declarations.has(one)) === true;
    });
  };
  return firstUse(project, (node) =>
    ts.isCallExpression(node) && !harmless.test(calledName(node))
      ? node.arguments.find(
          (argument) => has(checker.getTypeAtLocation(argument)) && isTakenByAny(checker, node, argument),
        )
      : undefined,
  );
}

function calledName({ expression }: ts.CallExpression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

function isTakenByAny(checker: ts.TypeChecker, call: ts.CallExpression, argument: ts.Expression): boolean {
  if (isAny(checker.getTypeAtLocation(call.expression))) return true;
  const expected = checker.getContextualType(argument);
  return expected !== undefined && isAny(expected);
}

function placeText({ idOf }: Project, { source, node }: Use): string {
  const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
  const text = (ts.isCallExpression(node.parent) ? node : node.parent).getText(source);
  const [first = ''] = text.split('\n');
  return `"${first.slice(0, 60)}" in line ${line + 1} of ${idOf(source.fileName) ?? source.fileName}`;
}

/** What TypeScript finds afterwards and did not before. */
function faultAfter(
  folder: SourceFolder,
  texts: ReadonlyMap<FileId, string>,
  before: Project,
  edits: readonly SourceText[],
): string | undefined {
  const files = [...new Set([...texts.keys(), ...edits.map(({ file }) => file)])];
  const changed = new Map(texts);
  for (const edit of [...edits].sort((a, b) => b.start - a.start)) {
    const text = changed.get(edit.file) ?? folder.read(edit.file) ?? '';
    changed.set(edit.file, text.slice(0, edit.start) + edit.text + text.slice(edit.end));
  }
  const after = openProject(folder, changed);
  for (const file of files) {
    const [known, found] = [faultsIn(before, file), faultsIn(after, file)];
    const codes = new Set(known.map(({ code }) => code));
    const fault = found.find(({ code }) => !codes.has(code));
    if (fault || found.length > known.length) {
      const text = fault ? ts.flattenDiagnosticMessageText(fault.messageText, ' ') : 'a type does not fit';
      return `${file}: ${text.replace(/\.$/, '')}`;
    }
  }
  return undefined;
}

function faultsIn({ program, sourceOf }: Project, file: FileId): readonly ts.Diagnostic[] {
  const source = sourceOf(file);
  return source ? program.getSemanticDiagnostics(source) : [];
}
