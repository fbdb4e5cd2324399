/** The configuration file and the environment ► settings of language models and telemetry. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import type { ModelSettings } from '../ports/model-settings.ts';
import type { TelemetrySettings } from '../ports/telemetry-settings.ts';
import { AppError, messageOf } from '../shared/errors.ts';
import { isObject, type JsonObject } from '../shared/json-fields.ts';
import { modelSettingsOf } from './models.ts';
import type { Variables } from './secret.ts';
import { telemetrySettingsOf } from './telemetry.ts';

export interface OpenFile {
  readonly path: string;
  /** As `chmod` writes it: `644`. */
  readonly mode: string;
}

export interface Configuration {
  /** Null: no model is configured. */
  readonly models: ModelSettings | null;
  /** Null: nothing is sent. */
  readonly telemetry: TelemetrySettings | null;
  /** The file it came from; null: variables alone. */
  readonly file: string | null;
  /** Files with secrets that others on this machine can read. */
  readonly openFiles: readonly OpenFile[];
}

const DEFAULT_FILE = 'faultline.yaml';
/** A key is short, a configuration a page or two. */
const MAX_BYTES = 1 << 20;
const OTHERS = 0o077;

const invalid = (message: string): AppError => new AppError({ code: 'config_invalid', message });

const readText = (path: string): string => {
  try {
    if (statSync(path).size > MAX_BYTES) throw invalid(`${path} is larger than ${MAX_BYTES} bytes`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw error instanceof AppError ? error : invalid(`cannot read ${path}: ${messageOf(error)}`);
  }
};

const treeOf = (path: string): JsonObject => {
  const text = readText(path);
  try {
    const tree: unknown = parse(text);
    return isObject(tree) ? tree : {};
  } catch (error) {
    throw invalid(`${path} is not YAML: ${messageOf(error).split('\n')[0] ?? ''}`);
  }
};

/** On Windows modes say nothing. */
const openFile = (path: string): OpenFile | null => {
  const mode = process.platform === 'win32' ? 0 : statSync(path).mode & 0o777;
  return (mode & OTHERS) === 0 ? null : { path, mode: mode.toString(8).padStart(3, '0') };
};

const SECRET_KEY = /^(?:api_key|secret_access_key|access_key_id|warn_webhook|page_webhook|headers)$/;
const MAX_DEPTH = 8;

/** A secret stands in the file itself rather than a reference to it. */
const holdsSecret = (tree: unknown, inside: boolean, depth = 0): boolean => {
  if (typeof tree === 'string') return inside && !/^(?:env|file):/.test(tree);
  return isObject(tree) && depth < MAX_DEPTH && Object.entries(tree).some(([key, value]) => holdsSecret(value, inside || SECRET_KEY.test(key), depth + 1));
};

/**
 * From `path`, else the file FAULTLINE_CONFIG names, else ./faultline.yaml, else variables alone. `file:` paths are relative to
 * the configuration file.
 * @throws AppError `config_invalid`
 */
export const loadConfiguration = (path: string | null = null, variables: Variables = process.env): Configuration => {
  const given = path ?? variables['FAULTLINE_CONFIG'] ?? null;
  const file = given ?? (existsSync(DEFAULT_FILE) ? DEFAULT_FILE : null);
  const tree: JsonObject = file === null ? {} : treeOf(file);
  const openFiles = new Map<string, OpenFile>();
  const note = (secretFile: string): void => {
    const open = openFile(secretFile);
    if (open !== null) openFiles.set(secretFile, open);
  };
  const readSecretFile = (name: string): string => {
    const secretFile = file === null ? name : resolve(dirname(file), name);
    const text = readText(secretFile);
    note(secretFile);
    return text;
  };
  const models = modelSettingsOf(tree['models'], variables, readSecretFile);
  const telemetry = telemetrySettingsOf(tree['telemetry'], variables, readSecretFile);
  if (file !== null && holdsSecret(tree, false)) note(file);
  return { models, telemetry, file, openFiles: [...openFiles.values()] };
};
