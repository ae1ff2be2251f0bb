/** A reader for regular expressions (ECMAScript syntax) that keeps what matters for paths. */

export type RegexNode =
  | { readonly kind: 'char'; readonly char: string }
  /** One character out of several. `slash`: a slash may be among them. */
  | { readonly kind: 'class'; readonly slash: boolean; readonly dot?: true }
  /** `capture` is the name or, counted from 0, the number under which a router gives the text out. */
  | {
      readonly kind: 'group';
      readonly alternatives: readonly (readonly RegexNode[])[];
      readonly capture?: string;
    }
  | { readonly kind: 'repeat'; readonly of: RegexNode; readonly min: number; readonly max: number }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'ahead'; readonly alternatives: readonly (readonly RegexNode[])[] }
  /** A parameter that stands between the pieces of an expression (path-to-regexp 0.1). */
  | { readonly kind: 'param'; readonly name: string; readonly slash: boolean };

/** The alternatives of an expression, or what it holds that no path can express. */
export type RegexTree =
  | { readonly kind: 'tree'; readonly alternatives: readonly (readonly RegexNode[])[] }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Deeper nesting than any hand-written route has; keeps recursion bounded. */
const maxDepth = 40;

/** Reads an expression, given as characters and ready-made nodes. */
export function readRegex(input: readonly (string | RegexNode)[]): RegexTree {
  let at = 0;
  let captures = 0;
  let problem: string | undefined;

  const peek = (text: string): boolean => [...text].every((char, offset) => input[at + offset] === char);
  const eat = (text: string): boolean => {
    if (!peek(text)) return false;
    at += text.length;
    return true;
  };
  const fail = (why: string): undefined => {
    problem ??= why;
    return undefined;
  };

  function alternatives(depth: number): readonly (readonly RegexNode[])[] {
    const all: RegexNode[][] = [];
    let nodes: RegexNode[] = [];
    while (problem === undefined && at < input.length && !peek(')')) {
      if (eat('|')) {
        all.push(nodes);
        nodes = [];
        continue;
      }
      const node = atom(depth);
      if (node !== undefined) nodes.push(quantified(node));
    }
    return [...all, nodes];
  }

  function atom(depth: number): RegexNode | undefined {
    const item = input[at];
    if (item === undefined) return undefined;
    at += 1;
    if (typeof item !== 'string') return item;
    if (item === '^') return { kind: 'start' };
    if (item === '$') return { kind: 'end' };
    if (item === '.') return { kind: 'class', slash: true, dot: true };
    if (item === '(') return group(depth);
    if (item === '[') return characterClass();
    if (item === '\\') return escape();
    if (item === '*' || item === '+' || item === '?') return fail(`a "${item}" that repeats nothing`);
    return { kind: 'char', char: item };
  }

  function group(depth: number): RegexNode | undefined {
    if (depth >= maxDepth) return fail('groups nested too deeply');
    if (eat('?!') || eat('?<!') || eat('?<=')) return fail('a condition on the text around it');
    const ahead = eat('?=');
    let capture: string | undefined;
    if (!ahead && !eat('?:')) {
      if (eat('?<')) {
        capture = '';
        while (at < input.length && !peek('>')) capture += textAt(at++);
        at += 1;
      } else if (peek('?')) {
        return fail('an unknown kind of group');
      } else {
        capture = String(captures++);
      }
    }
    const inner = alternatives(depth + 1);
    if (!eat(')')) return fail('an unclosed group');
    if (ahead) return { kind: 'ahead', alternatives: inner };
    return { kind: 'group', alternatives: inner, ...(capture === undefined ? {} : { capture }) };
  }

  function textAt(index: number): string {
    const item = input[index];
    return typeof item === 'string' ? item : '';
  }

  function characterClass(): RegexNode | undefined {
    const negated = eat('^');
    const members: string[] = [];
    let slash = false;
    let broad = false;
    while (at < input.length && !peek(']')) {
      const char = textAt(at++);
      if (char !== '\\') {
        // A range that spans the slash: `[!-~]`, `[ -~]`.
        if (char === '-' && (members.at(-1) ?? '~') < '/' && textAt(at) > '/' && textAt(at) !== ']')
          slash = true;
        members.push(char);
        continue;
      }
      const escaped = textAt(at++);
      if (/[SDW]/.test(escaped)) slash = true;
      if (/[dDwWsSbpPux]/.test(escaped)) broad = true;
      else members.push(escaped);
    }
    if (!eat(']')) return fail('an unclosed character class');
    slash ||= members.includes('/');
    const [only] = members;
    if (!negated && !broad && members.length === 1 && only !== undefined) return { kind: 'char', char: only };
    // `[^/]` and the like exclude the slash; `[^.]` does not.
    return { kind: 'class', slash: negated ? !slash : slash };
  }

  function escape(): RegexNode | undefined {
    const char = textAt(at++);
    if (char === 'd' || char === 'w' || char === 's') return { kind: 'class', slash: false };
    if (char === 'D' || char === 'W' || char === 'S') return { kind: 'class', slash: true };
    if (char === 'b' || char === 'B') return fail('a word boundary');
    if (char === 'k' || /[1-9]/.test(char)) return fail('a back reference');
    if (char === 'p' || char === 'P') {
      while (at < input.length && !peek('}')) at += 1;
      at += 1;
      return { kind: 'class', slash: char === 'P' };
    }
    if (char === 'u' || char === 'x') {
      const code = /^(?:\{([\da-f]+)\}|([\da-f]{4})|([\da-f]{2}))/i.exec(
        input
          .slice(at, at + 8)
          .map(String)
          .join(''),
      );
      const digits = code?.[1] ?? code?.[2] ?? code?.[3];
      const value = digits === undefined ? NaN : Number.parseInt(digits, 16);
      if (code === null || !(value <= 0x10ffff)) return { kind: 'char', char };
      at += code[0].length;
      return { kind: 'char', char: String.fromCodePoint(value) };
    }
    return { kind: 'char', char };
  }

  function quantified(node: RegexNode): RegexNode {
    const [min, max] = quantifier() ?? [1, 1];
    eat('?');
    return min === 1 && max === 1 ? node : { kind: 'repeat', of: node, min, max };
  }

  function quantifier(): readonly [number, number] | undefined {
    if (eat('*')) return [0, Infinity];
    if (eat('+')) return [1, Infinity];
    if (eat('?')) return [0, 1];
    if (!peek('{')) return undefined;
    const text = input
      .slice(at, at + 16)
      .map((item) => (typeof item === 'string' ? item : ' '))
      .join('');
    const match = /^\{(\d+)(,(\d*))?\}/.exec(text);
    if (match === null) return undefined;
    at += match[0].length;
    const min = Number(match[1]);
    if (match[2] === undefined) return [min, min];
    return [min, match[3] === '' || match[3] === undefined ? Infinity : Number(match[3])];
  }

  const all = alternatives(0);
  if (problem === undefined && at < input.length) problem = 'an unopened group';
  return problem === undefined ? { kind: 'tree', alternatives: all } : { kind: 'unreadable', why: problem };
}
