/** What the configuration says of rules of linting. */

import type { Finding, Severity } from '../contract/finding.ts';

/** Findings with the severities that the user gave their rules, without those of rules that are off. */
export function withSeverities(
  findings: readonly Finding[],
  severities: Readonly<Record<string, Severity>>,
): readonly Finding[] {
  return findings.flatMap((finding) => {
    const severity = Object.hasOwn(severities, finding.rule) ? severities[finding.rule] : undefined;
    if (severity === undefined) return [finding];
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
}
