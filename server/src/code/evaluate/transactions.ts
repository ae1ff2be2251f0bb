/** Work that a database does as one: what the callback gives is what the call gives, whatever stands around it. */

import { callValue } from './calls.ts';
import type { Run } from './run.ts';
import { dynamic, type Site, type Value } from './values.ts';

const methods = /^\$?transaction(?:al)?$/;

export function isTransaction(method: string): boolean {
  return methods.test(method);
}

/**
 * `db.transaction(async (tx) => …)` of Drizzle, TypeORM, Sequelize, Knex and Objection, `$transaction` of Prisma,
 * `transactional` of MikroORM; undefined for any other call, such as those that get functions which are not `async`: of
 * them better-sqlite3 makes other functions.
 */
export function transaction(
  run: Run,
  name: string,
  receiver: Value | undefined,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  if (!isTransaction(name)) return undefined;
  const work = args.find((arg) => arg.t === 'function' && arg.fn.async);
  if (!work) return undefined;
  // Prisma hands on a client of the same models.
  const client = name === '$transaction' && receiver ? receiver : dynamic('client of a transaction', site.at);
  return callValue(run, work, [client], site);
}
