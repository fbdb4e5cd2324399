/** The masker every log line goes through, with the user's own rules where a file holds some. */
import { readFileSync } from 'node:fs';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Masker } from '../../signals/logs/mask/masker.ts';
import type { CliWords } from '../words/words.ts';

export interface LoadedMasker {
  readonly masker: Masker;
  /** The rules as they stand in their file, for another thread; null where there are none. */
  readonly rules: string | null;
}

/** @throws `usage` AppError for a rules file that cannot be used */
export const loadMasker = async (rulesPath: string | null, words: CliWords): Promise<LoadedMasker> => {
  const { createMasker } = await import('../../signals/logs/mask/masker.ts');
  if (rulesPath === null) return { masker: createMasker(), rules: null };
  try {
    const { parseMaskRules } = await import('../../signals/logs/mask/user-rules.ts');
    const rules = readFileSync(rulesPath, 'utf8');
    return { masker: createMasker({ rules: parseMaskRules(rules) }), rules };
  } catch (error) {
    throw new AppError({ code: 'usage', message: words.badRules(rulesPath, messageOf(error)), hint: words.badRulesHint, cause: error });
  }
};
