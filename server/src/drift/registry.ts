/** Every rule, in the order in which a reader meets them. A new rule is one file and one line here. */

import type { Rule } from './define-rule.ts';
import { basePath } from './rules/http/base-path.ts';
import { duplicateRoute } from './rules/http/duplicate-route.ts';
import { errorBody } from './rules/http/error-body.ts';
import { mediaType } from './rules/http/media-type.ts';
import { methodMismatch } from './rules/http/method-mismatch.ts';
import { parameterDefault } from './rules/http/parameter-default.ts';
import { parameterEnum } from './rules/http/parameter-enum.ts';
import { parameterLimits } from './rules/http/parameter-limits.ts';
import { parameterList } from './rules/http/parameter-list.ts';
import { parameterLocation } from './rules/http/parameter-location.ts';
import { parameterName } from './rules/http/parameter-name.ts';
import { parameterRequired } from './rules/http/parameter-required.ts';
import { parameterType } from './rules/http/parameter-type.ts';
import { pathTypo } from './rules/http/path-typo.ts';
import { renamedField } from './rules/http/renamed-field.ts';
import { requestBody } from './rules/http/request-body.ts';
import { requestEnum } from './rules/http/request-enum.ts';
import { requestFormat } from './rules/http/request-format.ts';
import { requestLimits } from './rules/http/request-limits.ts';
import { requestNull } from './rules/http/request-null.ts';
import { requestRequired } from './rules/http/request-required.ts';
import { requestType } from './rules/http/request-type.ts';
import { responseBody } from './rules/http/response-body.ts';
import { responseEnum } from './rules/http/response-enum.ts';
import { responseFormat } from './rules/http/response-format.ts';
import { responseNull } from './rules/http/response-null.ts';
import { responseRequired } from './rules/http/response-required.ts';
import { responseType } from './rules/http/response-type.ts';
import { successStatus } from './rules/http/success-status.ts';
import { undocumentedBody } from './rules/http/undocumented-body.ts';
import { undocumentedDeprecation } from './rules/http/undocumented-deprecation.ts';
import { undocumentedField } from './rules/http/undocumented-field.ts';
import { undocumentedHeader } from './rules/http/undocumented-header.ts';
import { undocumentedOperation } from './rules/http/undocumented-operation.ts';
import { undocumentedParameter } from './rules/http/undocumented-parameter.ts';
import { undocumentedResponseField } from './rules/http/undocumented-response-field.ts';
import { undocumentedSecurity } from './rules/http/undocumented-security.ts';
import { undocumentedStatus } from './rules/http/undocumented-status.ts';
import { unenforcedSecurity } from './rules/http/unenforced-security.ts';
import { unimplementedOperation } from './rules/http/unimplemented-operation.ts';
import { unreadBody } from './rules/http/unread-body.ts';
import { unreadField } from './rules/http/unread-field.ts';
import { unreadParameter } from './rules/http/unread-parameter.ts';
import { unsentField } from './rules/http/unsent-field.ts';
import { unsentStatus } from './rules/http/unsent-status.ts';
import { unused } from './rules/ignore/unused.ts';

export const rules: readonly Rule[] = [
  unimplementedOperation,
  undocumentedOperation,
  pathTypo,
  methodMismatch,
  basePath,
  duplicateRoute,
  undocumentedDeprecation,
  parameterName,
  undocumentedParameter,
  unreadParameter,
  parameterType,
  parameterRequired,
  parameterEnum,
  parameterLimits,
  parameterDefault,
  parameterList,
  parameterLocation,
  successStatus,
  undocumentedStatus,
  unsentStatus,
  undocumentedHeader,
  undocumentedBody,
  unreadBody,
  undocumentedField,
  unreadField,
  renamedField,
  requestType,
  requestFormat,
  requestLimits,
  requestRequired,
  requestNull,
  requestEnum,
  requestBody,
  responseType,
  responseFormat,
  responseNull,
  responseEnum,
  unsentField,
  responseRequired,
  undocumentedResponseField,
  responseBody,
  errorBody,
  mediaType,
  undocumentedSecurity,
  unenforcedSecurity,
  unused,
];
