/** Reading of untyped trees (JSON, YAML, converted text): every step may be missing. */

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path of property names, or undefined. */
export const at = (value: unknown, ...path: readonly string[]): unknown => {
  let current = value;
  for (const step of path) {
    if (!isObject(current) || !Object.hasOwn(current, step)) return undefined;
    current = current[step];
  }
  return current;
};

export const objectAt = (value: unknown, ...path: readonly string[]): JsonObject => {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
};

export const listAt = (value: unknown, ...path: readonly string[]): readonly unknown[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};

/** Text of a scalar; null when missing, empty or not a scalar. */
export const textAt = (value: unknown, ...path: readonly string[]): string | null => {
  const found = at(value, ...path);
  if (typeof found === 'string') return found === '' ? null : found;
  return typeof found === 'number' || typeof found === 'boolean' ? String(found) : null;
};

export const numberAt = (value: unknown, ...path: readonly string[]): number | null => {
  const found = at(value, ...path);
  if (typeof found === 'number') return Number.isFinite(found) ? found : null;
  return typeof found === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(found.trim()) ? Number(found) : null;
};

export const booleanAt = (value: unknown, ...path: readonly string[]): boolean | null => {
  const found = at(value, ...path);
  if (typeof found === 'boolean') return found;
  if (typeof found !== 'string') return null;
  const text = found.trim().toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : null;
};

/** A string-to-string map; null when the property is absent (an empty map is not the same as an unknown one). */
export const textMapAt = (value: unknown, ...path: readonly string[]): Readonly<Record<string, string>> | null => {
  const found = at(value, ...path);
  if (!isObject(found)) return null;
  return Object.fromEntries(Object.entries(found).map(([key, item]) => [key, typeof item === 'string' ? item : (JSON.stringify(item) ?? '')]));
};

/** Merges trees: `preferred` wins on every scalar and list, objects merge key by key, depth bounded. */
export const mergeTrees = (preferred: JsonObject, other: JsonObject, depth = 8): JsonObject => {
  const merged: Record<string, unknown> = { ...other };
  for (const [key, value] of Object.entries(preferred)) {
    if (value === undefined) continue;
    const old = merged[key];
    merged[key] = depth > 0 && isObject(value) && isObject(old) ? mergeTrees(value, old, depth - 1) : value;
  }
  return merged;
};
