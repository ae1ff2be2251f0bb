/** Handlers of routes: what people call them, and where they are. */

import type { CodeOperation } from '../../contract/operation.ts';
import type { FileId, Span } from '../../contract/span.ts';
import { handlerName, registrationSpan } from './code-place.ts';
import type { FeatureIndex } from './feature-index.ts';

/** Where a jump ends: `at` is selected, `whole` is what a peek shows. */
export interface Target {
  readonly at: Span;
  readonly whole: Span;
}

/** The name of the handler, else what the registration calls it, else the file it is in. */
export function handlerLabel(index: FeatureIndex, code: CodeOperation): string {
  const { handler } = code.origin;
  if (handler && isNamed(handler.name)) return handler.name;
  return registeredName(index, code) ?? `a handler in ${fileName(handler?.at.file ?? code.at.file)}`;
}

/** The name of the handler and all of it; the registration where it has no name of its own and is elsewhere. */
export function handlerTarget(index: FeatureIndex, code: CodeOperation): Target {
  const { handler } = code.origin;
  // A function without a name in another file is the inside of a wrapper: nobody means that.
  if (!handler || (!isNamed(handler.name) && handler.at.file !== code.at.file))
    return { at: code.at, whole: code.at };
  const { file } = handler.at;
  const name = handlerName(code, file, index.ready.textOf(file) ?? '');
  const at = name ?? { file, start: handler.at.start, end: handler.at.start };
  return { at, whole: { file, start: Math.min(at.start, handler.at.start), end: handler.at.end } };
}

export function fileName(file: FileId): string {
  return file.split('/').at(-1) ?? file;
}

function isNamed(name: string): boolean {
  return name !== 'anonymous handler' && name !== 'handler';
}

/** The last argument of `post('/login', validate(login), auth.login)`, where it is a name. */
function registeredName(index: FeatureIndex, code: CodeOperation): string | undefined {
  const { file } = code.at;
  const text = index.ready.textOf(file) ?? '';
  const span = registrationSpan(code, file, text);
  return span && /,\s*([A-Za-z_$][\w$.]*)\s*,?\s*\)$/.exec(text.slice(span.start, span.end))?.[1];
}
