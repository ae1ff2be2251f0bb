/** Types of JavaScript, Node and well-known packages, as `JSON.stringify` writes their values. */

import type { Shape } from '../../contract/shape.ts';
import { absent, present, type Json } from './algebra.ts';

const dateTime: Shape = { kind: 'string', format: 'date-time' };
const empty: Shape = { kind: 'object', fields: {}, open: false };
const anyObject: Shape = { kind: 'object', fields: {}, open: true };

/** Undefined for a name that says nothing by itself. `arg` reads a type argument. */
export function builtInType(name: string, arg: (index: number) => Json): Json | undefined {
  switch (name) {
    case 'Promise':
    case 'PromiseLike':
    case 'Observable':
      return arg(0);
    case 'Date':
      return present(dateTime);
    case 'String':
    case 'URL':
    case 'Uppercase':
    case 'Lowercase':
    case 'Capitalize':
    case 'Uncapitalize':
      return present({ kind: 'string' });
    case 'Number':
      return present({ kind: 'number', integer: false });
    case 'Boolean':
      return present({ kind: 'boolean' });
    case 'Map':
    case 'ReadonlyMap':
    case 'WeakMap':
    case 'Set':
    case 'ReadonlySet':
    case 'WeakSet':
    case 'RegExp':
      return present(empty);
    case 'Error':
    case 'Object':
    case 'Uint8Array':
    case 'ArrayBuffer':
      return present(anyObject);
    case 'Function':
      return absent;
    default:
      return undefined;
  }
}

/** Classes of packages that write themselves as one text (`toJSON`), by package and name. */
const texts: Readonly<Record<string, Shape>> = {
  'mongoose ObjectId': { kind: 'string' },
  'mongodb ObjectId': { kind: 'string' },
  'bson ObjectId': { kind: 'string' },
  'decimal.js Decimal': { kind: 'string' },
  'bignumber.js BigNumber': { kind: 'string' },
  'dayjs Dayjs': dateTime,
  'moment Moment': dateTime,
  'luxon DateTime': dateTime,
};

/** Base classes of mappers: what an instance has beside its columns is theirs. */
export function isRecord(module: string, name: string): boolean {
  return records.has(`${module} ${name}`);
}

const records = new Set([
  'typeorm BaseEntity',
  'mongoose Document',
  'mongoose Model',
  'sequelize Model',
  'sequelize-typescript Model',
]);

/** Types of Sequelize that stand for the type within: columns that are filled by default, keys. */
const plain = new Set(['sequelize CreationOptional', 'sequelize ForeignKey']);

export function externalType(
  module: string,
  path: readonly string[],
  arg: (index: number) => Json,
): Json | undefined {
  const name = path.at(-1) ?? '';
  if (module === 'rxjs' && name === 'Observable') return arg(0);
  if (module === '@nestjs/common' && name === 'StreamableFile') return present({ kind: 'binary' });
  if (plain.has(`${module} ${name}`)) return arg(0);
  if (isRecord(module, name)) return present(anyObject);
  const shape = texts[`${module} ${name}`];
  return shape && present(shape);
}
