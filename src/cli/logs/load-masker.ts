/** The masker every log line goes through, with the user's own rules where a file holds some. */
import { readFileSync } from 'node:fs';
import { AppError, messageOf } from '../../shared/errors.ts';
import { createMasker, type Masker } from '../../signals/logs/mask/masker.ts';
import { parseMaskRules } from '../../signals/logs/mask/user-rules.ts';
import type { CliWords } from '../words/words.ts';

/** @throws `usage` AppError for a rules file that cannot be used */
export const loadMasker = (rulesPath: string | null, words: CliWords): Masker => {
  if (rulesPath === null) return createMasker();
  try {
    return createMasker({ rules: parseMaskRules(readFileSync(rulesPath, 'utf8')) });
  } catch (error) {
    throw new AppError({ code: 'usage', message: words.badRules(rulesPath, messageOf(error)), hint: words.badRulesHint, cause: error });
  }
};
