/** The rules of contract health, in the order in which they are read. */

import type { HealthRule } from './define-health-rule.ts';
import { deprecation } from './rules/deprecation.ts';
import { errorFormat } from './rules/error-format.ts';
import { nesting } from './rules/nesting.ts';
import { optionalFields } from './rules/optional-fields.ts';
import { pagination } from './rules/pagination.ts';
import { rateLimits } from './rules/rate-limits.ts';
import { security } from './rules/security.ts';
import { undocumentedErrors } from './rules/undocumented-errors.ts';
import { versioning } from './rules/versioning.ts';

export const healthRules: readonly HealthRule[] = [
  versioning,
  deprecation,
  undocumentedErrors,
  errorFormat,
  pagination,
  rateLimits,
  security,
  nesting,
  optionalFields,
];
