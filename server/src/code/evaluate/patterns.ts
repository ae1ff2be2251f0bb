/** Binds values to names: declarations, parameters, destructuring, assignment. */

import type { Pattern, TypeExpr } from '../program/program.ts';
import { evaluate } from './expressions.ts';
import { lookupCell } from './scopes.ts';
import { withDefault } from './operators.ts';
import { entriesOf, getIndex, getMember, spanOf } from './members.ts';
import { setMember, writeAnywhere } from './set-member.ts';
import { noteInstead } from './readings.ts';
import { withType } from './written.ts';
import { write, type Run } from './run.ts';
import { union } from './alternatives.ts';
import { itemAt } from './items.ts';
import { fixedText } from './text-parts.ts';
import { dynamic, undefinedValue, type Scope, type Site, type Value } from './values.ts';

/** `declare` makes new names in the scope, `assign` writes to those that are there. */
export function assign(
  run: Run,
  to: Pattern,
  given: Value,
  scope: Scope,
  how: 'declare' | 'assign',
  type?: TypeExpr,
): void {
  const value = type ? withType(run, given, { type, scope }) : given;
  const at = spanOf(scope, to);
  const site: Site = { at, name: at, file: scope.file };
  switch (to.k) {
    case 'name': {
      const cell = how === 'assign' ? lookupCell(to.name, scope) : undefined;
      if (cell) write(run, cell, value);
      else scope.vars.set(to.name, { value, born: run.journal });
      return;
    }
    case 'dflt':
      assign(
        run,
        to.to,
        defaulted(run, value, () => evaluate(run, to.v, scope)),
        scope,
        how,
        type,
      );
      return;
    case 'objPat': {
      const taken = new Set<string>();
      for (const prop of to.props) {
        const place = spanOf(scope, prop);
        const propSite: Site = { at: place, name: place, file: scope.file };
        if (typeof prop.key === 'string') {
          taken.add(prop.key);
          assign(
            run,
            prop.to,
            value.t === 'undefined' ? undefinedValue : getMember(run, value, prop.key, propSite),
            scope,
            how,
          );
        } else {
          const key = evaluate(run, prop.key, scope);
          const name = fixedText(key);
          if (name !== undefined) taken.add(name);
          assign(run, prop.to, getIndex(run, value, key, propSite), scope, how);
        }
      }
      if (to.rest) {
        const { entries, open } = entriesOf(run, value, site);
        const props = new Map(
          entries.filter(([key]) => !taken.has(key)).map(([key, item]) => [key, { value: item }] as const),
        );
        assign(
          run,
          to.rest,
          { t: 'object', props, open, at, ...(value.t === 'model' && { proto: value }) },
          scope,
          how,
        );
      }
      return;
    }
    case 'arrPat': {
      to.items.forEach((item, index) => {
        if (item) assign(run, item, elementAt(run, value, index, site), scope, how);
      });
      if (to.rest) {
        const rest: Value =
          value.t === 'array'
            ? { ...value, items: value.items.slice(to.items.length), at }
            : { t: 'array', items: [], open: true, at };
        assign(run, to.rest, rest, scope, how);
      }
      return;
    }
    case 'target': {
      if (to.x.k === 'mem') setMember(run, evaluate(run, to.x.obj, scope), to.x.name, value, site);
      else if (to.x.k === 'idx') {
        const target = evaluate(run, to.x.obj, scope);
        const key = fixedText(evaluate(run, to.x.key, scope));
        if (key !== undefined) setMember(run, target, key, value, site);
        else writeAnywhere(run, target, site);
      }
    }
  }
}

function elementAt(run: Run, value: Value, index: number, site: Site): Value {
  if (value.t === 'array') return itemAt(value, index, site);
  if (value.t === 'union') return union(value.of.map((one) => elementAt(run, one, index, site)));
  return dynamic('element', site.at);
}

function defaulted(run: Run, value: Value, fallback: () => Value): Value {
  if (value.t === 'undefined') return fallback();
  if (value.t !== 'unknown' && !(value.t === 'union' && value.of.some((one) => one.t === 'undefined')))
    return value;
  const other = fallback();
  noteInstead(value, '??', other);
  return withDefault(run, value, other);
}
