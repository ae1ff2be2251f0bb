/** Writing properties: of objects, instances, classes, functions, models and lists. */

import { callValue } from './calls.ts';
import { inHandler, read, touch, write, type Run } from './run.ts';
import { alternatives } from './alternatives.ts';
import { leaveOpen } from './items.ts';
import { dynamic, type Cell, type Site, type Value } from './values.ts';

export function setMember(run: Run, target: Value, name: string, value: Value, site: Site): void {
  for (const one of alternatives(target)) {
    switch (one.t) {
      case 'object': {
        const setter = one.props.get(`set ${name}`);
        if (setter) callValue(run, read(run, setter), [value], site, one);
        else if (one.born && run.journal && one.born !== run.journal && !one.props.has(name)) {
          // On the other ways it is not there.
          const added: Cell = { value: undefined };
          one.props.set(name, added);
          write(run, added, value);
        } else writeCell(run, one.props, name, value);
        break;
      }
      case 'function':
        writeCell(run, one.props, name, value);
        break;
      case 'class':
        writeCell(run, one.statics, name, value);
        break;
      case 'model':
        one.model.set?.(name, value, site, run);
        break;
      case 'array': {
        touch(run, one);
        const index = Number(name);
        if (Number.isInteger(index) && index >= 0 && index <= one.items.length) one.items[index] = value;
        else if (name === 'length' && value.t === 'number' && value.value === 0) one.items = [];
        else if (Number.isNaN(index) && name !== 'length')
          writeCell(run, (one.props ??= new Map()), name, value);
        break;
      }
      case 'unknown':
      case 'external':
        if (one.type) run.written?.add(name);
        break;
      default:
    }
  }
}

function writeCell(run: Run, cells: Map<string, Cell>, name: string, value: Value): void {
  const cell = cells.get(name);
  if (cell) write(run, cell, value);
  else cells.set(name, { value, born: run.journal });
}

/** A property that the source does not name is written: each of them may have another value now. */
export function writeAnywhere(run: Run, target: Value, site: Site): void {
  for (const one of alternatives(target)) {
    if (one.t === 'array') touch(run, one);
    if (one.t === 'object') one.open = true;
    if (one.t === 'array') leaveOpen(one);
    if (one.t === 'object' && inHandler(run))
      for (const [name, cell] of one.props)
        if (!name.startsWith('[[')) write(run, cell, dynamic('property that may be overwritten', site.at));
  }
}
