/** `faultline eval`: how well a model words a set of cases, as a table that compares over prompts and models. */
import type { Evaluation, EvaluationContext } from '../../models/evaluate/evaluate-case.ts';
import type { NarrationCase } from '../../models/narrate/narration-case.ts';
import { AppError } from '../../shared/errors.ts';
import { FORMAT_JSON } from '../arguments/global-options.ts';
import { usageError } from '../arguments/parse.ts';
import { type Command, type CommandContext, type CommandSpec, type ParsedArguments, valueOf } from '../command.ts';
import { EXIT_OK, EXIT_UNREADABLE } from '../exit-codes.ts';
import { openModels, type OpenModels } from '../models/open-models.ts';
import { modelWordsFor, usdText } from '../models/words.ts';
import { writeOut } from '../output.ts';
import { wordsFor } from '../words/words.ts';

const SPEC: CommandSpec = {
  name: 'eval',
  operands: 'CAPSULE|PATH…',
  summary: { en: 'Measure how a model words a set of capsules and logs', ko: '모델이 캡슐과 로그를 얼마나 잘 표현하는지 측정합니다' },
  description: [
    {
      en: 'Each operand is a capsule, or logs whose most severe incident is taken. The model is asked once a case, without cache, retry or fallback. Columns: whether the answer kept to the schema, its sentences, those that the evidence does not carry before and after checking, cost, latency, and a score of 0 to 16 by models.judge where one is configured. Rows of the same prompt version are comparable over models, and the other way round.',
      ko: '각 인자는 캡슐이거나 로그이며, 로그에서는 가장 심각한 장애를 씁니다. 사례마다 캐시, 재시도, 대체 없이 모델에 한 번 요청합니다. 열: 스키마 준수 여부, 문장 수, 검사 전후의 근거 없는 문장 수, 비용, 지연 시간, models.judge가 설정된 경우 0~16점.',
    },
  ],
  options: [
    { name: 'model', type: 'value', placeholder: 'PROVIDER/MODEL', summary: { en: 'the model to measure (default: the first of the narrate chain)', ko: '측정할 모델 (기본값: narrate의 첫 모델)' } },
    FORMAT_JSON,
  ],
  examples: [{ command: 'faultline eval capsules/* --model openai/gpt-4o-mini', summary: { en: 'One model over a set', ko: '한 모델로 여러 사례' } }],
};

interface Case {
  readonly name: string;
  readonly about: NarrationCase;
  readonly prompt: 'narrate' | 'digest';
}

/** Null where nothing happened: there is nothing to word. */
const caseAt = async (path: string, context: CommandContext): Promise<Case | null> => {
  const { isCapsule } = await import('../input/find-capsule.ts');
  if (await isCapsule(path)) {
    const [{ readCapsule }, { analyzeCapsule }, { caseOfReport }] = await Promise.all([import('../../capsule/read.ts'), import('../../diagnosis/analyze-capsule.ts'), import('../../models/narrate/case-of-report.ts')]);
    const report = await analyzeCapsule(await readCapsule(path, {}), { lang: context.language });
    return report.verdict === 'no_incident' ? null : { name: report.capsule_id, about: caseOfReport(report), prompt: 'narrate' };
  }
  const [{ expandPaths }, { analyzeLogs }, { caseOfIncident }] = await Promise.all([import('../input/expand-paths.ts'), import('../logs/analyze-logs.ts'), import('../../models/narrate/case-of-incident.ts')]);
  const inputs = await expandPaths([path], wordsFor(context.language));
  const { digest } = await analyzeLogs({ operands: [path], inputs, baselineInputs: null, baselineWindow: null, timezone: null, services: [], minLevel: null, rulesPath: null }, context);
  const [worst] = digest.incidents;
  return worst === undefined ? null : { name: path, about: caseOfIncident(worst, digest), prompt: 'digest' };
};

const contextOf = async (models: OpenModels, parsed: ParsedArguments, context: CommandContext): Promise<EvaluationContext> => {
  const { settings, open, prompts, mask } = models;
  const given = valueOf(parsed, 'model');
  const slash = given?.indexOf('/') ?? -1;
  if (given !== null && slash <= 0) throw usageError(`--model ${given}`, 'PROVIDER/MODEL');
  const seat = given === null ? open.chains.narrate[0] : open.seatOf({ provider: given.slice(0, slash), model: given.slice(slash + 1) });
  const words = modelWordsFor(context.language);
  if (seat === undefined) throw new AppError({ code: 'usage', message: words.notConfigured, hint: words.notConfiguredHint });
  const { createBudget } = await import('../../models/cost/budget.ts');
  return {
    seat, judge: settings.judge === null ? null : open.seatOf(settings.judge), budget: createBudget(settings.budget, open.ledger), prompts, mask,
    evidenceTokens: settings.evidenceTokens, language: context.language, signal: new AbortController().signal,
  };
};

const cellsOf = (name: string, row: Evaluation): readonly string[] => [
  name, row.model, row.valid ? 'yes' : (row.error ?? 'no'), String(row.sentences), String(row.removed), String(row.left), usdText(row.costUsd), `${row.durationMs} ms`, row.score === null ? '–' : `${row.score}/16`,
];

const tableOf = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
};

const run = async (parsed: ParsedArguments, context: CommandContext): Promise<number> => {
  const words = modelWordsFor(context.language);
  if (parsed.operands.length === 0) throw usageError(wordsFor(context.language).missingInput(SPEC.name), wordsFor(context.language).missingInputHint);
  const evaluation = await contextOf(await openModels(context), parsed, context);
  const { evaluateCase } = await import('../../models/evaluate/evaluate-case.ts');
  const rows: { readonly name: string; readonly row: Evaluation }[] = [];
  for (const path of parsed.operands) {
    const found = await caseAt(path, context);
    if (found === null) context.stderr.write(`faultline: ${words.nothingRead(path)}\n`);
    else rows.push({ name: found.name, row: await evaluateCase(found.about, found.prompt, evaluation) });
  }
  const prompts = [...new Set(rows.map(({ row }) => row.prompt))].join(', ');
  const json = (): string => `${JSON.stringify(rows.map(({ name, row }) => ({ case: name, ...row })), null, 2)}\n`;
  const table = (): string => `${tableOf([words.evalColumns, ...rows.map(({ name, row }) => cellsOf(name, row))])}\n\n${prompts}\n`;
  await writeOut(parsed.flags.has('json') ? json() : table(), context.stdout);
  return rows.length === parsed.operands.length ? EXIT_OK : EXIT_UNREADABLE;
};

export const evaluate: Command = { spec: SPEC, run };
