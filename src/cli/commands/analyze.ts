/** `faultline analyze`: logs in, a digest out. */
import { existsSync } from 'node:fs';
import type { TimeWindow } from '../../domain/time.ts';
import { AppError } from '../../shared/errors.ts';
import { FORMAT_JSON } from '../arguments/global-options.ts';
import { LEVEL, OUTPUT, parseLevel, RULES, SERVICE, SINCE, TIMEZONE, UNTIL } from '../arguments/log-options.ts';
import { parseArguments, usageError } from '../arguments/parse.ts';
import { parseBaselineRange, parseTimeRange, parseZone } from '../arguments/time-range.ts';
import { type Command, type CommandContext, type CommandSpec, type ParsedArguments, valueOf } from '../command.ts';
import { EXIT_OK, EXIT_UNREADABLE } from '../exit-codes.ts';
import { expandPaths, type InputList } from '../input/expand-paths.ts';
import { isCapsule } from '../input/find-capsule.ts';
import type { LogRequest } from '../logs/read-logs.ts';
import { type CliWords, wordsFor } from '../words/words.ts';

const FORMATS = ['terminal', 'markdown', 'json', 'html'] as const;
type Format = (typeof FORMATS)[number];

const SPEC: CommandSpec = {
  name: 'analyze',
  operands: '[CAPSULE|PATH…|-]',
  summary: { en: 'Find the incidents in logs and show what happened', ko: '로그에서 장애를 찾아 무슨 일이 있었는지 보여 줍니다' },
  description: [
    {
      en: 'A capsule (a directory or archive with capsule.json) is diagnosed from all of its signals. Otherwise PATH is a file, a directory (read with everything below it) or a glob; - is standard input. Formats, encodings and compression (.gz, .zst) are found by looking. Secrets and personal data are masked before anything else sees a line.',
      ko: '캡슐(capsule.json이 있는 디렉터리나 압축 파일)은 모든 신호로 진단합니다. 그 밖의 PATH는 파일, 디렉터리(하위 포함), 글롭이며 -는 표준 입력입니다. 형식, 인코딩, 압축(.gz, .zst)은 내용을 보고 알아냅니다. 비밀 정보와 개인 정보는 가장 먼저 가려집니다.',
    },
    {
      en: 'Times: -3h, 90m and "2 days ago" count back from now; 09:10 and "Jun 19 11:22" mean the latest such time that is not in the future; times without a zone are in --timezone. --until may be +10m, counted from --since. A range is half open: --until itself is left out.',
      ko: '시각: -3h, 90m, "2 days ago"는 지금부터 거꾸로 셉니다. 09:10, "Jun 19 11:22"는 미래가 아닌 가장 최근 시각입니다. 시간대가 없으면 --timezone을 따릅니다. --until은 --since부터 세는 +10m도 됩니다. --until 시각 자체는 포함되지 않습니다.',
    },
  ],
  options: [
    SINCE,
    UNTIL,
    {
      name: 'baseline', type: 'value', placeholder: 'PATH|RANGE', file: true,
      summary: {
        en: 'a normal time to compare with: a file, directory or glob, or a range A..B inside the logs (default: the earlier part)',
        ko: '비교할 정상 시간: 파일, 디렉터리, 글롭 또는 로그 안의 범위 A..B (기본값: 앞부분)',
      },
    },
    SERVICE,
    LEVEL,
    TIMEZONE,
    RULES,
    { name: 'format', short: 'f', type: 'value', placeholder: 'FORMAT', values: FORMATS, summary: { en: 'how to write the digest (default: terminal)', ko: '출력 형식 (기본값: terminal)' } },
    FORMAT_JSON,
    OUTPUT,
    { name: 'llm', type: 'flag', summary: { en: 'let the configured language model word the result; causes, ranks and confidence stay', ko: '설정된 언어 모델로 결과를 표현합니다. 원인, 순위, 신뢰도는 그대로입니다' } },
  ],
  examples: [
    { command: 'faultline analyze /var/log/app', summary: { en: 'Everything below a directory', ko: '디렉터리 전체' } },
    { command: "faultline analyze 'logs/*.gz' --since 'yesterday 14:00' --until 15:00", summary: { en: 'One hour of yesterday, from compressed files', ko: '압축 파일에서 어제의 한 시간' } },
    { command: 'kubectl logs deploy/orders --since=1h | faultline analyze -', summary: { en: 'From a pipe', ko: '파이프로 넘기기' } },
    { command: 'faultline analyze capsules/payment-2024-12-20', summary: { en: 'A capsule: the root cause from logs, metrics, traces and changes', ko: '캡슐: 로그, 지표, 추적, 변경에서 근본 원인 찾기' } },
    { command: 'faultline analyze today.log --baseline yesterday.log', summary: { en: 'What is new against a normal day', ko: '정상적인 날과 비교' } },
    { command: 'faultline analyze app.log --timezone Asia/Seoul --output report.html', summary: { en: 'A page to pass round', ko: '공유할 보고서' } },
  ],
};

const formatOf = (parsed: ParsedArguments, outputPath: string | null): Format => {
  if (parsed.flags.has('json')) return 'json';
  const given = FORMATS.find((format) => format === valueOf(parsed, 'format'));
  if (given !== undefined) return given;
  if (outputPath === null) return 'terminal';
  if (/\.html?$/i.test(outputPath)) return 'html';
  if (/\.(?:md|markdown)$/i.test(outputPath)) return 'markdown';
  return /\.json$/i.test(outputPath) ? 'json' : 'terminal';
};

interface Baseline {
  readonly inputs: InputList | null;
  readonly window: TimeWindow | null;
}

const parseBaseline = async (parsed: ParsedArguments, context: CommandContext, words: CliWords): Promise<Baseline> => {
  const text = valueOf(parsed, 'baseline');
  if (text === null) return { inputs: null, window: null };
  const zone = parseZone(valueOf(parsed, 'timezone'), words);
  const window = existsSync(text) ? null : parseBaselineRange(text, { nowMs: context.nowMs(), zone });
  if (window !== null) return { inputs: null, window };
  const inputs = await expandPaths([text], words);
  if (inputs.files.length === 0) throw usageError(words.badBaseline(text), words.badBaselineHint);
  return { inputs, window: null };
};

const requestOf = async (operands: readonly string[], parsed: ParsedArguments, context: CommandContext): Promise<LogRequest> => {
  const words = wordsFor(context.language);
  const timezone = valueOf(parsed, 'timezone');
  const since = valueOf(parsed, 'since');
  const until = valueOf(parsed, 'until');
  const range = parseTimeRange(since, until, { nowMs: context.nowMs(), zone: parseZone(timezone, words) }, words);
  const baseline = await parseBaseline(parsed, context, words);
  return {
    operands,
    inputs: await expandPaths(operands, words),
    baselineInputs: baseline.inputs,
    baselineWindow: baseline.window,
    timezone,
    ...range,
    services: parsed.values.get('service') ?? [],
    minLevel: parseLevel(parsed, words),
    rulesPath: valueOf(parsed, 'rules'),
  };
};

/** No path and nothing piped in: help is more use than waiting. */
const operandsOf = (parsed: ParsedArguments, context: CommandContext): readonly string[] => {
  if (parsed.operands.length > 0) return parsed.operands;
  return context.stdin.isTTY ? [] : ['-'];
};

const run = async (parsed: ParsedArguments, context: CommandContext): Promise<number> => {
  const words = wordsFor(context.language);
  const operands = operandsOf(parsed, context);
  const [first] = operands;
  if (first === undefined) {
    const { commandHelp } = await import('../help/format-help.ts');
    context.stdout.write(commandHelp(SPEC, context.language));
    return EXIT_OK;
  }
  const outputPath = valueOf(parsed, 'output');
  const format = formatOf(parsed, outputPath);
  if (format === 'html' && outputPath === null && context.stdout.isTTY) throw usageError(words.htmlOnTerminal, words.htmlOnTerminalHint);
  if (operands.length === 1 && first !== '-' && (await isCapsule(first))) {
    const { analyzeCapsuleAt } = await import('../analyze-capsule.ts');
    return analyzeCapsuleAt(first, { format, outputPath, llm: parsed.flags.has('llm') }, context);
  }
  const request = await requestOf(operands, parsed, context);
  // The second thread starts up while what this one needs is loaded.
  const ahead = (await import('../logs/scan-ahead.ts')).startScan(request, context.language);
  const { analyzeLogs } = await import('../logs/analyze-logs.ts');
  const analysis = await analyzeLogs(request, context, ahead);
  if (!analysis.anyRead) throw new AppError({ code: 'input_unreadable', message: words.nothingRead, hint: analysis.digest.gaps.join('\n  ') });
  const { presentDigest } = await import('../logs/present-digest.ts');
  const digest = parsed.flags.has('llm') ? await (await import('../models/narrate.ts')).narrateDigest(analysis.digest, context, format !== 'json' && outputPath === null) : analysis.digest;
  await presentDigest({ ...analysis, digest }, { format, outputPath, operands }, context);
  return analysis.unreadable ? EXIT_UNREADABLE : EXIT_OK;
};

export const analyze: Command = { spec: SPEC, run };

/** For `faultline demo`: the same command on other arguments. */
export const analyzeWith = async (args: readonly string[], context: CommandContext): Promise<number> =>
  run(parseArguments(args, SPEC, wordsFor(context.language)), context);
