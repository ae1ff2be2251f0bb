/** Every example of every rule, through the real pipeline. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../server/src/drift/registry.ts';
import { check } from '../support/check.ts';

for (const rule of rules) {
  for (const example of rule.valid) {
    test(`${rule.id} is silent: ${example.name}`, () => {
      const findings = check(example.files);
      assert.equal(findings.filter((finding) => finding.rule === rule.id).length, 0);
    });
  }
  for (const example of rule.invalid) {
    test(`${rule.id} speaks: ${example.name}`, () => {
      const findings = check(example.files);
      assert.ok(findings.some((finding) => finding.rule === rule.id));
    });
  }
}
