/** The masker every log line goes through, with the user's own rules where a file holds some. */
import { readFileSync } from 'node:fs';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Masker } from '../../signals/logs/mask/masker.ts';
import type { CliWords } from '../words/words.ts';

/** @throws `usage` AppError for a rules file that cannot be used */
export const loadMasker = async (rulesPath: string | null, words: CliWords): Promise<Masker> => {
  const { createMasker } = await import('../../signals/logs/mask/masker.ts');
  if (rulesPath === null) return createMasker();
  try {
    const { parseMaskRules } = await import('../../signals/logs/mask/user-rules.ts');
    return createMasker({ rules: parseMaskRules(readFileSync(rulesPath, 'utf8')) });
  } catch (error) {
    throw new AppError({ code: 'usage', message: words.badRules(rulesPath, messageOf(error)), hint: words.badRulesHint, cause: error });
  }
};
