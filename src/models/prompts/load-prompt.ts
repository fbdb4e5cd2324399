/** Prompts are text files with a version, so that a change of wording is a change one can see, test and compare. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { MODEL_TASKS } from '../../ports/language-model.ts';
import { AppError } from '../../shared/errors.ts';
import { fingerprint } from '../../shared/hash.ts';

const Header = z.strictObject({
  name: z.string().regex(/^[a-z][a-z-]*$/),
  version: z.int().min(1),
  purpose: z.string().min(1),
  task: z.enum(MODEL_TASKS),
  max_output_tokens: z.int().min(1).max(32_000),
  /** The fixed text alone, in tokens: its test holds it to that. */
  max_prompt_tokens: z.int().min(1),
  /** What has to be filled in, and whether it is data (in the user message only) or a setting. */
  variables: z.record(z.string().regex(/^[a-z_]+$/), z.enum(['data', 'setting'])),
});

export interface Prompt {
  readonly name: string;
  readonly version: number;
  /** Of the whole file. */
  readonly hash: string;
  readonly task: z.infer<typeof Header>['task'];
  readonly maxOutputTokens: number;
  readonly maxPromptTokens: number;
  readonly variables: Readonly<Record<string, 'data' | 'setting'>>;
  readonly system: string;
  readonly user: string;
}

export interface RenderedPrompt {
  readonly prompt: Prompt;
  readonly system: string;
  readonly user: string;
}

const invalid = (name: string, why: string): AppError => new AppError({ code: 'prompt_invalid', message: `prompt ${name}: ${why}` });

const PLACEHOLDER = /\{\{([a-z_]+)\}\}/g;
const placeholdersOf = (text: string): readonly string[] => [...text.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '');

/** @throws AppError `prompt_invalid` */
export const parsePrompt = (name: string, text: string): Prompt => {
  const match = /^---\n([\s\S]*?)\n---\n+# system\n([\s\S]*?)\n# user\n([\s\S]*)$/.exec(text);
  if (match === null) throw invalid(name, 'wants a header, "# system" and "# user"');
  const header = Header.safeParse(parse(match[1] ?? ''));
  if (!header.success) throw invalid(name, header.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  const [system, user] = [(match[2] ?? '').trim(), (match[3] ?? '').trim()];
  const { variables } = header.data;
  if (header.data.name !== name) throw invalid(name, `calls itself ${header.data.name}`);
  for (const used of placeholdersOf(system)) if (variables[used] !== 'setting') throw invalid(name, `{{${used}}} is no setting: instructions hold no data`);
  for (const used of placeholdersOf(user)) if (variables[used] === undefined) throw invalid(name, `{{${used}}} is not declared`);
  return {
    name, version: header.data.version, hash: fingerprint(text), task: header.data.task, maxOutputTokens: header.data.max_output_tokens,
    maxPromptTokens: header.data.max_prompt_tokens, variables, system, user,
  };
};

export type PromptLoader = (name: string) => Prompt;

/** From `<folder>/<name>/prompt.md`, read once. */
export const promptLoader = (folder: string): PromptLoader => {
  const loaded = new Map<string, Prompt>();
  return (name) => {
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const path = join(folder, name, 'prompt.md');
    if (!existsSync(path)) throw invalid(name, `${path} does not exist`);
    const prompt = parsePrompt(name, readFileSync(path, 'utf8').replaceAll('\r\n', '\n'));
    loaded.set(name, prompt);
    return prompt;
  };
};

/** One pass: what a value holds is never looked at for placeholders. */
export const renderPrompt = (prompt: Prompt, values: Readonly<Record<string, string>>): RenderedPrompt => {
  const missing = Object.keys(prompt.variables).filter((name) => values[name] === undefined);
  const unknown = Object.keys(values).filter((name) => prompt.variables[name] === undefined);
  if (missing.length + unknown.length > 0) throw invalid(prompt.name, `missing ${missing.join(', ') || 'nothing'}, unknown ${unknown.join(', ') || 'nothing'}`);
  const fill = (text: string): string => text.replaceAll(PLACEHOLDER, (_, name: string) => values[name] ?? '');
  return { prompt, system: fill(prompt.system), user: fill(prompt.user) };
};
