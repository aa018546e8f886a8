import { VisavisError } from '../../shared/VisavisError.js';
import type { Field } from './Field.js';
import type { ProtobufSource } from './ProtobufSource.js';

/** The fields of a message's type, by the names that its values get. */
export type FieldTable = ReadonlyMap<string, Field<unknown>>;

/**
 * Reads messages with the given fields; those that the table does not know are skipped.
 * @returns a function that throws VisavisError `import-failed` that names the byte
 */
export function readFields(fields: FieldTable): (source: ProtobufSource) => Record<string, unknown> {
  const byNumber = new Map([...fields].map(([key, field]) => [field.number, { key, field }]));
  return (source) => {
    const values: Record<string, unknown> = {};
    for (const [key, field] of fields) values[key] = field.missing();
    try {
      while (!source.ended) {
        const [number, wire] = source.tag();
        const known = byNumber.get(number);
        if (known === undefined) source.skip(wire);
        else values[known.key] = known.field.read(source, wire, values[known.key]);
      }
    } catch (error) {
      if (error instanceof VisavisError) throw error;
      throw source.broken(`stands what cannot be read (${error instanceof Error ? error.message : String(error)})`, error);
    }
    return values;
  };
}
