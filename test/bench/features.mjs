/**
 * How long the features of the editor take on a generated server of 2,000 operations: making the index, then hover,
 * definition, references, lenses, symbols and the tree, at many places each. Milliseconds.
 *
 *   node --import ./test/support/register.mjs test/bench/features.mjs [operations]
 */

import { cpus } from 'node:os';
import { fileId } from '../../server/src/contract/span.ts';
import { analyse } from '../../server/src/engine/snapshot.ts';
import { codeLenses } from '../../server/src/lsp/features/code-lens.ts';
import { contractTree } from '../../server/src/lsp/features/contract-tree.ts';
import { definition } from '../../server/src/lsp/features/definition.ts';
import { documentLinks } from '../../server/src/lsp/features/document-links.ts';
import { folderReport } from '../../server/src/lsp/report.ts';
import { createPlaces } from '../../server/src/lsp/to-lsp.ts';
import { createIndex } from '../../server/src/lsp/features/feature-index.ts';
import { foldingRanges } from '../../server/src/lsp/features/folding-ranges.ts';
import { hover } from '../../server/src/lsp/features/hover.ts';
import { inlayHints } from '../../server/src/lsp/features/inlay-hints.ts';
import { references } from '../../server/src/lsp/features/references.ts';
import { semanticTokens } from '../../server/src/lsp/features/semantic-tokens.ts';
import { specHints } from '../../server/src/lsp/features/spec-hints.ts';
import { figuresOf } from '../../server/src/lsp/features/status.ts';
import { documentSymbols, workspaceSymbols } from '../../server/src/lsp/features/symbols.ts';
import { readDocument } from '../../server/src/text/document.ts';
import { snapshotOf } from '../support/pipeline.ts';

const operations = Number(process.argv[2] ?? 2000);
const routesPerFile = 20;
const places = 300;
const spec = 'openapi.yaml';

// Texts that were put together are copied, for that is what files are: the first look at them would pay for it.
const files = new Map([...generate(operations)].map(([name, text]) => [name, Buffer.from(text).toString()]));
const settings = { bindings: [], rules: { severities: {} } };
const snapshot = snapshotOf(files, settings);
const findings = analyse(snapshot, settings);
// As in the editor, where the analysis has read the documents already.
const documents = new Map([[spec, readDocument(fileId(spec), files.get(spec))]]);
const ready = {
  folder: 'file:///generated',
  snapshot,
  findings,
  textOf: (file) => files.get(file),
  documentOf: (file) => documents.get(file),
};
const index = createIndex(ready);
const lines = files.get(spec).split('\n').length;
print(
  `${cpus()[0]?.model.trim()}, Node ${process.version}: ${index.entries.length} operations, ${findings.length} findings, a spec of ${lines} lines`,
);
print('');
print('| | median | p95 | max |\n| :-- | --: | --: | --: |');

report('index', 20, () => createIndex(ready));
const inSpec = spread(/^ {4}(?:get|put):|^ {6}operationId: |\$ref: '|'\d{3}':|^ {2}\/\S+:/gm, spec);
const inCode = [...files.keys()]
  .filter((name) => /area\d*7\.ts$/.test(name))
  .flatMap((name) => spread(/'\/item[^']*'/g, name));
at('hover in the spec', inSpec, (place) => hover(index, place.file, place.offset));
at('hover in code', inCode, (place) => hover(index, place.file, place.offset));
at('definition in the spec', inSpec, (place) => definition(index, place.file, place.offset));
at('definition in code', inCode, (place) => definition(index, place.file, place.offset));
at('references in the spec', inSpec, (place) =>
  references(index, place.file, place.offset, { withDeclaration: true }),
);
report('references of a new text', 20, () => createIndex(ready).references());
report('code lenses of the spec', 30, () => codeLenses(index, fileId(spec)));
report('code lenses of a source file', 30, () => codeLenses(index, fileId('src/area1.ts')));
report('outline of the spec', 30, () => documentSymbols(index, fileId(spec)));
report('links of the spec', 30, () => documentLinks(index, fileId(spec)));
report('inlay hints of a source file', 30, () =>
  inlayHints(index, { file: fileId('src/area1.ts'), start: 0, end: 1e6 }),
);
const screen = spread(/^ {4}get:/gm, spec).map(({ file, offset }) => ({
  file,
  start: offset,
  end: offset + 1_500,
}));
report('hints of a screen of the spec', screen.length, (round) => specHints(index, screen[round]));
report('names of a screen of the spec', screen.length, (round) => semanticTokens(index, screen[round]));
report('folds of the spec', 30, () => foldingRanges(index, fileId(spec), 5_000));
report('workspace symbols', 30, () => workspaceSymbols(index, 'get item7'));
report('tree', 30, () => contractTree(index));
report('status', 30, () => figuresOf([index]));
const textOf = (file) => files.get(file);
report('report', 10, () =>
  folderReport({
    index,
    places: createPlaces('/generated', textOf),
    name: 'generated',
    path: '/generated',
    linted: new Map(),
  }),
);

function print(line) {
  process.stdout.write(`${line}\n`);
}

/** Places that match a pattern, evenly over the file. */
function spread(pattern, file) {
  const all = [...files.get(file).matchAll(pattern)].map((match) => match.index + match[0].length - 2);
  const step = Math.max(1, Math.floor(all.length / places));
  return all.filter((_, each) => each % step === 0).map((offset) => ({ file: fileId(file), offset }));
}

function at(name, where, run) {
  report(name, where.length, (round) => run(where[round]));
}

function report(name, rounds, run) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    run(round);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const quantile = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(2);
  print(`| ${name} | ${quantile(0.5)} | ${quantile(0.95)} | ${quantile(1)} |`);
}

/** Files of twenty routes each, all mounted by one application; the spec has nine of ten, with components. */
function generate(count) {
  const sources = new Map();
  const areas = Math.ceil(count / routesPerFile);
  const paths = [];
  const schemas = [];
  sources.set('package.json', '{ "name": "generated", "dependencies": { "express": "4.19.2" } }');
  for (let area = 0; area < areas; area += 1) {
    const routes = [];
    schemas.push(
      `    Item${area}:\n      type: object\n      required: [id]\n      properties:\n        id: { type: string, example: i-${area} }\n        next: { $ref: '#/components/schemas/Item${(area + 1) % areas}' }`,
    );
    for (let item = 0; item < routesPerFile / 2; item += 1) {
      const path = `/api/area${area}/item${item}`;
      routes.push(
        `router.get('/item${item}/:id', (req, res) => {\n  if (!req.params.id) return res.status(400).json({ error: 'id' });\n  return res.json({ id: req.params.id, page: req.query.page });\n});`,
      );
      routes.push(
        `router.put('/item${item}/:id', (req, res) => {\n  res.status(200).json({ name: req.body.name });\n});`,
      );
      if (item === 9) continue;
      paths.push(`  ${path}/{id}:
    parameters:
      - $ref: '#/components/parameters/Id'
    get:
      operationId: getArea${area}Item${item}
      summary: Item ${item} of area ${area}
      description: Gives one item.
      responses:
        '200':
          description: the item
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Item${area}' }
        '404': { $ref: '#/components/responses/Missing' }
    put:
      operationId: putArea${area}Item${item}
      summary: Replaces item ${item}
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Item${area}' }
      responses:
        '200': { description: done }`);
    }
    sources.set(
      `src/area${area}.ts`,
      `import { Router } from 'express';\nexport const router = Router();\n${routes.join('\n')}\n`,
    );
  }
  const imports = Array.from(
    { length: areas },
    (_, area) => `import { router as area${area} } from './area${area}';`,
  );
  const mounts = Array.from({ length: areas }, (_, area) => `app.use('/api/area${area}', area${area});`);
  sources.set(
    'src/app.ts',
    `import express from 'express';\n${imports.join('\n')}\nconst app = express();\n${mounts.join('\n')}\napp.listen(3000);\n`,
  );
  sources.set(
    spec,
    `openapi: 3.1.0\ninfo: { title: generated, version: '1' }\npaths:\n${paths.join('\n')}\ncomponents:\n  parameters:\n    Id: { name: id, in: path, required: true, schema: { type: string } }\n  responses:\n    Missing: { description: no such item }\n  schemas:\n${schemas.join('\n')}\n`,
  );
  return sources;
}
