/** Reading fields of JSON that nobody vouches for: every wish has a null for an answer. */

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object of one NDJSON line; null where it is none. */
export const parseObject = (text: string): JsonObject | null => {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
};

/** Text or null; empty text is null, numbers become text. */
export const textField = (value: unknown): string | null => {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
};

/** Values that are no strings become their JSON text; nulls are left out. */
export const stringMap = (value: unknown): Readonly<Record<string, string>> => {
  const map: Record<string, string> = {};
  if (!isObject(value)) return map;
  for (const [key, entry] of Object.entries(value)) {
    if (entry !== null && entry !== undefined) map[key] = typeof entry === 'string' ? entry : JSON.stringify(entry);
  }
  return map;
};
