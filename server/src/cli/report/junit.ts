/** JUnit XML, which most build servers read: a suite a file, a case a finding. */

import { grouped } from '../../engine/lookup.ts';
import type { Told } from './reporters.ts';
import type { Level } from './theme.ts';

/** What is not among `failing` is a case that passes, so that it can be seen. */
export function junitReport(told: readonly Told[], failing: ReadonlySet<Level>): string {
  const suites = [...grouped(told, ({ file }) => file)].map(([file, ofFile]) => suite(file, ofFile, failing));
  const failures = told.filter(({ severity }) => failing.has(severity)).length;
  const clean = [
    '  <testsuite name="Backend Contract" tests="1" failures="0">',
    '    <testcase name="no drift" classname="Backend Contract"/>',
    '  </testsuite>',
  ];
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="Backend Contract" tests="${Math.max(1, told.length)}" failures="${failures}">`,
    ...(suites.length > 0 ? suites.flat() : clean),
    '</testsuites>',
  ].join('\n')}\n`;
}

function suite(file: string, told: readonly Told[], failing: ReadonlySet<Level>): readonly string[] {
  const failures = told.filter(({ severity }) => failing.has(severity)).length;
  return [
    `  <testsuite name="${escaped(file)}" tests="${told.length}" failures="${failures}">`,
    ...told.flatMap((one) => testCase(one, failing.has(one.severity))),
    '  </testsuite>',
  ];
}

function testCase(
  { rule, severity, message, file, place, finding }: Told,
  fails: boolean,
): readonly string[] {
  const operation = finding?.operation ?? finding?.operations?.[0];
  const about = operation ? ` ${operation.method} ${operation.path}` : '';
  const where = `${file}:${place.start.line}:${place.start.column}`;
  const text = escaped(`${where} ${message}`);
  return [
    `    <testcase name="${escaped(`${rule}${about}`)}" classname="${escaped(file)}" file="${escaped(file)}" line="${place.start.line}">`,
    fails
      ? `      <failure type="${severity}" message="${escaped(message)}">${text}</failure>`
      : `      <system-out>${text}</system-out>`,
    '    </testcase>',
  ];
}

/** XML 1.0 section 2.2 has no place for most control characters, however they are written. */
function escaped(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '\ufffd',
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`);
}
