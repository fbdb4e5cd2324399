/** Options that every command takes. */
import { LANGUAGES } from '../../domain/language.ts';
import type { OptionSpec } from '../command.ts';

export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'lang', type: 'value', placeholder: 'LANG', values: LANGUAGES,
    summary: { en: 'language of texts (default: from LC_ALL or LANG)', ko: '출력 언어 (기본값: LC_ALL 또는 LANG)' },
  },
  {
    name: 'color', type: 'value', placeholder: 'WHEN', values: ['auto', 'always', 'never'],
    summary: { en: 'colours (default: auto; NO_COLOR is obeyed)', ko: '색상 사용 (기본값: auto, NO_COLOR를 따름)' },
  },
  { name: 'quiet', short: 'q', type: 'flag', summary: { en: 'print results and errors only', ko: '결과와 오류만 출력' } },
  { name: 'help', short: 'h', type: 'flag', summary: { en: 'show help', ko: '도움말 표시' } },
];

export const FORMAT_JSON: OptionSpec = {
  name: 'json', type: 'flag', summary: { en: 'short for --format json', ko: '--format json과 같음' },
};
