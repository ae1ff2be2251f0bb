/** What Spectral's own rules say wrongly, and is not shown. Each with the reason by which it can be proven wrong. */

import type { DocEntry, DocNode } from '../contract/facts.ts';
import type { Finding } from '../contract/finding.ts';
import { lookUp, stringOf, valueOf } from '../text/document-node.ts';

/** `root` is of the document that was linted. */
export function withoutKnownFaults(
  findings: readonly Finding[],
  { file, root }: { readonly file: Finding['at']['file']; readonly root?: DocNode },
): readonly Finding[] {
  const items = root ? pathItems(root) : [];
  return findings.filter((finding) => finding.at.file !== file || !isReferredPathItem(finding, items));
}

/**
 * A path item may be a reference (OpenAPI 3.1, 4.8.9.1). The schema that `oas3-schema` asks since 3.1 evaluates no `$ref`
 * there and takes it for a property too many.
 */
function isReferredPathItem({ rule, message, at }: Finding, items: readonly DocEntry[]): boolean {
  if (rule !== 'oas3-schema' || !message.endsWith('property must not have unevaluated properties.'))
    return false;
  const item = items.find(({ keyStart }) => keyStart === at.start)?.value;
  return (
    item?.kind === 'map' &&
    stringOf(valueOf(item, '$ref')) !== undefined &&
    item.entries.every(({ key }) => pathItemKeys.test(key))
  );
}

const pathItemKeys =
  /^(?:\$ref|summary|description|get|put|post|delete|options|head|patch|trace|query|additionalOperations|servers|parameters|x-.*)$/;

function pathItems(root: DocNode): readonly DocEntry[] {
  return [['paths'], ['webhooks'], ['components', 'pathItems']].flatMap((path) => {
    const node = lookUp(root, path);
    return node?.kind === 'map' ? node.entries : [];
  });
}
