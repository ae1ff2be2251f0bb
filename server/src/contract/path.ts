/** Paths of HTTP operations, as both sides of a pair see them. */

/** A piece of a segment: fixed text, or a parameter that stands for some text. */
export type SegmentPart = { readonly text: string } | { readonly param: string };

/**
 * One `/`-separated segment. `/flights/{from}-{to}` has the segments `flights` and `{from}-{to}`.
 * A `rest` segment stands for any number of segments, none included (`*`, `*path`, a mounted proxy). A `joined` one
 * goes on with the segment in front of it: `/files*` is served for `/files`, `/files/a` and `/files-of-today`.
 */
export type Segment =
  { readonly parts: readonly SegmentPart[] } | { readonly rest: string; readonly joined?: true };

export type Path = readonly Segment[];

export function isRest(segment: Segment): segment is Extract<Segment, { rest: string }> {
  return 'rest' in segment;
}

/** The text of a segment without parameters; undefined where there are some. */
export function literalOf(segment: Segment): string | undefined {
  if (isRest(segment)) return undefined;
  let text = '';
  for (const part of segment.parts) {
    if (!('text' in part)) return undefined;
    text += part.text;
  }
  return text;
}

/** True for a segment that is one parameter and nothing else. */
export function isParam(segment: Segment): boolean {
  return !isRest(segment) && segment.parts.length === 1 && 'param' in (segment.parts[0] ?? {});
}

/** The names of a path's parameters in order of their appearance. */
export function paramNames(path: Path): readonly string[] {
  return path.flatMap((segment) =>
    isRest(segment) ? [] : segment.parts.flatMap((part) => ('param' in part ? [part.param] : [])),
  );
}

/** Writes a path as OpenAPI does: `/users/{id}`. A named rest segment becomes a parameter, a nameless one `*`. */
export function formatPath(path: Path): string {
  const text = path.map((segment, index) => {
    if (!isRest(segment))
      return `/${segment.parts.map((part) => ('text' in part ? part.text : `{${part.param}}`)).join('')}`;
    const rest = /^[A-Za-z]/.test(segment.rest) ? `{${segment.rest}}` : '*';
    return segment.joined && index > 0 ? rest : `/${rest}`;
  });
  return text.join('') || '/';
}

/**
 * Reads an OpenAPI path template (OpenAPI 3.1, section 4.8.8.1 "Path Templating").
 * Empty segments vanish, so a trailing slash and a doubled one make no difference.
 */
export function parseTemplate(template: string): Path {
  return template
    .split('/')
    .filter((text) => text !== '')
    .map((text) => {
      const parts: SegmentPart[] = [];
      let from = 0;
      for (const match of text.matchAll(/\{([^{}]*)\}/g)) {
        if (match.index > from) parts.push({ text: text.slice(from, match.index) });
        parts.push({ param: match[1] ?? '' });
        from = match.index + match[0].length;
      }
      if (from < text.length) parts.push({ text: text.slice(from) });
      return { parts };
    });
}

/**
 * A key under which two paths meet exactly when they have the same shape: parameters count by position and
 * not by name, letter case of literals does not count (Express and Nest ignore it by default).
 */
export function shapeKey(path: Path): string {
  const segments = path.map((segment) =>
    isRest(segment)
      ? '**'
      : segment.parts.map((part) => ('text' in part ? part.text.toLowerCase() : '{}')).join(''),
  );
  return `/${segments.join('/')}`;
}
