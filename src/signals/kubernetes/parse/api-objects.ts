/** `kubectl get -o json|yaml`: single objects, lists, multi-document streams, also cut off in the middle. */
import { parseAllDocuments } from 'yaml';
import { at, isObject, listAt, textAt, type JsonObject } from './json-value.ts';
import type { KubeObject, PrintedFile } from './kube-object.ts';

export interface ApiRead {
  readonly objects: readonly KubeObject[];
  /** Why something could not be read, in words; null when all was read. */
  readonly problem: string | null;
}

const MAX_OBJECTS = 50_000;
/** The YAML parser reads about a megabyte a second, JSON's a hundred: more than this belongs into `-o json`. */
const MAX_YAML_CHARS = 3_000_000;

/** Exporters cut events down to what they tell, without kind and metadata: the object they are about and a reason remain. */
const isEvent = (item: JsonObject): boolean => {
  const kind = textAt(item, 'kind');
  if (kind !== null) return kind === 'Event';
  return textAt(item, 'reason') !== null && isObject(at(item, 'involvedObject') ?? at(item, 'regarding'));
};

const objectOf = (item: JsonObject, file: string): KubeObject | null => {
  const namespace = textAt(item, 'metadata', 'namespace');
  if (!isEvent(item)) {
    const kind = textAt(item, 'kind');
    const name = textAt(item, 'metadata', 'name');
    return kind === null || name === null ? null : { kind, namespace, name, body: item, form: 'api', file };
  }
  const about = at(item, 'involvedObject') ?? at(item, 'regarding');
  const message = textAt(item, 'message') ?? textAt(item, 'note') ?? '';
  const eventName = `${textAt(about, 'kind') ?? ''}/${textAt(about, 'name') ?? ''}/${textAt(item, 'reason') ?? ''}:${message}`;
  return { kind: 'Event', namespace: textAt(about, 'namespace') ?? namespace, name: eventName, body: item, form: 'api', file };
};

/** Items of a `PodList` need not repeat their kind. */
const withKind = (item: unknown, kind: string): unknown => (isObject(item) && at(item, 'kind') === undefined ? { ...item, kind } : item);

/** Objects of a value: itself, or the items of a List, nested lists included to a bounded depth. */
const objectsOf = (value: unknown, file: string, depth = 3): readonly KubeObject[] => {
  if (Array.isArray(value)) return depth === 0 ? [] : value.slice(0, MAX_OBJECTS).flatMap((item) => objectsOf(item, file, depth - 1));
  if (!isObject(value)) return [];
  const kind = textAt(value, 'kind');
  if (Array.isArray(at(value, 'items')) && (kind === null || kind.endsWith('List'))) {
    const itemKind = kind === null || kind === 'List' ? null : kind.slice(0, -4);
    const items = listAt(value, 'items');
    return depth === 0 ? [] : objectsOf(itemKind === null ? items : items.map((item) => withKind(item, itemKind)), file, depth - 1);
  }
  const object = objectOf(value, file);
  return object === null ? [] : [object];
};

/** End (exclusive) of the balanced JSON object that begins at `start`; -1 when it is cut off. */
const endOfObject = (text: string, start: number): number => {
  let depth = 0;
  let quoted = false;
  for (let index = start; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (quoted) {
      if (char === 92) index++;
      else if (char === 34) quoted = false;
    } else if (char === 34) quoted = true;
    else if (char === 123) depth++;
    else if (char === 125 && --depth === 0) return index + 1;
  }
  return -1;
};

const tryJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** The complete items of a cut-off `{"items": [ … `. */
const salvageJson = (text: string, file: string): readonly KubeObject[] => {
  const objects: KubeObject[] = [];
  const items = text.indexOf('"items"');
  let from = items < 0 ? 0 : text.indexOf('[', items);
  while (from >= 0 && objects.length < MAX_OBJECTS) {
    const start = text.indexOf('{', from);
    const end = start < 0 ? -1 : endOfObject(text, start);
    if (end < 0) break;
    objects.push(...objectsOf(tryJson(text.slice(start, end)), file));
    from = end;
  }
  return objects;
};

export const readJson = (printed: PrintedFile): ApiRead => {
  const value = tryJson(printed.text);
  if (value !== undefined) return { objects: objectsOf(value, printed.file), problem: null };
  const objects = salvageJson(printed.text, printed.file);
  return { objects, problem: `${printed.file}: JSON is cut off or malformed; ${objects.length} whole objects were read` };
};

const yamlValues = (text: string): { values: readonly unknown[]; broken: boolean } => {
  let broken = false;
  const values: unknown[] = [];
  try {
    for (const document of parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false, prettyErrors: false })) {
      if ('errors' in document && document.errors.length > 0) broken = true;
      if ('toJS' in document) values.push(document.toJS({ maxAliasCount: 100 }) as unknown);
    }
  } catch {
    broken = true;
  }
  return { values, broken };
};

/** The whole items of a cut-off YAML list: each begins with `- ` at the indentation of the first. */
const salvageYaml = (text: string, file: string): readonly KubeObject[] => {
  const parts = text.split(/\n(?=- apiVersion:|-\s+kind:|---\s*\n)/).slice(0, MAX_OBJECTS);
  return parts.flatMap((part) => objectsOf(yamlValues(part).values, file));
};

export const readYaml = (printed: PrintedFile): ApiRead => {
  const text = printed.text.slice(0, MAX_YAML_CHARS);
  const { values, broken } = yamlValues(text);
  const objects = objectsOf(values, printed.file);
  if (!broken && text.length === printed.text.length) return { objects, problem: null };
  const saved = objects.length > 0 ? objects : salvageYaml(text, printed.file);
  if (text.length < printed.text.length)
    return {
      objects: saved,
      problem: `${printed.file}: only the first ${MAX_YAML_CHARS} characters of YAML were read (${saved.length} objects); -o json has no such limit`,
    };
  return { objects: saved, problem: `${printed.file}: YAML is cut off or malformed; ${saved.length} objects were read` };
};
