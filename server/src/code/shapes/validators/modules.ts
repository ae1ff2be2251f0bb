/** Packages whose values are schemas. */

const modules =
  /^(?:zod|joi|@hapi\/joi|@joi\/.+|joi-to-typescript|celebrate|yup|valibot|superstruct|@sinclair\/typebox|typebox|ajv|express-validator|nestjs-zod|zod-openapi|@hono\/zod-openapi)(?:$|\/)/;

export function isSchemaModule(module: string): boolean {
  return modules.test(module);
}

/** What calls of such packages give that is no schema any more: data that passed, errors, verdicts. */
const results =
  /^(?:(?:safe)?(?:parse|validate|decode|attempt)(?:Async|Sync)?|cast|assert|check|compile|errors|is(?:Valid|Schema|Expression|Ref|(?:\w+)?Error)?(?:Sync)?)$/i;

/** Schemas are objects: what a call of such a package gives is never empty. */
export function isSchema(module: string, path: readonly string[]): boolean {
  return isSchemaModule(module) && !path.some((name) => results.test(name));
}
