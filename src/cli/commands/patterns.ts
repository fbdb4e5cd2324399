/** `faultline patterns`: every pattern with its exact count, or every event with its pattern. */
import { jsonLine } from '../../render/json.ts';
import { AppError } from '../../shared/errors.ts';
import { FORMAT_JSON } from '../arguments/global-options.ts';
import { LEVEL, OUTPUT, parseLevel, RULES, SERVICE, SINCE, TIMEZONE, UNTIL } from '../arguments/log-options.ts';
import { usageError } from '../arguments/parse.ts';
import { parseTimeRange, parseZone } from '../arguments/time-range.ts';
import { type Command, type CommandContext, type CommandSpec, type ParsedArguments, valueOf } from '../command.ts';
import { EXIT_OK, EXIT_UNREADABLE } from '../exit-codes.ts';
import { expandPaths } from '../input/expand-paths.ts';
import type { LogReading } from '../logs/read-logs.ts';
import { outputWidth, usesColor, writeFileOut, writeOut } from '../output.ts';
import { wordsFor } from '../words/words.ts';

const FORMATS = ['terminal', 'json', 'ndjson'] as const;
type Format = (typeof FORMATS)[number];

const SPEC: CommandSpec = {
  name: 'patterns',
  operands: 'PATH…|-',
  summary: { en: 'Fold log lines into patterns with exact counts', ko: '로그를 패턴으로 묶고 정확한 개수를 셉니다' },
  description: [
    {
      en: 'With --format ndjson every event is one line: {"line": first line, "lines": how many, "pattern": id}, with "stream" before them where several inputs are read. Ids depend on the template alone: the same on every machine and day.',
      ko: '--format ndjson은 이벤트마다 한 줄입니다: {"line": 첫 줄, "lines": 줄 수, "pattern": id}. 입력이 여럿이면 앞에 "stream"이 붙습니다. id는 템플릿에만 의존하므로 언제 어디서나 같습니다.',
    },
  ],
  options: [
    SINCE,
    UNTIL,
    SERVICE,
    LEVEL,
    TIMEZONE,
    RULES,
    { name: 'format', short: 'f', type: 'value', placeholder: 'FORMAT', values: FORMATS, summary: { en: 'how to write the patterns (default: terminal)', ko: '출력 형식 (기본값: terminal)' } },
    FORMAT_JSON,
    OUTPUT,
  ],
  examples: [
    { command: 'faultline patterns app.log', summary: { en: 'The patterns of a file', ko: '파일의 패턴' } },
    { command: 'faultline patterns app.log --level warn --json', summary: { en: 'Warnings and worse, as JSON', ko: '경고 이상, JSON으로' } },
    { command: 'faultline patterns app.log --format ndjson > events.ndjson', summary: { en: 'Which line belongs to which pattern', ko: '어느 줄이 어느 패턴인지' } },
  ],
};

const formatOf = (parsed: ParsedArguments, outputPath: string | null): Format => {
  if (parsed.flags.has('json')) return 'json';
  const given = FORMATS.find((format) => format === valueOf(parsed, 'format'));
  if (given !== undefined) return given;
  if (outputPath?.endsWith('.ndjson') === true) return 'ndjson';
  return outputPath?.endsWith('.json') === true ? 'json' : 'terminal';
};

const BATCH_CHARACTERS = 1 << 16;

/** One line an event, in the order of the input; written in batches, so that memory stays bounded. */
function* assignmentLines({ engine }: LogReading, severalStreams: boolean): Generator<string> {
  let batch = '';
  for (const { stream, line, lines, pattern } of engine.assignments()) {
    // Ids are hexadecimal and need no escaping.
    const rest = `"line":${line},"lines":${lines},"pattern":"${pattern}"}\n`;
    batch += severalStreams ? `{"stream":${jsonLine(stream)},${rest}` : `{${rest}`;
    if (batch.length >= BATCH_CHARACTERS) {
      yield batch;
      batch = '';
    }
  }
  if (batch !== '') yield batch;
}

const writeAssignments = async (reading: LogReading, outputPath: string | null, context: CommandContext): Promise<void> => {
  const lines = assignmentLines(reading, reading.summary.streams.length > 1);
  if (outputPath === null) {
    for (const batch of lines) await writeOut(batch, context.stdout);
    return;
  }
  let text = '';
  for (const batch of lines) text += batch;
  writeFileOut(outputPath, text, context, wordsFor(context.language));
};

const writeTable = async (reading: LogReading, format: 'terminal' | 'json', outputPath: string | null, context: CommandContext): Promise<void> => {
  const text =
    format === 'json'
      ? (await import('../../render/patterns-json.ts')).renderPatternsJson(reading.summary)
      : (await import('../../render/terminal/patterns.ts')).renderPatterns(reading.summary, {
          language: context.language, color: outputPath === null && usesColor(context), width: outputWidth(context),
        });
  if (outputPath === null) await writeOut(text, context.stdout);
  else writeFileOut(outputPath, text, context, wordsFor(context.language));
};

const run = async (parsed: ParsedArguments, context: CommandContext): Promise<number> => {
  const words = wordsFor(context.language);
  const operands = parsed.operands.length > 0 || context.stdin.isTTY ? parsed.operands : ['-'];
  if (operands.length === 0) throw usageError(words.missingInput(SPEC.name), words.missingInputHint);
  const outputPath = valueOf(parsed, 'output');
  const format = formatOf(parsed, outputPath);
  const timezone = valueOf(parsed, 'timezone');
  const zone = parseZone(timezone, words);
  const range = parseTimeRange(valueOf(parsed, 'since'), valueOf(parsed, 'until'), { nowMs: context.nowMs(), zone }, words);
  const inputs = await expandPaths(operands, words);
  const request = {
    operands, inputs, baselineInputs: null, baselineWindow: null, timezone, ...range,
    services: parsed.values.get('service') ?? [], minLevel: parseLevel(parsed, words), rulesPath: valueOf(parsed, 'rules'), keepAssignments: format === 'ndjson',
  };
  // The second thread starts up while what this one needs is loaded.
  const ahead = (await import('../logs/scan-ahead.ts')).startScan(request, context.language);
  const { readLogs } = await import('../logs/read-logs.ts');
  const reading = await readLogs(request, context, ahead);
  if (!reading.anyRead) throw new AppError({ code: 'input_unreadable', message: words.nothingRead, hint: reading.summary.gaps.join('\n  ') });
  if (format === 'ndjson') await writeAssignments(reading, outputPath, context);
  else await writeTable(reading, format, outputPath, context);
  // The terminal view shows the gaps itself; the data formats have no place for them.
  if (format !== 'terminal' && !context.quiet) for (const gap of reading.summary.gaps) context.stderr.write(`faultline: ${gap}\n`);
  return reading.unreadable ? EXIT_UNREADABLE : EXIT_OK;
};

export const patterns: Command = { spec: SPEC, run };
