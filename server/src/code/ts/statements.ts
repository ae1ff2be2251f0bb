/** Lowers statements, declarations, imports and exports. */

import { ts } from '@ts-morph/common';
import type { Stmt, VarDecl } from '../program/program.ts';
import { lowerExpression, lowerFunction, lowerNamed, nameText } from './expressions.ts';
import { lowerBinding, lowerTarget } from './patterns.ts';
import { lowerClass } from './classes.ts';
import { docTags } from './doc-tags.ts';
import { depthLimit, startOf, type Lowering } from './lower.ts';
import {
  canHaveModifiers,
  getModifiers,
  isBlock,
  isCaseClause,
  isClassDeclaration,
  isDoStatement,
  isEnumDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isExpressionStatement,
  isExternalModuleReference,
  isForInStatement,
  isForOfStatement,
  isForStatement,
  isFunctionDeclaration,
  isIdentifier,
  isIfStatement,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isInterfaceDeclaration,
  isLabeledStatement,
  isModuleBlock,
  isModuleDeclaration,
  isNamedImports,
  isNamespaceExport,
  isNamespaceImport,
  isReturnStatement,
  isStringLiteral,
  isStringLiteralLike,
  isSwitchStatement,
  isThrowStatement,
  isTryStatement,
  isTypeAliasDeclaration,
  isVariableDeclarationList,
  isVariableStatement,
  isWhileStatement,
  Kind,
} from './syntax.ts';
import { lowerType, lowerTypeMembers, typeParameterNames } from './types.ts';

export function lowerStatements(lowering: Lowering, nodes: readonly ts.Statement[]): readonly Stmt[] {
  if (lowering.depth > depthLimit) return [];
  lowering.depth += 1;
  const statements: Stmt[] = [];
  for (const node of nodes) {
    const statement = lowerStatement(lowering, node);
    if (statement) statements.push(statement);
  }
  lowering.depth -= 1;
  return statements;
}

/** A JSON file is a module that exports its value, as Node and TypeScript have it. */
export function lowerJson(lowering: Lowering, source: ts.SourceFile): readonly Stmt[] {
  const [statement] = source.statements;
  if (!statement || !isExpressionStatement(statement)) return [];
  const x = lowerExpression(lowering, statement.expression);
  return [{ s: x.s, e: x.e, k: 'exportAssign', x }];
}

function lowerBody(lowering: Lowering, node: ts.Statement): readonly Stmt[] {
  return isBlock(node) ? lowerStatements(lowering, node.statements) : lowerStatements(lowering, [node]);
}

function lowerStatement(lowering: Lowering, node: ts.Statement): Stmt | undefined {
  const s = startOf(lowering, node);
  const e = node.end;
  const expression = (child: ts.Expression) => lowerExpression(lowering, child);
  if (isExpressionStatement(node)) return { s, e, k: 'expr', x: expression(node.expression) };
  if (isVariableStatement(node)) {
    return {
      s,
      e,
      k: 'let',
      decls: lowerDeclarations(lowering, node.declarationList),
      ...(isConst(node.declarationList) && { const: true as const }),
      ...(isExported(node) && { exported: true as const }),
    };
  }
  if (isFunctionDeclaration(node)) {
    if (!node.body) return undefined;
    return {
      s,
      e,
      k: 'func',
      name: node.name?.text ?? 'default',
      fn: lowerFunction(lowering, node),
      ...exportKind(node),
    };
  }
  if (isClassDeclaration(node))
    return { s, e, k: 'cls', cls: lowerClass(lowering, node), ...exportKind(node) };
  if (isEnumDeclaration(node)) {
    const members = node.members.map((member) => ({
      s: startOf(lowering, member),
      e: member.end,
      name: isIdentifier(member.name) || isStringLiteralLike(member.name) ? member.name.text : '',
      ...(member.initializer && { v: expression(member.initializer) }),
    }));
    return {
      s,
      e,
      k: 'enum',
      name: node.name.text,
      members,
      ...(isExported(node) && { exported: true as const }),
    };
  }
  if (isInterfaceDeclaration(node)) {
    const ext = node.heritageClauses?.flatMap((clause) =>
      clause.types.map((type) => lowerType(lowering, type)),
    );
    return {
      s,
      e,
      k: 'type',
      name: node.name.text,
      params: node.typeParameters ? typeParameterNames(node.typeParameters) : [],
      t: { s, e, k: 'obj', ...lowerTypeMembers(lowering, node.members) },
      interface: true,
      ...(ext && { ext }),
      ...(isExported(node) && { exported: true as const }),
    };
  }
  if (isTypeAliasDeclaration(node)) {
    const tags = docTags(lowering, node);
    return {
      s,
      e,
      k: 'type',
      name: node.name.text,
      params: node.typeParameters ? typeParameterNames(node.typeParameters) : [],
      t: lowerType(lowering, node.type),
      ...(isExported(node) && { exported: true as const }),
      ...(tags.length > 0 && { tags }),
    };
  }
  if (isModuleDeclaration(node)) {
    if (!node.body || !isModuleBlock(node.body) || !isIdentifier(node.name)) return undefined;
    return {
      s,
      e,
      k: 'ns',
      name: node.name.text,
      body: lowerStatements(lowering, node.body.statements),
      ...(isExported(node) && { exported: true as const }),
    };
  }
  if (isIfStatement(node)) {
    return {
      s,
      e,
      k: 'if',
      c: expression(node.expression),
      a: lowerBody(lowering, node.thenStatement),
      ...(node.elseStatement && { b: lowerBody(lowering, node.elseStatement) }),
    };
  }
  if (isForOfStatement(node) || isForInStatement(node)) {
    const { initializer } = node;
    const declared = isVariableDeclarationList(initializer) ? initializer.declarations[0]?.name : undefined;
    const to = declared
      ? lowerBinding(lowering, declared)
      : isVariableDeclarationList(initializer)
        ? ({ s, e, k: 'name', name: '' } as const)
        : lowerTarget(lowering, initializer);
    return {
      s,
      e,
      k: isForOfStatement(node) ? 'forOf' : 'forIn',
      to,
      x: expression(node.expression),
      body: lowerBody(lowering, node.statement),
    };
  }
  if (isForStatement(node)) {
    const { initializer } = node;
    const init: Stmt | undefined = !initializer
      ? undefined
      : isVariableDeclarationList(initializer)
        ? {
            s: startOf(lowering, initializer),
            e: initializer.end,
            k: 'let',
            decls: lowerDeclarations(lowering, initializer),
          }
        : { s: startOf(lowering, initializer), e: initializer.end, k: 'expr', x: expression(initializer) };
    return {
      s,
      e,
      k: 'for',
      ...(init && { init }),
      ...(node.condition && { c: expression(node.condition) }),
      ...(node.incrementor && { step: expression(node.incrementor) }),
      body: lowerBody(lowering, node.statement),
    };
  }
  if (isWhileStatement(node) || isDoStatement(node)) {
    return {
      s,
      e,
      k: 'while',
      c: expression(node.expression),
      body: lowerBody(lowering, node.statement),
      ...(isDoStatement(node) && { do: true as const }),
    };
  }
  if (isReturnStatement(node))
    return { s, e, k: 'return', ...(node.expression && { x: expression(node.expression) }) };
  if (isThrowStatement(node)) return { s, e, k: 'throw', x: expression(node.expression) };
  if (isTryStatement(node)) {
    const variable = node.catchClause?.variableDeclaration;
    return {
      s,
      e,
      k: 'try',
      body: lowerStatements(lowering, node.tryBlock.statements),
      ...(variable && { param: lowerBinding(lowering, variable.name) }),
      ...(node.catchClause && { handler: lowerStatements(lowering, node.catchClause.block.statements) }),
      ...(node.finallyBlock && { final: lowerStatements(lowering, node.finallyBlock.statements) }),
    };
  }
  if (isSwitchStatement(node)) {
    return {
      s,
      e,
      k: 'switch',
      x: expression(node.expression),
      cases: node.caseBlock.clauses.map((clause) => ({
        ...(isCaseClause(clause) && { test: expression(clause.expression) }),
        body: lowerStatements(lowering, clause.statements),
      })),
    };
  }
  if (isBlock(node)) return { s, e, k: 'block', body: lowerStatements(lowering, node.statements) };
  if (isLabeledStatement(node)) return lowerStatement(lowering, node.statement);
  if (node.kind === Kind.BreakStatement) return { s, e, k: 'break' };
  if (node.kind === Kind.ContinueStatement) return { s, e, k: 'continue' };
  return lowerModuleStatement(lowering, node, s, e);
}

function lowerModuleStatement(
  lowering: Lowering,
  node: ts.Statement,
  s: number,
  e: number,
): Stmt | undefined {
  if (isImportDeclaration(node)) {
    if (!isStringLiteral(node.moduleSpecifier)) return undefined;
    const clause = node.importClause;
    const names: { imported: string; local: string }[] = [];
    if (clause?.name) names.push({ imported: 'default', local: clause.name.text });
    const bindings = clause?.namedBindings;
    if (bindings && isNamespaceImport(bindings)) names.push({ imported: '*', local: bindings.name.text });
    if (bindings && isNamedImports(bindings)) {
      for (const element of bindings.elements)
        names.push({ imported: (element.propertyName ?? element.name).text, local: element.name.text });
    }
    const typeOnly = clause?.phaseModifier === Kind.TypeKeyword ? { typeOnly: true as const } : {};
    return { s, e, k: 'import', from: node.moduleSpecifier.text, names, ...typeOnly };
  }
  if (isImportEqualsDeclaration(node)) {
    const reference = node.moduleReference;
    if (!isExternalModuleReference(reference) || !isStringLiteral(reference.expression)) return undefined;
    return {
      s,
      e,
      k: 'import',
      from: reference.expression.text,
      names: [{ imported: '=', local: node.name.text }],
    };
  }
  if (isExportDeclaration(node)) {
    const from =
      node.moduleSpecifier && isStringLiteral(node.moduleSpecifier)
        ? { from: node.moduleSpecifier.text }
        : {};
    const clause = node.exportClause;
    const names = !clause
      ? [{ local: '*', exported: '*' }]
      : isNamespaceExport(clause)
        ? [{ local: '*', exported: clause.name.text }]
        : clause.elements.map((element) => ({
            local: (element.propertyName ?? element.name).text,
            exported: element.name.text,
          }));
    return { s, e, k: 'export', ...from, names, ...(node.isTypeOnly && { typeOnly: true as const }) };
  }
  if (isExportAssignment(node)) {
    return {
      s,
      e,
      k: node.isExportEquals ? 'exportAssign' : 'exportDefault',
      x: lowerExpression(lowering, node.expression),
    };
  }
  return undefined;
}

function lowerDeclarations(lowering: Lowering, list: ts.VariableDeclarationList): readonly VarDecl[] {
  return list.declarations.map((declaration) => ({
    s: startOf(lowering, declaration),
    e: declaration.end,
    to: lowerBinding(lowering, declaration.name),
    ...(declaration.initializer && {
      v: lowerNamed(lowering, declaration.initializer, nameText(declaration.name)),
    }),
    ...(declaration.type && { type: lowerType(lowering, declaration.type) }),
  }));
}

function isConst(list: ts.VariableDeclarationList): boolean {
  return (list.flags & ts.NodeFlags.Const) !== 0;
}

function isExported(node: ts.Node): boolean {
  return (
    canHaveModifiers(node) && (getModifiers(node)?.some(({ kind }) => kind === Kind.ExportKeyword) ?? false)
  );
}

function exportKind(node: ts.Node): { readonly exported?: 'named' | 'default' } {
  if (!isExported(node)) return {};
  const isDefault =
    canHaveModifiers(node) && getModifiers(node)?.some(({ kind }) => kind === Kind.DefaultKeyword);
  return { exported: isDefault ? 'default' : 'named' };
}
