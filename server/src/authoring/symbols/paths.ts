/** Segments and parameters of path templates (OpenAPI 3.1, section 4.8.8.1). */

export interface PathPiece {
  readonly kind: 'parameter' | 'segment';
  readonly name: string;
  /** Offsets into the template. */
  readonly from: number;
  readonly to: number;
  /** Unique in the template: parameters by name, segments by all that stands before them. */
  readonly id: string;
  /** Of a segment: the template up to its end, parameters without their names. */
  readonly prefix: string;
}

/** The names in a template, in order. Text that stands beside a parameter in its segment (`{id}.json`) is no name. */
export function pathPieces(template: string): readonly PathPiece[] {
  const pieces: PathPiece[] = [];
  let offset = 0;
  let prefix = '';
  template.split('/').forEach((segment, index) => {
    const from = offset;
    offset += segment.length + 1;
    if (index > 0) prefix += `/${segment.replaceAll(/\{[^{}]*\}/g, '{}')}`;
    for (const match of segment.matchAll(/\{([^{}]*)\}/g)) {
      const name = match[1] ?? '';
      const start = from + match.index + 1;
      pieces.push({ kind: 'parameter', name, from: start, to: start + name.length, id: `{${name}}`, prefix });
    }
    if (index > 0 && segment !== '' && !/[{}?#]/.test(segment))
      pieces.push({ kind: 'segment', name: segment, from, to: offset - 1, id: prefix, prefix });
  });
  return pieces;
}
