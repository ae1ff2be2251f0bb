/** Object literals, and what is spread into them. */

import type { Expr, Prop } from '../program/program.ts';
import { evaluate, functionValue } from './expressions.ts';
import { entriesOf, spanOf } from './members.ts';
import { either } from './operators.ts';
import { bornNow, charge, inHandler, type Run } from './run.ts';
import { alternatives, truthiness, union } from './alternatives.ts';
import { fixedText } from './text-parts.ts';
import { type Cell, dynamic, type Scope, type Site, undefinedValue, type Value } from './values.ts';

export function evaluateObject(run: Run, props: readonly Prop[], scope: Scope, at: Site['at']): Value {
  const cells = new Map<string, Cell>();
  let open = false;
  let proto: Value | undefined;
  for (const prop of props) {
    if (prop.k === 'spread') {
      const source = spreadSource(run, prop.x, scope);
      const spread = spreadOf(run, source, { at: spanOf(scope, prop), file: scope.file });
      open ||= spread.open;
      if (spread.open) overwrite(run, cells, spanOf(scope, prop));
      // What is read of the copy is read of the model.
      if (source.t === 'model') proto = source;
      charge(run, spread.entries.length);
      const isRead = source.t !== 'unknown' && source.t !== 'external';
      for (const [key, value] of spread.entries) {
        const before = cells.get(key)?.value;
        const perhaps = value.t === 'union' && value.of.some(({ t }) => t === 'undefined');
        // What may be missing may be what was there before; a table of routes is taken at its word.
        if (!before || (isRead && !perhaps)) cells.set(key, { value });
        else if (inHandler(run)) cells.set(key, { value: perhaps ? union([before, defined(value)]) : value });
      }
      continue;
    }
    const name = typeof prop.key === 'string' ? prop.key : fixedText(evaluate(run, prop.key, scope));
    if (name === undefined) {
      open = true;
      overwrite(run, cells, spanOf(scope, prop));
    } else if (prop.k === 'prop') cells.set(name, { value: evaluate(run, prop.v, scope) });
    else cells.set(`${prop.k} ${name}`, { value: functionValue(prop.fn, scope) });
  }
  const result: Value = {
    t: 'object',
    props: cells,
    open,
    at,
    ...bornNow(run),
    ...(proto && { proto }),
  };
  for (const [name, cell] of cells) {
    // Methods and function expressions of a literal see the object as `this`.
    if (
      cell.value?.t === 'function' &&
      !cell.value.fn.arrow &&
      !cell.value.self &&
      !name.startsWith('get ')
    ) {
      cell.value = { ...cell.value, self: result };
    }
  }
  return result;
}

function defined(value: Value): Value {
  return union(alternatives(value).filter(({ t }) => t !== 'undefined'));
}

/** What is spread: `x && { … }` spreads nothing where `x` is falsy, whatever it is. */
function spreadSource(run: Run, x: Expr, scope: Scope): Value {
  if (x.k !== 'bin' || x.op !== '&&') return evaluate(run, x, scope);
  const left = evaluate(run, x.l, scope);
  const decided = truthiness(left);
  if (decided !== undefined) return decided ? evaluate(run, x.r, scope) : undefinedValue;
  const taken = either(run, spanOf(scope, x.l), left, [() => evaluate(run, x.r, scope), undefined]);
  return union([taken, undefinedValue]);
}

/** What a spread adds; what only some of its alternatives have may be missing, unless others may have anything. */
function spreadOf(run: Run, source: Value, site: Site): ReturnType<typeof entriesOf> {
  const parts = alternatives(source).map((one) => entriesOf(run, one, site));
  const names = new Set(parts.flatMap(({ entries }) => entries.map(([name]) => name)));
  const entries = [...names].map((name): readonly [string, Value] => {
    const values = parts.map(
      (part) =>
        part.entries.find(([key]) => key === name)?.[1] ??
        (part.open ? dynamic('property of something spread', site.at) : undefinedValue),
    );
    return [name, union(values)];
  });
  return { entries, open: parts.some(({ open }) => open) };
}

/** Something that is not known comes on top of these properties of a literal. */
function overwrite(run: Run, cells: Map<string, Cell>, at: Site['at']): void {
  if (!inHandler(run)) return;
  for (const name of cells.keys())
    cells.set(name, { value: dynamic('property that may be overwritten', at) });
}
