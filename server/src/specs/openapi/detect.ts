/** Recognises OpenAPI documents by their text, quickly enough for every YAML and JSON file of a workspace. */

export type SpecVersion = '2.0' | '3.0' | '3.1' | '3.2';

/**
 * The version that a document declares with `openapi` or `swagger` at its top level; undefined for any other text.
 * Versions that are newer than this program count as the newest one that it knows. Does not parse.
 */
export function detectSpec(text: string): SpecVersion | undefined {
  if (
    !/\b(?:openapi|swagger)\b/.test(text) ||
    !/\b(?:paths|webhooks|components|definitions|info)\b/.test(text)
  )
    return undefined;
  return /^\uFEFF?\s*\{/.test(text) ? detectJson(text) : detectYaml(text);
}

/** The version that the value of an `openapi` or `swagger` key means; undefined where it is none. */
export function specVersion(key: string, value: string): SpecVersion | undefined {
  if (key === 'swagger') return /^2(?:\.\d+)*$/.test(value) ? '2.0' : undefined;
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(value) ?? [];
  if (major !== '3') return Number(major) > 3 ? '3.2' : undefined;
  switch (minor) {
    case undefined:
    case '0':
      return '3.0';
    case '1':
      return '3.1';
    default:
      return '3.2';
  }
}

function detectYaml(text: string): SpecVersion | undefined {
  // The top level need not begin in the first column, only every key of it in the same one.
  const indent = /^\uFEFF?([ ]*)["']?[\w$-]+["']?[ \t]*:(?:\s|$)/m.exec(text)?.[1] ?? '';
  const pattern = new RegExp(
    `^\\uFEFF?[ ]{${indent.length}}(["']?)(openapi|swagger)\\1[ \\t]*:[ \\t]+["']?([\\w.-]+)`,
    'm',
  );
  const match = pattern.exec(text);
  return match ? specVersion(match[2] ?? '', match[3] ?? '') : undefined;
}

function detectJson(text: string): SpecVersion | undefined {
  for (const match of text.matchAll(/["'](openapi|swagger)["']\s*:\s*["']?([\w.-]+)/g)) {
    if (depthAt(text, match.index) === 1) return specVersion(match[1] ?? '', match[2] ?? '');
  }
  return undefined;
}

function depthAt(text: string, offset: number): number {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < offset; index++) {
    const char = text[index];
    if (inString) {
      if (char === '\\') index++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
  }
  return depth;
}
