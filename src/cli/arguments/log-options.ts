/** Options shared by commands that read logs, and their values. */
import { LOG_LEVELS, type LogLevel } from '../../domain/severity.ts';
import type { OptionSpec, ParsedArguments } from '../command.ts';
import { valueOf } from '../command.ts';
import type { CliWords } from '../words/words.ts';
import { usageError } from './parse.ts';
import { suggest } from './suggest.ts';

export const TIMEZONE: OptionSpec = {
  name: 'timezone', type: 'value', placeholder: 'ZONE',
  summary: { en: 'zone of times that name none, here and in the logs: Asia/Seoul, KST, +09:00 (default: UTC)', ko: '시간대가 없는 시각의 시간대 (인자와 로그 모두): Asia/Seoul, KST, +09:00 (기본값: UTC)' },
};
export const SERVICE: OptionSpec = {
  name: 'service', type: 'value', placeholder: 'NAME', multiple: true,
  summary: { en: 'only events of this service', ko: '이 서비스의 이벤트만' },
};
export const LEVEL: OptionSpec = {
  name: 'level', short: 'l', type: 'value', placeholder: 'LEVEL',
  summary: { en: 'only events at this level or above: trace, debug, info, warn, error, fatal (the first letter will do)', ko: '이 수준 이상의 이벤트만: trace, debug, info, warn, error, fatal (첫 글자도 가능)' },
};
export const SINCE: OptionSpec = {
  name: 'since', type: 'value', placeholder: 'TIME',
  summary: { en: 'only events from this time on: -3h, yesterday, 09:10, "Jun 19 11:22", RFC 3339', ko: '이 시각부터의 이벤트만: -3h, yesterday, 09:10, "Jun 19 11:22", RFC 3339' },
};
export const UNTIL: OptionSpec = {
  name: 'until', type: 'value', placeholder: 'TIME',
  summary: { en: 'only events before this time; +10m counts from --since', ko: '이 시각 이전의 이벤트만, +10m은 --since부터' },
};
export const RULES: OptionSpec = {
  name: 'rules', type: 'value', placeholder: 'FILE', file: true,
  summary: { en: 'more masking rules of your own', ko: '추가할 사용자 마스킹 규칙' },
};
export const OUTPUT: OptionSpec = {
  name: 'output', short: 'o', type: 'value', placeholder: 'FILE', file: true,
  summary: { en: 'write to a file; its ending (.html, .md, .json) chooses the format', ko: '파일에 쓰기, 확장자(.html, .md, .json)로 형식 결정' },
};

const LEVEL_WORDS: Readonly<Record<string, LogLevel>> = { warning: 'WARN', err: 'ERROR', critical: 'FATAL', information: 'INFO' };

/** A level by name, other common name or first letter; case does not matter. */
export const parseLevel = (parsed: ParsedArguments, words: CliWords): LogLevel | null => {
  const text = valueOf(parsed, 'level');
  if (text === null) return null;
  const lower = text.toLowerCase();
  const found = LOG_LEVELS.find((level) => level.toLowerCase() === lower || level[0]?.toLowerCase() === lower) ?? LEVEL_WORDS[lower];
  if (found !== undefined) return found;
  const names = LOG_LEVELS.map((level) => level.toLowerCase());
  const near = suggest(lower, names);
  throw usageError(words.badValue('--level', text), near === null ? words.allowedValues(names) : words.didYouMean(near));
};
