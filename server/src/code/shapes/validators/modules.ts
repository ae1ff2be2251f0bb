/** Packages whose values are schemas. */

const modules =
  /^(?:zod|joi|@hapi\/joi|@joi\/.+|joi-to-typescript|celebrate|yup|valibot|superstruct|@sinclair\/typebox|typebox|ajv|express-validator|nestjs-zod|zod-openapi|@hono\/zod-openapi)(?:$|\/)/;

/** Schemas are objects: what a call of such a package gives is never empty. */
export function isSchemaModule(module: string): boolean {
  return modules.test(module);
}
