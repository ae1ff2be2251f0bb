/**
 * The constructs in which people write routes are numbered, and the first line of a fixture names those that it is
 * about (`Rows 211, 213 to 215: …`). Each construct that the first release must know has a fixture, or a test elsewhere.
 * Options of the plugin of `@nestjs/swagger` (301) have none: no specification is told from what would generate it.
 */

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const tests = fileURLToPath(new URL('..', import.meta.url));

/** Numbers of the constructs, by what they are about. */
const required: Readonly<Record<string, readonly number[]>> = {
  'finding applications and routers': [1, 2, 5, 6, 7, 9, 10, 11],
  'registering routes': [14, 17, 18, 21, 22, 23, 24, 25, 26, 30, 32, 33, 34, 36, 37, 39, 47, 48, 50],
  'syntax of paths': [51, 52, 53, 54, 63, 66, 67, 68],
  'expressions that build paths': [70, 71, 72, 73, 74, 76],
  'mounting and composition': [82, 83, 84, 85, 87, 88, 89, 90, 92, 93, 94, 96, 97, 98, 103],
  'forms of handlers': [104, 105, 106, 107, 108, 109, 110, 111, 115, 116, 118, 121],
  'reading requests': [122, 123, 124, 125, 126, 128, 129, 130, 131, 132, 134, 138, 140],
  validators: [142, 143, 144, 145, 146, 147, 148, 149, 150, 151, 152, 154, 155, 156],
  'what stands in front of handlers': [157, 158, 159, 160, 161, 163, 164, 168],
  'sending answers': [
    170, 171, 172, 173, 174, 175, 176, 177, 178, 179, 181, 183, 185, 186, 187, 188, 189, 190, 191, 192,
  ],
  'errors of Express': [193, 194, 195, 196, 197, 198, 199, 200, 201, 203],
  'routing of Nest': [
    210, 211, 212, 213, 214, 215, 217, 218, 219, 220, 221, 222, 223, 225, 226, 227, 229, 230, 233, 234, 237,
    243,
  ],
  'parameters of Nest': [247, 248, 249, 250, 251, 252, 253, 255, 257, 259, 261, 262, 265],
  'classes and pipes of Nest': [267, 268, 269, 270, 271, 272, 273, 274, 275, 277, 278, 281, 282],
  'answers of Nest': [283, 284, 285, 286, 287, 288, 289, 290, 291, 292, 293, 294, 295, 296, 297, 299, 300],
  'errors and guards of Nest': [303, 304, 305, 306, 307, 308, 309, 310, 311, 312, 313, 315],
  'what decorators document': [279, 280, 302],
  'types of what is sent': [
    325, 326, 327, 328, 329, 330, 331, 332, 333, 334, 335, 336, 337, 338, 339, 340, 341, 348,
  ],
  'rows of databases': [342, 343, 344, 345, 346, 347],
  'schemas of specifications': [349, 350, 351, 352, 353, 354],
  'contracts in code': [316, 321, 322, 323, 324],
  'what only looks like routes': [379, 380, 381, 382, 383, 384, 385, 386, 387, 388, 389],
};

/** Constructs that are tested in another form, relative to the folder of tests. */
const elsewhere: ReadonlyMap<number, string> = new Map([
  [68, 'fixtures/specs/servers'],
  [316, 'engine/annotated.test.ts'],
  [321, 'engine/annotated.test.ts'],
  [322, 'fixtures/specs/references-across-files'],
  [323, 'fixtures/specs/vendor-keys'],
  [324, 'rules/ignores.test.ts'],
  [349, 'rules/examples.test.ts'],
  [350, 'drift/compare.test.ts'],
  [351, 'drift/oracle.test.ts'],
  [352, 'drift/compare.test.ts'],
  [353, 'fixtures/specs/swagger-2.0'],
  [354, 'fixtures/specs/openapi-3.1-schemas'],
]);

function namedIn(text: string): readonly number[] {
  const [, rows = ''] = /^Rows? ([\d, tond]+)/.exec(text) ?? [];
  return [...rows.matchAll(/(\d+)(?: to (\d+))?/g)].flatMap(([, from, to]) => {
    const first = Number(from);
    return Array.from({ length: Number(to ?? from) - first + 1 }, (_, index) => first + index);
  });
}

const folders = ['express', 'nest'].map((name) => join(tests, 'fixtures/frameworks', name));
const named = new Set(
  folders.flatMap((folder) =>
    readdirSync(folder).flatMap((file) => namedIn(readFileSync(join(folder, file), 'utf8'))),
  ),
);

for (const [about, rows] of Object.entries(required)) {
  test(`${about}: each construct has a fixture`, () => {
    assert.deepEqual(
      rows.filter((row) => !named.has(row) && !elsewhere.has(row)),
      [],
    );
  });
}

test('what is tested elsewhere is there', () => {
  assert.deepEqual(
    [...elsewhere.values()].filter((path) => !existsSync(join(tests, path))),
    [],
  );
});
