/** The text of a model ► a value that keeps to a schema. */
import type { z } from 'zod';
import { ModelError } from '../../ports/model-error.ts';

const MAX_CHARS = 200_000;

/** Models wrap JSON in fences and words; what counts goes from the first brace to the last. */
const jsonPart = (text: string): string => {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  return start < 0 || end < start ? '' : text.slice(start, end + 1);
};

/** @throws {ModelError} `model_invalid_output`, without the text in it */
export const parseAnswer = <T>(text: string, schema: z.ZodType<T>): T => {
  if (text.length > MAX_CHARS) throw new ModelError({ code: 'model_invalid_output', message: 'the answer is too long' });
  let value: unknown;
  try {
    value = JSON.parse(jsonPart(text));
  } catch {
    throw new ModelError({ code: 'model_invalid_output', message: 'the answer is not JSON' });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new ModelError({ code: 'model_invalid_output', message: `the answer does not keep to the schema${where === '' ? '' : ` at ${where.slice(0, 60)}`}` });
};
