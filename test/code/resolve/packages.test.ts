import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPackages, majorOf } from '../../../server/src/code/resolve/packages.ts';
import { fileId } from '../../../server/src/contract/span.ts';

test('A range names a major version or does not', () => {
  const table: readonly (readonly [string, number | undefined])[] = [
    ['^4.18.2', 4],
    ['~5.0.0', 5],
    ['5', 5],
    ['4.x', 4],
    ['v4.1.0', 4],
    ['= 4.1.0', 4],
    ['5.0.0-beta.1', 5],
    ['npm:express@4.18.0', 4],
    ['npm:@acme/express@^5.1', 5],
    ['workspace:^1.2.0', 1],
    ['^4.0.0 || ^5.0.0', 5],
    ['>=4.0.0 <5', 4],
    ['^10.0.0', 10],
    ['>=4', undefined],
    ['latest', undefined],
    ['*', undefined],
    ['workspace:*', undefined],
    ['', undefined],
    ['github:expressjs/express#v4', undefined],
    ['file:../express', undefined],
  ];
  for (const [range, major] of table) assert.equal(majorOf(range), major, range);
});

test('The nearest package answers, completed by those around it', () => {
  const packages = createPackages(
    new Map([
      [
        fileId('package.json'),
        '{ "name": "fleet", "devDependencies": { "typescript": "5", "express": "^4.0.0" } }',
      ],
      [
        fileId('apps/api/package.json'),
        `{ "name": "api", "main": "dist/main.js", "bin": { "api": "bin/api.js" }, "scripts": { "start": "node ." },
          "dependencies": { "express": "^5.0.0" }, "peerDependencies": { "zod": "3", "bad": 1 } }`,
      ],
      [fileId('broken/package.json'), '"nothing"'],
    ]),
  );
  const api = packages.nearest(fileId('apps/api/src/main.ts'));
  assert.equal(api?.dir, 'apps/api');
  assert.equal(api.name, 'api');
  assert.equal(api.main, 'dist/main.js');
  assert.deepEqual(api.bin, ['bin/api.js']);
  assert.deepEqual([...api.scripts], [['start', 'node .']]);
  assert.deepEqual([...api.dependencies].sort(), [
    ['express', '^5.0.0'],
    ['typescript', '5'],
    ['zod', '3'],
  ]);
  assert.equal(packages.nearest(fileId('apps/x.ts'))?.name, 'fleet');
  assert.equal(packages.nearest(fileId('broken/x.ts'))?.dir, '.');
  assert.equal(packages.nearest(fileId('../x.ts')), undefined);
});

test('A package.json of nothing but brackets is none', () => {
  const packages = createPackages(new Map([[fileId('package.json'), '['.repeat(500_000)]]));
  assert.equal(packages.nearest(fileId('app.ts')), undefined);
});
