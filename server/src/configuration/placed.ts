import { DomainFailure } from '@tocsin/schema/domain/errors';
import { ApiFailure } from '../errors.js';

/** What the promise is refused for, with its place in the file in front: `schedules[1].layers[0].startsOn`. */
export async function placed<T>(at: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DomainFailure && 'field' in error.error) {
      const field = placeOf(at, error.error.field);
      throw new DomainFailure({ ...error.error, field, message: error.message });
    }
    if (error instanceof ApiFailure && error.code === 'INVALID_INPUT') {
      throw new DomainFailure({
        code: 'INVALID_INPUT',
        field: placeOf(at, error.field ?? ''),
        message: error.message,
      });
    }
    throw error;
  }
}

/** The screens call what they send `input`, and the parts of a type its `definition`. */
function placeOf(at: string, field: string): string {
  if (field.startsWith(at)) return field;
  const within = field.replace(/^(input|definition)\.?/, '');
  return within === '' ? at : `${at}.${within}`;
}
