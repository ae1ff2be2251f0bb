/**
 * The program form of a source file: what assembly evaluates instead of a syntax tree.
 *
 * A file is lowered once (`code/ts/lower.ts`), cached by content, and evaluated as often as needed without a parser.
 * The form keeps what a contract can depend on (values, calls, control flow, classes, decorators, written types)
 * and drops the rest. Every node carries `s` and `e`, half-open UTF-16 offsets into its file.
 * INVARIANT: plain data; evaluating it can never run the user's code.
 */

import type { Problem } from '../../contract/finding.ts';
import type { FileId } from '../../contract/span.ts';

interface At {
  readonly s: number;
  readonly e: number;
}

/** Facts of a TypeScript, JavaScript or JSON module. */
export interface ModuleFacts {
  readonly kind: 'module';
  readonly file: FileId;
  readonly body: readonly Stmt[];
  readonly problems: readonly Problem[];
  /** Comments that speak to this program. */
  readonly marks?: readonly Mark[];
}

/** See `contract/ignore.ts`; what begins from `from` on and before `to` is meant. `deprecated` is the tag of JSDoc. */
export interface Mark extends At {
  readonly about: 'findings' | 'internal' | 'deprecated';
  readonly rules: readonly string[];
  readonly reason?: string;
  readonly from: number;
  readonly to: number;
}

/** A tag of JSDoc that limits values; `text` is what follows its name. */
export interface DocTag {
  readonly name: string;
  readonly text: string;
}

export type Expr = At &
  (
    | { readonly k: 'str'; readonly v: string }
    | { readonly k: 'num'; readonly v: number }
    | { readonly k: 'bool'; readonly v: boolean }
    | { readonly k: 'null' }
    | { readonly k: 'undef' }
    | { readonly k: 'regex'; readonly source: string; readonly flags: string }
    /** `texts` has one more item than `exprs`. */
    | { readonly k: 'tmpl'; readonly texts: readonly string[]; readonly exprs: readonly Expr[] }
    | { readonly k: 'id'; readonly name: string }
    | { readonly k: 'this' }
    | { readonly k: 'super' }
    | {
        readonly k: 'mem';
        readonly obj: Expr;
        readonly name: string;
        readonly opt?: true;
        readonly ns: number;
      }
    | { readonly k: 'idx'; readonly obj: Expr; readonly key: Expr; readonly opt?: true }
    | {
        readonly k: 'call';
        readonly fn: Expr;
        readonly args: readonly Expr[];
        readonly opt?: true;
        readonly types?: readonly TypeExpr[];
      }
    | {
        readonly k: 'new';
        readonly fn: Expr;
        readonly args: readonly Expr[];
        readonly types?: readonly TypeExpr[];
      }
    | { readonly k: 'import'; readonly arg: Expr }
    | { readonly k: 'arr'; readonly items: readonly Expr[] }
    | { readonly k: 'obj'; readonly props: readonly Prop[] }
    | { readonly k: 'fn'; readonly fn: Func }
    | { readonly k: 'class'; readonly cls: ClassDecl }
    | { readonly k: 'bin'; readonly op: string; readonly l: Expr; readonly r: Expr }
    | { readonly k: 'un'; readonly op: string; readonly x: Expr }
    | { readonly k: 'cond'; readonly c: Expr; readonly a: Expr; readonly b: Expr }
    /** `op` is `=`, `+=`, `??=`, `++`, …; `to` is a pattern for destructuring. */
    | { readonly k: 'set'; readonly op: string; readonly to: Pattern; readonly v: Expr }
    | { readonly k: 'await'; readonly x: Expr }
    | { readonly k: 'yield'; readonly x?: Expr }
    | { readonly k: 'spread'; readonly x: Expr }
    | { readonly k: 'seq'; readonly items: readonly Expr[] }
    /** `x as T`, `<T>x`, `x satisfies T`. */
    | { readonly k: 'cast'; readonly x: Expr; readonly t: TypeExpr }
    /** Something that no contract can depend on, or that we cannot read; `what` names the construct. */
    | { readonly k: 'other'; readonly what: string }
  );

export type Prop = At &
  (
    | {
        readonly k: 'prop';
        readonly key: string | Expr;
        readonly v: Expr;
        readonly ks: number;
        readonly ke: number;
      }
    | { readonly k: 'get' | 'set'; readonly key: string | Expr; readonly fn: Func }
    | { readonly k: 'spread'; readonly x: Expr }
  );

export type Pattern = At &
  (
    | { readonly k: 'name'; readonly name: string }
    | {
        readonly k: 'objPat';
        readonly props: readonly {
          readonly key: string | Expr;
          readonly to: Pattern;
          readonly s: number;
          readonly e: number;
        }[];
        readonly rest?: Pattern;
      }
    | { readonly k: 'arrPat'; readonly items: readonly (Pattern | null)[]; readonly rest?: Pattern }
    /** `to = dflt` inside a pattern. */
    | { readonly k: 'dflt'; readonly to: Pattern; readonly v: Expr }
    /** An assignment target that is no name: `a.b`, `a[0]`. */
    | { readonly k: 'target'; readonly x: Expr }
  );

export interface Param extends At {
  readonly to: Pattern;
  readonly type?: TypeExpr;
  readonly optional?: true;
  readonly rest?: true;
  readonly decorators?: readonly Decorator[];
  /** A parameter property of a constructor: `constructor(private readonly users: Users)`. */
  readonly property?: true;
  /** Tags for it in the comment of the function, without its name. */
  readonly tags?: readonly DocTag[];
}

export interface Func extends At {
  /** Its own, or that of what it is assigned to. */
  readonly name?: string;
  /** A function expression with a name: its body can call it by that. */
  readonly knowsItself?: true;
  readonly params: readonly Param[];
  readonly body: readonly Stmt[];
  readonly arrow?: true;
  readonly async?: true;
  readonly generator?: true;
  readonly returns?: TypeExpr;
  readonly typeParams?: readonly string[];
}

/** `@x` has no arguments (`args` undefined), `@x()` has none in a list. */
export interface Decorator extends At {
  readonly x: Expr;
}

export interface ClassDecl extends At {
  readonly name?: string;
  readonly ext?: Expr;
  readonly decorators: readonly Decorator[];
  readonly members: readonly Member[];
  readonly abstract?: true;
  readonly typeParams?: readonly string[];
  readonly extTypes?: readonly TypeExpr[];
  readonly impl?: readonly TypeExpr[];
  /** Name span, for places. */
  readonly ns: number;
  readonly ne: number;
}

export type Member = At & {
  readonly key: string | Expr;
  readonly static?: true;
  readonly decorators: readonly Decorator[];
  readonly ns: number;
  readonly ne: number;
} & (
    | { readonly k: 'method' | 'get' | 'set' | 'ctor'; readonly fn: Func; readonly overload?: true }
    | {
        readonly k: 'field';
        readonly v?: Expr;
        readonly type?: TypeExpr;
        readonly optional?: true;
        readonly tags?: readonly DocTag[];
      }
    | { readonly k: 'static'; readonly body: readonly Stmt[] }
  );

export type Stmt = At &
  (
    | { readonly k: 'expr'; readonly x: Expr }
    | {
        readonly k: 'let';
        readonly decls: readonly VarDecl[];
        readonly const?: true;
        readonly exported?: true;
      }
    | {
        readonly k: 'func';
        readonly name: string;
        readonly fn: Func;
        readonly exported?: 'named' | 'default';
      }
    | { readonly k: 'cls'; readonly cls: ClassDecl; readonly exported?: 'named' | 'default' }
    | {
        readonly k: 'enum';
        readonly name: string;
        readonly members: readonly EnumMember[];
        readonly exported?: true;
      }
    | {
        readonly k: 'type';
        readonly name: string;
        readonly params: readonly string[];
        readonly t: TypeExpr;
        readonly exported?: true;
        readonly interface?: true;
        readonly ext?: readonly TypeExpr[];
        readonly tags?: readonly DocTag[];
      }
    | { readonly k: 'ns'; readonly name: string; readonly body: readonly Stmt[]; readonly exported?: true }
    | { readonly k: 'if'; readonly c: Expr; readonly a: readonly Stmt[]; readonly b?: readonly Stmt[] }
    | { readonly k: 'forOf'; readonly to: Pattern; readonly x: Expr; readonly body: readonly Stmt[] }
    | { readonly k: 'forIn'; readonly to: Pattern; readonly x: Expr; readonly body: readonly Stmt[] }
    | {
        readonly k: 'for';
        readonly init?: Stmt;
        readonly c?: Expr;
        readonly step?: Expr;
        readonly body: readonly Stmt[];
      }
    | { readonly k: 'while'; readonly c: Expr; readonly body: readonly Stmt[]; readonly do?: true }
    | { readonly k: 'return'; readonly x?: Expr }
    | { readonly k: 'throw'; readonly x: Expr }
    | {
        readonly k: 'try';
        readonly body: readonly Stmt[];
        readonly param?: Pattern;
        readonly handler?: readonly Stmt[];
        readonly final?: readonly Stmt[];
      }
    | {
        readonly k: 'switch';
        readonly x: Expr;
        readonly cases: readonly { readonly test?: Expr; readonly body: readonly Stmt[] }[];
      }
    | { readonly k: 'break' | 'continue' }
    | { readonly k: 'block'; readonly body: readonly Stmt[] }
    /** `import d, { a as b } from 'm'`, `import * as n from 'm'`, `import x = require('m')`. `imported` is `*` for a namespace. */
    | {
        readonly k: 'import';
        readonly from: string;
        readonly names: readonly { readonly imported: string; readonly local: string }[];
        readonly typeOnly?: true;
      }
    /** `export { a as b } from 'm'`, `export * from 'm'` (`*` to `*`), `export * as n from 'm'`, `export { a as b }` (no `from`). */
    | {
        readonly k: 'export';
        readonly from?: string;
        readonly names: readonly { readonly local: string; readonly exported: string }[];
        readonly typeOnly?: true;
      }
    | { readonly k: 'exportDefault'; readonly x: Expr }
    | { readonly k: 'exportAssign'; readonly x: Expr }
  );

export interface VarDecl extends At {
  readonly to: Pattern;
  readonly v?: Expr;
  readonly type?: TypeExpr;
}

export interface EnumMember extends At {
  readonly name: string;
  readonly v?: Expr;
}

/** A written type. */
export type TypeExpr = At &
  /** `name` is dotted for qualified names (`express.Router`) and empty for a whole module; `from` for `import('m').name`. */
  (
    | { readonly k: 'ref'; readonly name: string; readonly args: readonly TypeExpr[]; readonly from?: string }
    /** `string`, `number`, `boolean`, `null`, `undefined`, `any`, `unknown`, `void`, `never`, `object`, `bigint`, `symbol`. */
    | { readonly k: 'kw'; readonly name: string }
    | { readonly k: 'lit'; readonly v: string | number | boolean }
    | { readonly k: 'array'; readonly item: TypeExpr }
    | { readonly k: 'tuple'; readonly items: readonly TypeExpr[] }
    | { readonly k: 'union' | 'inter'; readonly of: readonly TypeExpr[] }
    | { readonly k: 'obj'; readonly members: readonly TypeMember[]; readonly index?: TypeExpr }
    | { readonly k: 'fnType'; readonly returns?: TypeExpr }
    | { readonly k: 'typeof'; readonly name: string }
    | { readonly k: 'keyof'; readonly x: TypeExpr }
    | { readonly k: 'indexed'; readonly x: TypeExpr; readonly key: TypeExpr }
    /** `{ [param in keys]: t }`; `optional` is `+` for `?`, `-` for `-?`. */
    | {
        readonly k: 'mapped';
        readonly param: string;
        readonly keys: TypeExpr;
        readonly t: TypeExpr;
        readonly optional?: '+' | '-';
      }
    /** `` `user-${string}` `` */
    | { readonly k: 'template' }
    | { readonly k: 'unsupported'; readonly what: string }
  );

export interface TypeMember extends At {
  readonly name: string;
  readonly t: TypeExpr;
  readonly optional?: true;
  readonly tags?: readonly DocTag[];
}
