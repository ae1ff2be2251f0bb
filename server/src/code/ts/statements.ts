/** Lowers statements, declarations, imports and exports. */

import { ts } from '@ts-morph/common';
import type { Stmt, VarDecl } from '../program/program.ts';
import { lowerBinding, lowerClass, lowerExpression, lowerFunction, lowerNamed, lowerTarget, nameText } from './expressions.ts';
import { startOf, type Lowering } from './lower.ts';
import { lowerType, lowerTypeMembers, typeParameterNames } from './types.ts';

const { SyntaxKind } = ts;

export function lowerStatements(lowering: Lowering, nodes: readonly ts.Statement[]): readonly Stmt[] {
  return nodes.flatMap((node) => lowerStatement(lowering, node) ?? []);
}

/** A JSON file is a module that exports its value, as Node and TypeScript have it. */
export function lowerJson(lowering: Lowering, source: ts.SourceFile): readonly Stmt[] {
  const [statement] = source.statements;
  if (!statement || !ts.isExpressionStatement(statement)) return [];
  const x = lowerExpression(lowering, statement.expression);
  return [{ s: x.s, e: x.e, k: 'exportAssign', x }];
}

function lowerBody(lowering: Lowering, node: ts.Statement): readonly Stmt[] {
  return ts.isBlock(node) ? lowerStatements(lowering, node.statements) : lowerStatements(lowering, [node]);
}

function lowerStatement(lowering: Lowering, node: ts.Statement): Stmt | undefined {
  const at = { s: startOf(lowering, node), e: node.end };
  const expression = (child: ts.Expression) => lowerExpression(lowering, child);
  if (ts.isExpressionStatement(node)) return { ...at, k: 'expr', x: expression(node.expression) };
  if (ts.isVariableStatement(node)) {
    return {
      ...at,
      k: 'let',
      decls: lowerDeclarations(lowering, node.declarationList),
      ...(isConst(node.declarationList) && { const: true as const }),
      ...(isExported(node) && { exported: true as const }),
    };
  }
  if (ts.isFunctionDeclaration(node)) {
    if (!node.body) return undefined;
    return { ...at, k: 'func', name: node.name?.text ?? 'default', fn: lowerFunction(lowering, node), ...exportKind(node) };
  }
  if (ts.isClassDeclaration(node)) return { ...at, k: 'cls', cls: lowerClass(lowering, node), ...exportKind(node) };
  if (ts.isEnumDeclaration(node)) {
    const members = node.members.map((member) => ({
      s: startOf(lowering, member),
      e: member.end,
      name: ts.isIdentifier(member.name) || ts.isStringLiteralLike(member.name) ? member.name.text : '',
      ...(member.initializer && { v: expression(member.initializer) }),
    }));
    return { ...at, k: 'enum', name: node.name.text, members, ...(isExported(node) && { exported: true as const }) };
  }
  if (ts.isInterfaceDeclaration(node)) {
    const ext = node.heritageClauses?.flatMap((clause) => clause.types.map((type) => lowerType(lowering, type)));
    return {
      ...at,
      k: 'type',
      name: node.name.text,
      params: node.typeParameters ? typeParameterNames(node.typeParameters) : [],
      t: { ...at, k: 'obj', ...lowerTypeMembers(lowering, node.members) },
      interface: true,
      ...(ext && { ext }),
      ...(isExported(node) && { exported: true as const }),
    };
  }
  if (ts.isTypeAliasDeclaration(node)) {
    return {
      ...at,
      k: 'type',
      name: node.name.text,
      params: node.typeParameters ? typeParameterNames(node.typeParameters) : [],
      t: lowerType(lowering, node.type),
      ...(isExported(node) && { exported: true as const }),
    };
  }
  if (ts.isModuleDeclaration(node)) {
    if (!node.body || !ts.isModuleBlock(node.body) || !ts.isIdentifier(node.name)) return undefined;
    return {
      ...at,
      k: 'ns',
      name: node.name.text,
      body: lowerStatements(lowering, node.body.statements),
      ...(isExported(node) && { exported: true as const }),
    };
  }
  if (ts.isIfStatement(node)) {
    return {
      ...at,
      k: 'if',
      c: expression(node.expression),
      a: lowerBody(lowering, node.thenStatement),
      ...(node.elseStatement && { b: lowerBody(lowering, node.elseStatement) }),
    };
  }
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
    const { initializer } = node;
    const declared = ts.isVariableDeclarationList(initializer) ? initializer.declarations[0]?.name : undefined;
    const to = declared
      ? lowerBinding(lowering, declared)
      : ts.isVariableDeclarationList(initializer)
        ? ({ ...at, k: 'name', name: '' } as const)
        : lowerTarget(lowering, initializer);
    return { ...at, k: ts.isForOfStatement(node) ? 'forOf' : 'forIn', to, x: expression(node.expression), body: lowerBody(lowering, node.statement) };
  }
  if (ts.isForStatement(node)) {
    const { initializer } = node;
    const init: Stmt | undefined = !initializer
      ? undefined
      : ts.isVariableDeclarationList(initializer)
        ? { s: startOf(lowering, initializer), e: initializer.end, k: 'let', decls: lowerDeclarations(lowering, initializer) }
        : { s: startOf(lowering, initializer), e: initializer.end, k: 'expr', x: expression(initializer) };
    return {
      ...at,
      k: 'for',
      ...(init && { init }),
      ...(node.condition && { c: expression(node.condition) }),
      ...(node.incrementor && { step: expression(node.incrementor) }),
      body: lowerBody(lowering, node.statement),
    };
  }
  if (ts.isWhileStatement(node) || ts.isDoStatement(node)) {
    return {
      ...at,
      k: 'while',
      c: expression(node.expression),
      body: lowerBody(lowering, node.statement),
      ...(ts.isDoStatement(node) && { do: true as const }),
    };
  }
  if (ts.isReturnStatement(node)) return { ...at, k: 'return', ...(node.expression && { x: expression(node.expression) }) };
  if (ts.isThrowStatement(node)) return { ...at, k: 'throw', x: expression(node.expression) };
  if (ts.isTryStatement(node)) {
    const variable = node.catchClause?.variableDeclaration;
    return {
      ...at,
      k: 'try',
      body: lowerStatements(lowering, node.tryBlock.statements),
      ...(variable && { param: lowerBinding(lowering, variable.name) }),
      ...(node.catchClause && { handler: lowerStatements(lowering, node.catchClause.block.statements) }),
      ...(node.finallyBlock && { final: lowerStatements(lowering, node.finallyBlock.statements) }),
    };
  }
  if (ts.isSwitchStatement(node)) {
    return {
      ...at,
      k: 'switch',
      x: expression(node.expression),
      cases: node.caseBlock.clauses.map((clause) => ({
        ...(ts.isCaseClause(clause) && { test: expression(clause.expression) }),
        body: lowerStatements(lowering, clause.statements),
      })),
    };
  }
  if (ts.isBlock(node)) return { ...at, k: 'block', body: lowerStatements(lowering, node.statements) };
  if (ts.isLabeledStatement(node)) return lowerStatement(lowering, node.statement);
  if (node.kind === SyntaxKind.BreakStatement) return { ...at, k: 'break' };
  if (node.kind === SyntaxKind.ContinueStatement) return { ...at, k: 'continue' };
  return lowerModuleStatement(lowering, node, at);
}

function lowerModuleStatement(lowering: Lowering, node: ts.Statement, at: { readonly s: number; readonly e: number }): Stmt | undefined {
  if (ts.isImportDeclaration(node)) {
    if (!ts.isStringLiteral(node.moduleSpecifier)) return undefined;
    const clause = node.importClause;
    const names: { imported: string; local: string }[] = [];
    if (clause?.name) names.push({ imported: 'default', local: clause.name.text });
    const bindings = clause?.namedBindings;
    if (bindings && ts.isNamespaceImport(bindings)) names.push({ imported: '*', local: bindings.name.text });
    if (bindings && ts.isNamedImports(bindings)) {
      for (const element of bindings.elements) names.push({ imported: (element.propertyName ?? element.name).text, local: element.name.text });
    }
    const typeOnly = clause?.phaseModifier === SyntaxKind.TypeKeyword ? { typeOnly: true as const } : {};
    return { ...at, k: 'import', from: node.moduleSpecifier.text, names, ...typeOnly };
  }
  if (ts.isImportEqualsDeclaration(node)) {
    const reference = node.moduleReference;
    if (!ts.isExternalModuleReference(reference) || !ts.isStringLiteral(reference.expression)) return undefined;
    return { ...at, k: 'import', from: reference.expression.text, names: [{ imported: '=', local: node.name.text }] };
  }
  if (ts.isExportDeclaration(node)) {
    if (node.isTypeOnly) return undefined;
    const from = node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier) ? { from: node.moduleSpecifier.text } : {};
    const clause = node.exportClause;
    const names = !clause
      ? [{ local: '*', exported: '*' }]
      : ts.isNamespaceExport(clause)
        ? [{ local: '*', exported: clause.name.text }]
        : clause.elements.map((element) => ({ local: (element.propertyName ?? element.name).text, exported: element.name.text }));
    return { ...at, k: 'export', ...from, names };
  }
  if (ts.isExportAssignment(node)) {
    return { ...at, k: node.isExportEquals ? 'exportAssign' : 'exportDefault', x: lowerExpression(lowering, node.expression) };
  }
  return undefined;
}

function lowerDeclarations(lowering: Lowering, list: ts.VariableDeclarationList): readonly VarDecl[] {
  return list.declarations.map((declaration) => ({
    s: startOf(lowering, declaration),
    e: declaration.end,
    to: lowerBinding(lowering, declaration.name),
    ...(declaration.initializer && { v: lowerNamed(lowering, declaration.initializer, nameText(declaration.name)) }),
    ...(declaration.type && { type: lowerType(lowering, declaration.type) }),
  }));
}

function isConst(list: ts.VariableDeclarationList): boolean {
  return (list.flags & ts.NodeFlags.Const) !== 0;
}

function isExported(node: ts.Node): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some(({ kind }) => kind === SyntaxKind.ExportKeyword) ?? false);
}

function exportKind(node: ts.Node): { readonly exported?: 'named' | 'default' } {
  if (!isExported(node)) return {};
  const isDefault = ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === SyntaxKind.DefaultKeyword);
  return { exported: isDefault ? 'default' : 'named' };
}
