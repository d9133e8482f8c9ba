import { type GraphQLSchema, isEnumType, isObjectType } from 'graphql';
import { alertTypes } from './alerts.js';
import { operations } from './operations.js';
import { peopleTypes } from './people.js';
import { processTypes } from './process.js';
import { enumValues } from './values.js';

const types = { ...alertTypes, ...peopleTypes, ...processTypes };

interface Described {
  description?: string | null | undefined;
}

/**
 * Says what each type, root field and enum value is that does not say so beside its class.
 * @throws Error for a description of what there is not, or of what has one already
 */
export function describeSchema(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, text] of Object.entries(types)) describe(name, schema.getType(name), text);
  for (const [name, text] of Object.entries({ ...operations, ...enumValues })) {
    const [typeName = '', part = ''] = name.split('.');
    const type = schema.getType(typeName);
    if (isObjectType(type)) describe(name, type.getFields()[part], text);
    else describe(name, isEnumType(type) ? type.getValue(part) : null, text);
  }
  return schema;
}

function describe(name: string, what: Described | null | undefined, text: string): void {
  if (what == null) throw new Error(`There is no ${name} to describe.`);
  if (what.description != null && what.description !== text) throw new Error(`${name} is described twice.`);
  what.description = text;
}
