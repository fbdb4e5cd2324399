/** The configuration file's `models` and the environment ► model settings. */
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { ModelSettings } from '../ports/model-settings.ts';
import { AppError, messageOf } from '../shared/errors.ts';
import { isObject } from '../shared/json-fields.ts';
import { modelSettingsOf } from './models.ts';

const DEFAULT_FILE = 'faultline.yaml';

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new AppError({ code: 'config_invalid', message: `cannot read ${path}: ${messageOf(error)}` });
  }
};

const treeOf = (path: string): unknown => {
  try {
    const tree: unknown = parse(readText(path));
    return isObject(tree) ? tree['models'] : undefined;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError({ code: 'config_invalid', message: `${path} is not YAML: ${messageOf(error).split('\n')[0] ?? ''}` });
  }
};

/**
 * From `path`, else the file FAULTLINE_CONFIG names, else ./faultline.yaml, else the FAULTLINE_LLM_* variables.
 * Null: no model is configured.
 * @throws AppError `config_invalid`
 */
export const loadModelSettings = (path: string | null = null, variables: Readonly<Record<string, string | undefined>> = process.env): ModelSettings | null => {
  const given = path ?? variables['FAULTLINE_CONFIG'] ?? null;
  const file = given ?? (existsSync(DEFAULT_FILE) ? DEFAULT_FILE : null);
  return modelSettingsOf(file === null ? undefined : treeOf(file), variables, readText);
};
