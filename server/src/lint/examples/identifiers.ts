/** Whether schemas of a document take part in the state that a validator keeps between schemas. */

/** How a validator comes to a node: as a schema, as a map of named schemas, or as a value of something else. */
type Role = 'schema' | 'named' | 'other';

const NAMES: ReadonlySet<string> = new Set([
  '$id',
  '$anchor',
  '$dynamicAnchor',
  '$recursiveAnchor',
  '$schema',
]);

const ROLES: Readonly<Record<string, Role | undefined>> = Object.assign(Object.create(null), {
  ...Object.fromEntries(
    [
      ...['items', 'additionalItems', 'contains', 'additionalProperties', 'propertyNames', 'prefixItems'],
      ...['not', 'if', 'then', 'else', 'allOf', 'anyOf', 'oneOf', 'unevaluatedItems'],
      ...['unevaluatedProperties', 'contentSchema', 'schema'],
    ].map((key) => [key, 'schema']),
  ),
  ...Object.fromEntries(
    ['properties', 'patternProperties', '$defs', 'definitions', 'dependencies', 'dependentSchemas'].map(
      (key) => [key, 'named'],
    ),
  ),
}) as Readonly<Record<string, Role | undefined>>;

/**
 * Does anything in a document give a schema a name? Then what is found at any schema may depend on those that were
 * compiled before it (a name may be taken), so all must be evaluated every time and in order. An `id` below a key that
 * is no keyword, such as one in an `example`, names nothing: Spectral takes it away before it compiles.
 *
 * @param named the key that names a schema, besides those of newer dialects: `id` up to draft 4
 */
export function namesSchemas(root: object, named: 'id' | undefined): boolean {
  const seen: Readonly<Record<Role, WeakSet<object>>> = {
    schema: new WeakSet(),
    named: new WeakSet(),
    other: new WeakSet(),
  };
  const open: { readonly node: object; readonly role: Role }[] = [{ node: root, role: 'other' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, role } = next;
    if (seen[role].has(node)) continue;
    seen[role].add(node);
    for (const [key, value] of Object.entries(node) as readonly (readonly [string, unknown])[]) {
      if (typeof value === 'string') {
        if (NAMES.has(key) || (key === named && role === 'schema')) return true;
      } else if (typeof value === 'object' && value !== null) {
        const below = role === 'named' ? 'schema' : (ROLES[key] ?? 'other');
        open.push({ node: value, role: Array.isArray(node) ? role : below });
      }
    }
  }
  return false;
}
