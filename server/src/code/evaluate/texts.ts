/** Members of texts and of regular expressions. */

import type { Run } from './run.ts';
import { concat, fixedText } from './text-parts.ts';
import {
  arrayOf,
  boolean,
  dynamic,
  native,
  nullValue,
  number,
  text,
  undefinedValue,
  type Site,
  type TextValue,
  type Value,
} from './values.ts';
import { computed } from './verdicts.ts';

export function textMember(_run: Run, value: TextValue, name: string, site: Site): Value | undefined {
  const fixed = fixedText(value);
  if (name === 'length') return fixed === undefined ? dynamic('length', site.at) : number(fixed.length);
  if (/^\d+$/.test(name))
    return fixed === undefined ? dynamic('character', site.at) : text(fixed[Number(name)] ?? '', value.at);
  const method = (work: (args: readonly Value[], self: string) => Value): Value =>
    native(name, (args, at) => (fixed === undefined ? dynamic(`text.${name}`, at.at) : work(args, fixed)));
  const change = (work: (self: string, ...args: readonly string[]) => string): Value =>
    method((args, self) => {
      const given = args.map(fixedText);
      const changed = given.every((one) => one !== undefined) ? work(self, ...given) : undefined;
      if (changed === undefined) return dynamic(`text.${name}`, value.at);
      return changed === self
        ? value
        : {
            ...text(changed, value.at),
            parts: [{ text: changed, ...(isConfigured(value) && { configured: true as const }) }],
          };
    });
  switch (name) {
    case 'toLowerCase':
    case 'toLocaleLowerCase':
      return change((self) => self.toLowerCase());
    case 'toUpperCase':
    case 'toLocaleUpperCase':
      return change((self) => self.toUpperCase());
    case 'trim':
      return change((self) => self.trim());
    case 'trimEnd':
      return change((self) => self.trimEnd());
    case 'toString':
    case 'valueOf':
    case 'normalize':
      return native(name, () => value);
    case 'slice':
    case 'substring':
    case 'substr':
      return change((self, from = '0', to) =>
        name === 'slice'
          ? self.slice(Number(from), to === undefined ? undefined : Number(to))
          : self.substring(
              Number(from),
              to === undefined ? undefined : name === 'substr' ? Number(from) + Number(to) : Number(to),
            ),
      );
    case 'repeat':
      return change((self, count = '0') => self.repeat(Math.min(Math.max(Number(count) || 0, 0), 100)));
    case 'concat':
      return native(name, (args, at) =>
        args.reduce((left, right) => concat(left, right, at.at), value as Value),
      );
    case 'split':
      return method((args, self) => {
        const by = args[0] && fixedText(args[0]);
        return by === undefined
          ? arrayOf([], value.at, true)
          : arrayOf(
              self.split(by).map((one) => text(one, value.at)),
              value.at,
            );
      });
    case 'replace':
    case 'replaceAll':
      return method(([what, by], self) => replaceText(value, self, what, by, name === 'replaceAll', site));
    case 'startsWith':
    case 'endsWith':
    case 'includes':
      return method(([part], self) => {
        const other = part && fixedText(part);
        return other === undefined ? dynamic('condition', value.at) : boolean(self[name](other));
      });
    case 'match':
      return method(([pattern]) =>
        pattern && matches(pattern, value) === false ? nullValue : dynamic('match', value.at),
      );
    case 'indexOf':
      return method(([part], self) =>
        part && fixedText(part) !== undefined
          ? number(self.indexOf(fixedText(part) ?? ''))
          : dynamic('index', value.at),
      );
    default:
      return undefined;
  }
}

function isConfigured(value: TextValue): boolean {
  return value.parts.some((part) => 'text' in part && part.configured);
}

function replaceText(
  value: TextValue,
  self: string,
  what: Value | undefined,
  by: Value | undefined,
  all: boolean,
  site: Site,
): Value {
  const replacement = by && fixedText(by);
  if (!what || replacement === undefined) return dynamic('replaced text', site.at);
  const pattern = fixedText(what);
  if (pattern !== undefined)
    return text(all ? self.replaceAll(pattern, replacement) : self.replace(pattern, replacement), value.at);
  if (what.t !== 'regex' || !isPlainRegex(what.source)) return dynamic('replaced text', site.at);
  try {
    return text(
      self.replace(new RegExp(what.source, what.flags.includes('g') || all ? 'g' : ''), replacement),
      value.at,
    );
  } catch {
    return dynamic('replaced text', site.at);
  }
}

export function regexMember(value: Value, name: string): Value | undefined {
  if (name !== 'test') return undefined;
  return native(name, ([subject = undefinedValue], site) => {
    const found = matches(value, subject);
    return found === undefined ? computed('match', site.at, subject) : boolean(found);
  });
}

/** Undefined where the source does not decide, and for expressions that remember where they were. */
function matches(pattern: Value, subject: Value): boolean | undefined {
  if (pattern.t !== 'regex' || !isPlainRegex(pattern.source) || /[gy]/.test(pattern.flags)) return undefined;
  const whole = subject.t === 'text' && !isConfigured(subject) ? fixedText(subject) : undefined;
  if (whole === undefined || whole.length > subjectLimit) return undefined;
  try {
    return new RegExp(pattern.source, pattern.flags).test(whole);
  } catch {
    return undefined;
  }
}

/** A longer text is content, and what it matches decides no route. */
const subjectLimit = 500;

/** Regular expressions of the workspace are run only where they cannot take long: no nesting of repetitions. */
function isPlainRegex(source: string): boolean {
  return source.length < 64 && !/[)\]][*+{]/.test(source);
}
