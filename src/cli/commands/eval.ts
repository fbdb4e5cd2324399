/** `faultline eval`: how well models word a set of cases, as a table that compares over prompts and models. */
import { existsSync } from 'node:fs';
import type { EvaluatedCase, EvaluationContext } from '../../models/evaluate/evaluate-case.ts';
import type { Seat } from '../../models/gateway/seat.ts';
import { AppError } from '../../shared/errors.ts';
import { FORMAT_JSON } from '../arguments/global-options.ts';
import { usageError } from '../arguments/parse.ts';
import { type Command, type CommandContext, type CommandSpec, type ParsedArguments, valueOf } from '../command.ts';
import { EXIT_OK, EXIT_UNREADABLE } from '../exit-codes.ts';
import { evalTable, type EvalRow } from '../models/eval-table.ts';
import { withModels, type OpenModels } from '../models/open-models.ts';
import { modelWordsFor } from '../models/words.ts';
import { writeOut } from '../output.ts';
import { wordsFor } from '../words/words.ts';

const SPEC: CommandSpec = {
  name: 'eval',
  operands: 'CAPSULE|PATH…',
  summary: { en: 'Measure how a model words a set of capsules and logs', ko: '모델이 캡슐과 로그를 얼마나 잘 표현하는지 측정합니다' },
  description: [
    {
      en: 'Each operand is a capsule, or logs whose most severe incident is taken. A model is asked once a case, without cache, retry or fallback. Columns: whether the answer kept to the schema, its sentences, those that the evidence does not carry before and after checking, cost, latency, a score of 0 to 16 by models.judge, and by models.embed how close the wording is to Faultline\'s own (1: the same), where these are configured. Rows of the same prompt version are comparable over models, and the other way round.',
      ko: '각 인자는 캡슐이거나 로그이며, 로그에서는 가장 심각한 장애를 씁니다. 사례마다 캐시, 재시도, 대체 없이 모델에 한 번 요청합니다. 열: 스키마 준수 여부, 문장 수, 검사 전후의 근거 없는 문장 수, 비용, 지연 시간, models.judge가 설정된 경우 0~16점, models.embed가 설정된 경우 Faultline이 직접 쓴 글과의 가까움(1: 같음). 프롬프트 버전이 같은 행끼리 모델을, 모델이 같은 행끼리 프롬프트를 비교할 수 있습니다.',
    },
  ],
  options: [
    { name: 'model', type: 'value', multiple: true, placeholder: 'PROVIDER/MODEL', summary: { en: 'the model to measure; may be given more than once (default: the first of the narrate chain)', ko: '측정할 모델. 여러 번 지정할 수 있습니다 (기본값: narrate의 첫 모델)' } },
    { name: 'prompts', type: 'value', placeholder: 'FOLDER', file: true, summary: { en: 'prompts of your own, laid out as the package\'s prompts/ folder', ko: '직접 쓴 프롬프트 폴더 (패키지의 prompts/와 같은 구조)' } },
    FORMAT_JSON,
  ],
  examples: [
    { command: 'faultline eval capsules/* --model openai/gpt-4o-mini --model house/solar-pro', summary: { en: 'Two models over a set', ko: '두 모델로 여러 사례' } },
    { command: 'faultline eval capsules/* --prompts my-prompts --json', summary: { en: 'A change of the prompts, for comparison', ko: '바꾼 프롬프트와 비교' } },
  ],
};

interface Case extends EvaluatedCase {
  readonly name: string;
}

/** Null where nothing happened: there is nothing to word. */
const caseAt = async (path: string, context: CommandContext): Promise<Case | null> => {
  const { isCapsule } = await import('../input/find-capsule.ts');
  if (await isCapsule(path)) {
    const [{ readCapsule }, { analyzeCapsule }, { caseOfReport }] = await Promise.all([import('../../capsule/read.ts'), import('../../diagnosis/analyze-capsule.ts'), import('../../models/narrate/case-of-report.ts')]);
    const report = await analyzeCapsule(await readCapsule(path, {}), { lang: context.language });
    const ownWords = [report.summary, ...report.hypotheses.slice(0, 3).map(({ summary }) => summary), report.impact.summary];
    return report.verdict === 'no_incident' ? null : { name: report.capsule_id, about: caseOfReport(report), prompt: 'narrate', ownWords };
  }
  const [{ expandPaths }, { analyzeLogs }, { caseOfIncident }] = await Promise.all([import('../input/expand-paths.ts'), import('../logs/analyze-logs.ts'), import('../../models/narrate/case-of-incident.ts')]);
  const inputs = await expandPaths([path], wordsFor(context.language));
  const { digest } = await analyzeLogs({ operands: [path], inputs, baselineInputs: null, baselineWindow: null, timezone: null, services: [], minLevel: null, rulesPath: null }, context);
  const [worst] = digest.incidents;
  if (worst === undefined) return null;
  return { name: path, about: caseOfIncident(worst, digest), prompt: 'digest', ownWords: [worst.summary, ...worst.hypotheses.slice(0, 3).map(({ summary }) => summary), worst.impact] };
};

const seatsOf = ({ open }: OpenModels, parsed: ParsedArguments, context: CommandContext): readonly Seat[] => {
  const given = parsed.values.get('model') ?? [];
  const seats = given.map((text) => {
    const slash = text.indexOf('/');
    if (slash <= 0 || slash === text.length - 1) throw usageError(`--model ${text}`, modelWordsFor(context.language).writeReference);
    return open.seatOf({ provider: text.slice(0, slash), model: text.slice(slash + 1) });
  });
  const [first] = open.chains.narrate.length > 0 ? open.chains.narrate : open.chains.digest;
  if (seats.length > 0) return seats;
  const words = modelWordsFor(context.language);
  if (first === undefined) throw new AppError({ code: 'usage', message: words.notConfigured, hint: words.notConfiguredHint });
  return [first];
};

const casesOf = async (operands: readonly string[], context: CommandContext): Promise<readonly Case[]> => {
  const cases: Case[] = [];
  const words = modelWordsFor(context.language);
  for (const path of operands) {
    const found = await caseAt(path, context);
    if (found !== null) cases.push(found);
    else context.stderr.write(`faultline: ${existsSync(path) ? words.nothingThere(path) : words.notThere(path)}\n`);
  }
  return cases;
};

const rowsOf = async (cases: readonly Case[], models: OpenModels, seats: readonly Seat[], context: CommandContext): Promise<readonly EvalRow[]> => {
  const { evaluateCase } = await import('../../models/evaluate/evaluate-case.ts');
  const { settings, open, prompts, telemetry, mask } = models;
  const shared: Omit<EvaluationContext, 'seat'> = {
    judge: settings.judge === null ? null : open.seatOf(settings.judge), embedder: open.embedder, budget: open.budget, telemetry, prompts, mask,
    evidenceTokens: settings.evidenceTokens, language: context.language, signal: new AbortController().signal,
  };
  const rows: EvalRow[] = [];
  for (const seat of seats) for (const one of cases) rows.push({ name: one.name, row: await evaluateCase(one, { ...shared, seat }) });
  return rows;
};

const run = async (parsed: ParsedArguments, context: CommandContext): Promise<number> => {
  if (parsed.operands.length === 0) throw usageError(wordsFor(context.language).missingInput(SPEC.name), wordsFor(context.language).missingInputHint);
  const folder = valueOf(parsed, 'prompts');
  return withModels(context, async (models) => {
    const seats = seatsOf(models, parsed, context);
    const cases = await casesOf(parsed.operands, context);
    const rows = await rowsOf(cases, models, seats, context);
    const json = (): string => `${JSON.stringify(rows.map(({ name, row }) => ({ case: name, ...row })), null, 2)}\n`;
    if (rows.length > 0) await writeOut(parsed.flags.has('json') ? json() : evalTable(rows, context.language), context.stdout);
    return cases.length === parsed.operands.length ? EXIT_OK : EXIT_UNREADABLE;
  }, folder === null ? {} : { prompts: folder });
};

export const evaluate: Command = { spec: SPEC, run };
