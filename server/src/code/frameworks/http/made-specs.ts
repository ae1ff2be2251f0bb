/**
 * Specifications that a program makes: swagger-jsdoc gathers one from the comments of the source, and one that is
 * written as an object is shown by swagger-ui-express.
 */

import type { Gathering, WrittenNode } from '../../../contract/annotated.ts';
import { collection, type UnknownReason } from '../../../contract/knowledge.ts';
import type { Span } from '../../../contract/span.ts';
import { insideDocument, isLoaded } from '../../evaluate/documents.ts';
import { placeAt } from '../../evaluate/files.ts';
import { getMember } from '../../evaluate/members.ts';
import { read, type FrameworkModel, type Run } from '../../evaluate/run.ts';
import { fixedText } from '../../evaluate/text-parts.ts';
import { placeOf, type ObjectValue, type Site, type TextValue, type Value } from '../../evaluate/values.ts';

/** Nesting of schemas in a definition; values of a program can lead in circles. */
const maxDepth = 40;

/** A call of it, and how to say what it gathers: when the program has done all that it does with the result. */
export interface GatheringCall {
  readonly at: Span;
  /** What it begins with, each time that it is reached: its result is the same specification once more. */
  readonly definitions: Value[];
  readonly tell: () => Gathering;
}

/** Notes a call: each call site once, however often it is reached. */
export function noteSpec(
  calls: GatheringCall[],
  run: Run,
  definition: Value,
  patterns: Gathering['patterns'],
  site: Site,
): void {
  const known = calls.find(({ at }) => at.file === site.at.file && at.start === site.at.start);
  if (known) {
    known.definitions.push(definition);
    return;
  }
  calls.push({
    at: site.at,
    definitions: [definition],
    tell: () => ({ at: site.at, definition: written(run, definition, site, 0), patterns }),
  });
}

export function specsOfPrograms(calls: GatheringCall[]): FrameworkModel {
  const isKnown = ({ props }: ObjectValue): boolean =>
    calls.some(({ definitions }) => definitions.some((one) => one.t === 'object' && one.props === props));
  return {
    external(run, value, _how, [given], site) {
      if (value.args || !given) return undefined;
      if (value.module === 'swagger-jsdoc' && value.path.length === 0) {
        const option = (name: string): Value => getMember(run, given, name, site);
        const [current, older] = [option('definition'), option('swaggerDefinition')];
        const definition = current.t === 'undefined' ? older : current;
        noteSpec(calls, run, definition, patternsOf(run, option('apis'), site), site);
        // The result is the definition itself, with what was gathered in it: what the program adds to it belongs there.
        return definition.t === 'object' ? { ...definition, open: true } : undefined;
      }
      const isPage = value.module === 'swagger-ui-express' && value.path.at(-1) === 'setup';
      if (isPage && given.t === 'object' && !isKnown(given) && isWrittenSpec(given))
        noteSpec(calls, run, given, collection<string>([]), site);
      return undefined;
    },
  };
}

/** An object of the program, and not a document that it loads. */
function isWrittenSpec({ props, at }: ObjectValue): boolean {
  return (
    !/\.(?:json|ya?ml)$/i.test(at.file) &&
    props.has('paths') &&
    (props.has('openapi') || props.has('swagger'))
  );
}

/** Patterns are relative to where the server is started: the folder of its package. */
function patternsOf(run: Run, apis: Value, site: Site): Gathering['patterns'] {
  const gaps: UnknownReason[] = [];
  const lose = (at: Span): void => {
    gaps.push({ why: 'dynamic', what: 'which files the specification is gathered from', at });
  };
  if (apis.t !== 'array') {
    lose(placeOf(apis) ?? site.at);
    return collection<string>([], gaps);
  }
  if (apis.open) lose(apis.at);
  const patterns = apis.items.flatMap((item) => {
    const pattern = fixedText(item);
    const place = pattern === undefined ? undefined : placeAt(run, pattern, site.file);
    if (place === undefined) lose(placeOf(item) ?? apis.at);
    return place ?? [];
  });
  return collection(patterns, gaps);
}

/** A value of the program as a document has it. */
function written(run: Run, value: Value, site: Site, depth: number): WrittenNode {
  const at = placeOf(value) ?? site.at;
  const lost = (): WrittenNode => ({
    kind: 'unknown',
    reason: value.t === 'unknown' ? value.reason : { why: 'dynamic', what: 'part of a specification', at },
    at,
  });
  if (depth > maxDepth) return lost();
  switch (value.t) {
    case 'text':
      return { kind: 'scalar', value: textOf(value), at };
    case 'number':
    case 'boolean':
      return { kind: 'scalar', value: value.value, at };
    case 'null':
      return { kind: 'scalar', value: null, at };
    case 'array':
      return {
        kind: 'seq',
        items: value.items.map((item) => written(run, item, site, depth + 1)),
        open: value.open,
        at,
      };
    case 'object': {
      if (value.cls) return lost();
      const entries = [...value.props].flatMap(([key, cell]) => {
        const item = read(run, cell);
        return item.t === 'undefined' ? [] : [{ key, value: written(run, item, site, depth + 1) }];
      });
      return { kind: 'map', entries, open: value.open, at };
    }
    case 'external': {
      const inside = isLoaded(value) ? insideDocument(run, value) : undefined;
      return inside ? written(run, inside, site, depth + 1) : lost();
    }
    default:
      return lost();
  }
}

/** What is not known of an address is a variable of it. */
function textOf({ parts }: TextValue): string {
  return parts.map((part) => ('text' in part ? part.text : '{unknown}')).join('');
}
