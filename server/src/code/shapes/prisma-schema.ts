/** `schema.prisma`: models, enums and composite types, as far as they decide what a client gives (Prisma 2 to 7). */

export interface PrismaField {
  readonly name: string;
  /** `String`, `Int`, … or the name of an enum, model or composite type. */
  readonly type: string;
  readonly list: boolean;
  readonly optional: boolean;
  /** Offsets in the file. */
  readonly start: number;
  readonly end: number;
}

export interface PrismaSchema {
  /** Models, and types that stand in them. */
  readonly models: ReadonlyMap<string, readonly PrismaField[]>;
  readonly enums: ReadonlyMap<string, readonly string[]>;
}

/** More lines than any schema of a project has. */
const lineLimit = 50_000;

const blockStart = /^\s*(model|type|view|enum)\s+(\w+)\s*\{/;
const fieldLine = /^(\s*)(\w+)(\s+)(\w+)(\[\])?(\?)?(?=\s|$|@)/;

/** Reads what can be read; lines in no known form are passed over. */
export function readPrismaSchema(text: string): PrismaSchema {
  const models = new Map<string, PrismaField[]>();
  const enums = new Map<string, string[]>();
  let fields: PrismaField[] | undefined;
  let values: string[] | undefined;
  let offset = 0;
  for (const line of text.split('\n', lineLimit)) {
    const start = blockStart.exec(line);
    const [, kind, name = ''] = start ?? [];
    if (start) {
      fields = undefined;
      values = undefined;
      if (kind === 'enum') enums.set(name, (values = []));
      else models.set(name, (fields = []));
    } else if (/^\s*\}/.test(line)) {
      fields = undefined;
      values = undefined;
    } else if (values) {
      const value = /^\s*([A-Za-z]\w*)/.exec(line)?.[1];
      if (value !== undefined) values.push(value);
    } else if (fields) {
      if (/^\s*@@ignore\b/.test(line)) models.forEach((one, key) => one === fields && models.delete(key));
      else addField(fields, line, offset);
    }
    offset += line.length + 1;
  }
  return { models, enums };
}

function addField(fields: PrismaField[], line: string, offset: number): void {
  const found = fieldLine.exec(line);
  if (!found || /\s@ignore\b/.test(line)) return;
  const [, indent = '', name = '', , type = '', list, optional] = found;
  const start = offset + indent.length;
  fields.push({
    name,
    type,
    list: list !== undefined,
    optional: optional !== undefined,
    start,
    end: start + name.length,
  });
}
