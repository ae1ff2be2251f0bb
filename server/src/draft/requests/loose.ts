/** Looking into JSON that others wrote: what is not as expected is not there. */

export type Loose = Readonly<Record<string, unknown>>;

export function objectOf(value: unknown): Loose | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

export function objectsOf(value: unknown): readonly Loose[] {
  return listOf(value)
    .map(objectOf)
    .filter((item) => item !== undefined);
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value of JSON; undefined for a text that is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
