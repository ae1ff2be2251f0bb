/** Words of schemas: JSON Schema, as each version of OpenAPI takes it in. */

import { deprecated } from './document.ts';
import {
  amount,
  any,
  either,
  field,
  flag,
  list,
  map,
  object,
  oneOf,
  text,
  word,
  type Field,
  type Kind,
  type ObjectWords,
} from './model.ts';

const schema = object('schema');
const type = oneOf(
  ['object', 'Properties with names.'],
  ['string', 'Text; `format` may say more.'],
  ['integer', 'A whole number.'],
  ['number', 'A number.'],
  ['boolean', '`true` or `false`.'],
  ['array', 'A list; `items` says of what.'],
  ['null', 'Nothing; beside another type it makes that one nullable.', '3.1+'],
);

/** Keywords that count for values of one type only. */
function of(types: readonly string[], value: Field['value'], doc: string, more: Partial<Field> = {}): Field {
  return field(value, doc, { ...more, when: { key: 'type', is: types } });
}

const texts = ['string'];
const numbers = ['number', 'integer'];
const lists = ['array'];
const objects = ['object'];

export const schemaWords = {
  schema: {
    title: 'Schema Object',
    anchor: 'schema-object',
    doc: 'What values look like.',
    in: '',
    refs: '',
    fields: {
      type: field(
        either(type, list(type)),
        'The type of the value; from 3.1 on several types in a list are possible.',
      ),
      title: field(text, 'A name for readers.'),
      description: field(text, 'What the value means. CommonMark.'),
      format: field(
        word('format'),
        'A finer type, such as `date-time` or `int64`. Most tools treat it as a hint.',
      ),
      properties: of(
        objects,
        map(schema, 'property'),
        'The properties of the object by their names. None is required unless `required` lists it.',
      ),
      required: of(objects, list(word('propertyName')), 'The names of properties that must be there.'),
      additionalProperties: of(
        objects,
        either(flag, schema),
        'What other properties may be: any (`true`), none (`false`), or those of a schema.',
      ),
      items: of(lists, schema, 'What each element of the list is.'),
      enum: field(list(any), 'All values that are possible.'),
      const: field(any, 'The only value that is possible.', { in: '3.1+' }),
      default: field(any, 'The value that counts where none is sent.'),
      example: field(any, 'An example. From 3.1 on `examples` is preferred.'),
      examples: field(list(any), 'Examples.', { in: '3.1+' }),
      nullable: field(flag, 'May it be `null`? Counts only beside `type`.', { in: '3.0' }),
      readOnly: field(flag, 'Only in answers; a request must not send it.'),
      writeOnly: field(flag, 'Only in requests, such as a password; an answer never has it.', { in: '3' }),
      deprecated,
      allOf: field(list(schema), 'The value fits all of these.'),
      oneOf: field(list(schema), 'The value fits exactly one of these.', { in: '3' }),
      anyOf: field(list(schema), 'The value fits one or more of these.', { in: '3' }),
      not: field(schema, 'The value does not fit this.', { in: '3' }),
      discriminator: field(
        either(object('discriminator'), word('propertyName')),
        'The property whose value says which of several schemas counts.',
      ),
      minLength: of(texts, amount, 'Characters at least.'),
      maxLength: of(texts, amount, 'Characters at most.'),
      pattern: of(
        texts,
        text,
        'A regular expression (ECMA-262) that the text has a match for. It may match in the middle: `^` and `$` tie it to the ends.',
      ),
      minimum: of(numbers, amount, 'The least number.'),
      maximum: of(numbers, amount, 'The greatest number.'),
      exclusiveMinimum: of(
        numbers,
        either(amount, flag),
        'The number is greater: than this from 3.1 on, before that a flag beside `minimum`.',
      ),
      exclusiveMaximum: of(
        numbers,
        either(amount, flag),
        'The number is less: than this from 3.1 on, before that a flag beside `maximum`.',
      ),
      multipleOf: of(numbers, amount, 'The number is a multiple of this.'),
      minItems: of(lists, amount, 'Elements at least.'),
      maxItems: of(lists, amount, 'Elements at most.'),
      uniqueItems: of(lists, flag, 'No two elements are the same.'),
      prefixItems: of(lists, list(schema), 'What the first elements are, one after the other.', {
        in: '3.1+',
      }),
      contains: of(lists, schema, 'At least one element fits this.', { in: '3.1+' }),
      minContains: of(lists, amount, 'How many elements fit `contains` at least.', { in: '3.1+' }),
      maxContains: of(lists, amount, 'How many elements fit `contains` at most.', { in: '3.1+' }),
      unevaluatedItems: of(
        lists,
        either(flag, schema),
        'What elements are that no other keyword looked at.',
        { in: '3.1+' },
      ),
      minProperties: of(objects, amount, 'Properties at least.'),
      maxProperties: of(objects, amount, 'Properties at most.'),
      patternProperties: of(objects, map(schema), 'Properties whose names match a regular expression.', {
        in: '3.1+',
      }),
      propertyNames: of(objects, schema, 'What the names of properties are.', { in: '3.1+' }),
      dependentRequired: of(
        objects,
        map(list(word('propertyName'))),
        'Properties that must be there if another one is.',
        { in: '3.1+' },
      ),
      dependentSchemas: of(objects, map(schema), 'What counts if a property is there.', { in: '3.1+' }),
      unevaluatedProperties: of(
        objects,
        either(flag, schema),
        'What properties are that no other keyword looked at. `false` closes an object that is put together with `allOf`.',
        { in: '3.1+' },
      ),
      if: field(schema, 'Where the value fits this, `then` counts, else `else`.', { in: '3.1+' }),
      then: field(schema, 'Counts where the value fits `if`.', { in: '3.1+' }),
      else: field(schema, 'Counts where the value does not fit `if`.', { in: '3.1+' }),
      contentMediaType: of(texts, word('mediaType'), 'The media type of what the text holds.', {
        in: '3.1+',
      }),
      contentEncoding: of(
        texts,
        oneOf(['base64', 'RFC 4648 section 4.'], ['base64url', 'RFC 4648 section 5.']),
        'How bytes are written as text.',
        { in: '3.1+' },
      ),
      contentSchema: of(texts, schema, 'What the text holds looks like.', { in: '3.1+' }),
      xml: field(object('xml'), 'How the value is written as XML.'),
      externalDocs: field(object('externalDocs'), 'Further documentation elsewhere.'),
      $defs: field(map(schema), 'Schemas for references from within.', { in: '3.1+' }),
      $id: field(text, 'The URI of the schema.', { in: '3.1+' }),
      $schema: field(text, 'The dialect of JSON Schema that it is written in.', { in: '3.1+' }),
      $anchor: field(text, 'A name for references such as `#name`.', { in: '3.1+' }),
      $dynamicRef: field(text, 'A reference to the outermost `$dynamicAnchor` of that name.', { in: '3.1+' }),
      $dynamicAnchor: field(text, 'A name for `$dynamicRef`.', { in: '3.1+' }),
      $comment: field(text, 'A remark for whoever maintains the schema.', { in: '3.1+' }),
      $vocabulary: field(map(flag), 'The vocabularies of a meta-schema.', { in: '3.1+' }),
    },
  },
  discriminator: {
    title: 'Discriminator Object',
    anchor: 'discriminator-object',
    doc: 'Says by a property which of several schemas counts.',
    in: '3',
    fields: {
      propertyName: field(word('propertyName'), 'The property whose value decides. It must be required.', {
        required: '',
      }),
      mapping: field(
        map(word('mapping')),
        'Which value means which schema, where it is not the name of the schema.',
      ),
      defaultMapping: field(
        word('mapping'),
        'The schema that counts where the value is missing or unknown.',
        { in: '3.2+' },
      ),
    },
  },
  xml: {
    title: 'XML Object',
    anchor: 'xml-object',
    doc: 'How a value is written as XML.',
    in: '',
    fields: {
      nodeType: field(
        oneOf(
          ['element', 'An element.'],
          ['attribute', 'An attribute.'],
          ['text', 'Text.'],
          ['cdata', 'A CDATA section.'],
          ['none', 'Nothing of its own.'],
        ),
        'What kind of node it is.',
        { in: '3.2+' },
      ),
      name: field(text, 'The name of the element or attribute.'),
      namespace: field(text, 'The URI of the namespace.'),
      prefix: field(text, 'The prefix of the name.'),
      attribute: field(flag, 'An attribute instead of an element.'),
      wrapped: field(flag, 'A list gets an element around it.'),
    },
  },
} as const satisfies Partial<Record<Kind, ObjectWords>>;
