/** SARIF 2.1.0 (OASIS), which code scanning and many editors read. */

import { rules } from '../../drift/registry.ts';
import { rulePage, ruleReason } from '../../drift/rule-page.ts';
import type { Place } from '../places.ts';
import { print } from './json.ts';
import type { Checked, Told } from './reporters.ts';
import type { Level } from './theme.ts';

const levels: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', info: 'note' };

export function sarifReport(told: readonly Told[], { places, nameOf }: Checked): string {
  const used = rules.filter(({ id }) => told.some(({ rule }) => rule === id));
  const indexOf = new Map(used.map(({ id }, index) => [id, index]));
  return print({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Backend Contract',
            rules: used.map((rule) => ({
              id: rule.id,
              shortDescription: { text: `${rule.title}.` },
              fullDescription: { text: ruleReason(rule) },
              help: { text: rule.docs.trim(), markdown: rulePage(rule) },
              defaultConfiguration: { level: levels[rule.severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: { description: { text: 'The folder in which the check was run.' } } },
        results: told.map(({ rule, severity, message, file, place, finding }) => ({
          ruleId: rule,
          ...(indexOf.has(rule) && { ruleIndex: indexOf.get(rule) }),
          level: levels[severity],
          message: { text: message },
          locations: [location(file, place)],
          ...(finding &&
            finding.related.length > 0 && {
              relatedLocations: finding.related.map(({ at, note }, id) => ({
                id,
                ...location(nameOf(at.file), places.of(at)),
                message: { text: note },
              })),
            }),
          ...(finding?.fingerprints && {
            partialFingerprints: { 'backendContract/v1': finding.fingerprints.join('\n') },
          }),
        })),
      },
    ],
  });
}

function location(file: string, { start, end }: Place): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file), uriBaseId: 'ROOT' },
      region: {
        startLine: start.line,
        startColumn: start.column,
        endLine: end.line,
        endColumn: end.column,
      },
    },
  };
}

/** A relative reference (RFC 3986 section 4.2). A colon in its first segment would make a scheme of it. */
function uriOf(file: string): string {
  const encoded = file.split('/').map(encodeURIComponent).join('/');
  return /^[^/]*%3A/i.test(encoded) ? `./${encoded}` : encoded;
}
