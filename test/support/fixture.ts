/**
 * The fixture format: a workspace in one string.
 *
 *     //- openapi.yaml                 starts a file
 *     paths:
 *       /flights:
 *      #^^^^^^^^ http/base-path        expects a finding of this rule that covers these columns of the line above
 *     //- app.ts
 *     app.get('/airports', list);
 *       //^^^ http/undocumented-operation
 *
 * A marker starts with `//` or `#` right before its first `^`; several markers may follow one line. Marker lines stay
 * in the text: they are comments, so offsets are those of the string as it is written.
 */

export interface Expectation {
  readonly file: string;
  readonly rule: string;
  /** Offsets into the text of the file. */
  readonly start: number;
  readonly end: number;
}

export interface Fixture {
  readonly files: ReadonlyMap<string, string>;
  readonly expected: readonly Expectation[];
}

const header = /^\/\/- (\S+)$/;
const marker = /^( *)(\/\/|#)(\^+) ([\w/-]+)/;

export function parseFixture(source: string): Fixture {
  const files = new Map<string, string>();
  const expected: Expectation[] = [];
  let file: string | undefined;
  let text = '';
  let above = 0;
  const finish = (): void => {
    if (file !== undefined) files.set(file, text);
  };
  for (const line of source.replace(/^\n/, '').split('\n')) {
    const named = header.exec(line);
    if (named?.[1] !== undefined) {
      finish();
      file = named[1];
      text = '';
      above = 0;
      continue;
    }
    const found = marker.exec(line);
    if (found && file !== undefined) {
      const [, indent = '', comment = '', carets = '', rule = ''] = found;
      const start = above + indent.length + comment.length;
      expected.push({ file, rule, start, end: start + carets.length });
    } else {
      above = text.length;
    }
    text += `${line}\n`;
  }
  finish();
  return { files, expected };
}
