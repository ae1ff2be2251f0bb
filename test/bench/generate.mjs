/**
 * Writes a server of any size: modules of eight files each (routes, controller, service, repository, model, validation,
 * mapping, helpers), an application that mounts them all, and a spec that documents three operations of four.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const filesPerModule = 8;

/** Fills `folder` with about `files` source files. */
export function generateWorkspace(folder, files) {
  const modules = Math.max(1, Math.round(files / filesPerModule));
  const names = Array.from({ length: modules }, (_, index) => `thing${index}`);
  const write = (path, text) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('package.json', '{ "name": "generated", "dependencies": { "express": "4.19.2" } }\n');
  write(
    'tsconfig.json',
    '{ "compilerOptions": { "target": "es2022", "module": "commonjs", "strict": true, "noEmit": true }, "include": ["src", "types"] }\n',
  );
  write('types/express.d.ts', expressTypes);
  write('openapi.yaml', specText(names));
  write('src/app.ts', appText(names));
  for (const name of names)
    for (const [part, text] of Object.entries(moduleTexts(name))) write(`src/${name}/${part}.ts`, text);
}

function appText(names) {
  return `import express from 'express';
${names.map((name) => `import { ${name}Routes } from './${name}/routes';`).join('\n')}

export const app = express();
app.use(express.json());
${names.map((name) => `app.use('/api/${name}', ${name}Routes);`).join('\n')}
app.listen(3000);
`;
}

function moduleTexts(name) {
  const type = name[0].toUpperCase() + name.slice(1);
  return {
    routes: `import { Router } from 'express';
import * as controller from './controller';

export const ${name}Routes = Router();
${name}Routes.get('/', controller.list);
${name}Routes.post('/', controller.create);
${name}Routes.get('/:id', controller.read);
${name}Routes.delete('/:id', controller.remove);
`,
    controller: `import type { Request, Response } from 'express';
import * as service from './service';
import { isValid } from './validation';
import { present } from './mapping';

export async function list(req: Request, res: Response): Promise<void> {
  const page = Number(req.query.page ?? 1);
  const found = await service.list(page);
  res.json(found.map(present));
}

export async function create(req: Request, res: Response): Promise<void> {
  if (!isValid(req.body)) {
    res.status(400).json({ message: 'not valid' });
    return;
  }
  res.status(201).json(present(await service.create({ name: req.body.name, size: req.body.size })));
}

export async function read(req: Request, res: Response): Promise<void> {
  const found = await service.read(req.params.id);
  if (!found) {
    res.sendStatus(404);
    return;
  }
  res.json(present(found));
}

export async function remove(req: Request, res: Response): Promise<void> {
  await service.remove(req.params.id);
  res.status(204).end();
}
`,
    service: `import * as repository from './repository';
import type { ${type} } from './model';
import { slug } from './helpers';

export async function list(page: number): Promise<${type}[]> {
  const rows = await repository.all();
  return rows.slice((page - 1) * 20, page * 20);
}

export async function create(values: { name: string; size: number }): Promise<${type}> {
  const made: ${type} = { id: slug(values.name), name: values.name, size: values.size, tags: [], createdAt: new Date() };
  await repository.save(made);
  return made;
}

export async function read(id: string): Promise<${type} | undefined> {
  return (await repository.all()).find((row) => row.id === id);
}

export async function remove(id: string): Promise<void> {
  if (!(await read(id))) throw new Error(\`no ${name} \${id}\`);
  await repository.remove(id);
}
`,
    repository: `import type { ${type} } from './model';

const rows = new Map<string, ${type}>();

export async function all(): Promise<${type}[]> {
  return [...rows.values()].sort((a, b) => a.name.localeCompare(b.name));
}

export async function save(row: ${type}): Promise<void> {
  rows.set(row.id, { ...row, tags: [...row.tags] });
}

export async function remove(id: string): Promise<void> {
  rows.delete(id);
}
`,
    model: `export interface ${type} {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly tags: string[];
  readonly createdAt: Date;
}

export type ${type}Summary = Pick<${type}, 'id' | 'name'> & { readonly tagCount: number };
`,
    validation: `export function isValid(value: unknown): value is { name: string; size: number } {
  if (typeof value !== 'object' || value === null) return false;
  const { name, size } = value as { name?: unknown; size?: unknown };
  return typeof name === 'string' && name.length > 0 && name.length < 200 && typeof size === 'number' && size >= 0;
}
`,
    mapping: `import type { ${type}, ${type}Summary } from './model';

export function present(row: ${type}): ${type}Summary & { readonly age: number } {
  const age = Date.now() - row.createdAt.getTime();
  return { id: row.id, name: row.name.trim(), tagCount: row.tags.filter((tag) => tag !== '').length, age };
}
`,
    helpers: `export function slug(text: string): string {
  const cleaned = text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  for (let length = cleaned.length; length > 0; length -= 1) {
    if (cleaned[length - 1] !== '-') return cleaned.slice(0, length);
  }
  return 'unnamed';
}
`,
  };
}

function specText(names) {
  const operation = (id, status, extra = '') =>
    `      operationId: ${id}\n${extra}      responses:\n        '${status}': { description: done }\n`;
  const id = `      - { name: id, in: path, required: true, schema: { type: string } }\n`;
  const paths = names.map(
    (name) => `  /api/${name}:
    get:
${operation(`list-${name}`, 200, '      parameters:\n        - { name: page, in: query, schema: { type: integer } }\n')}    post:
${operation(`create-${name}`, 201, '      requestBody: { content: { application/json: { schema: { type: object } } } }\n')}  /api/${name}/{id}:
    parameters:
${id}    get:
${operation(`read-${name}`, 200)}`,
  );
  return `openapi: 3.1.0\ninfo: { title: generated, version: '1' }\npaths:\n${paths.join('')}`;
}

/** Enough of Express for a type checker to check the server without anything installed. */
const expressTypes = `declare module 'express' {
  export interface Request {
    readonly query: Record<string, string | undefined>;
    readonly params: Record<string, string>;
    readonly body: any;
  }
  export interface Response {
    status(code: number): Response;
    json(body: unknown): Response;
    sendStatus(code: number): Response;
    end(): void;
  }
  export type Handler = (req: Request, res: Response, next: () => void) => unknown;
  export interface Router {
    get(path: string, ...handlers: Handler[]): this;
    post(path: string, ...handlers: Handler[]): this;
    delete(path: string, ...handlers: Handler[]): this;
    use(...handlers: unknown[]): this;
    listen(port: number): void;
  }
  export function Router(): Router;
  function express(): Router;
  namespace express { function json(): Handler; }
  export default express;
}
`;
