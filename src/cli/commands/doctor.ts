/** `faultline doctor`: what is configured, whether it answers, and what to do where it does not. */
import { MODEL_TASKS } from '../../ports/language-model.ts';
import type { ModelErrorCode } from '../../ports/model-error.ts';
import type { Spending } from '../../models/cost/day-book.ts';
import type { KnownPrice } from '../../models/cost/prices.ts';
import type { Seat } from '../../models/gateway/seat.ts';
import { authorshipWordsFor } from '../../render/words/authorship-words.ts';
import type { Command, CommandContext, CommandSpec, ParsedArguments } from '../command.ts';
import { EXIT_OK, EXIT_UNREADABLE } from '../exit-codes.ts';
import { type OpenModels, withModels } from '../models/open-models.ts';
import { modelWordsFor, type ModelWords, type TaskSpending } from '../models/words.ts';
import { writeOut } from '../output.ts';

const SPEC: CommandSpec = {
  name: 'doctor',
  operands: '',
  summary: { en: 'Check the configured language models with a one-token call each', ko: '설정된 언어 모델을 토큰 하나로 점검합니다' },
  description: [
    {
      en: 'Models come from "models" in faultline.yaml (or the file that FAULTLINE_CONFIG names), else from FAULTLINE_LLM_MODEL, FAULTLINE_LLM_BASE_URL, FAULTLINE_LLM_API_KEY (or FAULTLINE_LLM_API_KEY_FILE) and FAULTLINE_LLM_PROVIDER. Each model is asked for one token; its price, the budget, where answers are kept, where telemetry goes and which files with keys others can read are told. Exit code 3: some model does not answer.',
      ko: '모델은 faultline.yaml(또는 FAULTLINE_CONFIG가 가리키는 파일)의 "models", 없으면 FAULTLINE_LLM_MODEL, FAULTLINE_LLM_BASE_URL, FAULTLINE_LLM_API_KEY(또는 FAULTLINE_LLM_API_KEY_FILE), FAULTLINE_LLM_PROVIDER에서 읽습니다. 모델마다 토큰 하나를 요청하고 가격, 예산, 저장 위치, 텔레메트리 전송 위치, 다른 사용자가 읽을 수 있는 키 파일을 알려 줍니다. 종료 코드 3: 응답하지 않는 모델이 있습니다.',
    },
  ],
  options: [],
  examples: [{ command: 'FAULTLINE_LLM_BASE_URL=http://127.0.0.1:11434/v1 FAULTLINE_LLM_MODEL=llama3.2 faultline doctor', summary: { en: 'A server of your own', ko: '직접 운영하는 서버' } }],
};

/** Booked under this name in the ledger. */
const INCIDENT = 'doctor';

type Check = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly code: ModelErrorCode; readonly message: string };

interface Checked {
  readonly lines: readonly string[];
  readonly ok: boolean;
}

/** The server's own message is in whatever language it speaks. */
const checked = (name: string, check: Check, details: readonly string[], { language }: CommandContext): Checked => {
  if (check.ok) return { ok: true, lines: [`ok    ${name}: ${check.text}`, ...details.map((detail) => `    ${detail}`)] };
  const reason = authorshipWordsFor(language).reasons[check.code] ?? check.code;
  const hint = modelWordsFor(language).hints[check.code];
  return { ok: false, lines: [`FAIL  ${name}: ${reason} (${check.code})`, ...[check.message, ...(hint === undefined ? [] : [hint]), ...details].map((detail) => `    ${detail}`)] };
};

const detailsOf = (tasks: readonly string[], price: KnownPrice, words: ModelWords): readonly string[] => [`${words.tasks} ${tasks.join(', ')}`, words.price(price.inputUsd, price.outputUsd, price.source)];

const checkSeat = async (seat: Seat, tasks: readonly string[], { open, prompts, telemetry }: OpenModels, context: CommandContext): Promise<Checked> => {
  const words = modelWordsFor(context.language);
  const [{ checkModel }, { systemRuntime: runtime }] = await Promise.all([import('../../models/check-model.ts'), import('../../models/resilience/runtime.ts')]);
  const check = await checkModel(seat, { task: 'cheap', incident: INCIDENT, prompt: prompts('check'), budget: open.budget, telemetry, runtime }, new AbortController().signal);
  const { model, price } = seat;
  return checked(`${model.provider}/${model.model}`, check.ok ? { ok: true, text: words.works(check.durationMs) } : check, detailsOf(tasks, price, words), context);
};

const checkEmbeddings = async ({ open: { embedder } }: OpenModels, context: CommandContext, words: ModelWords): Promise<readonly Checked[]> => {
  if (embedder === null) return [];
  const startedMs = context.nowMs();
  // A text of its own each time: what the cache holds proves nothing about the server.
  const embedding = await embedder.embed([`ok ${startedMs}`], INCIDENT, { signal: new AbortController().signal });
  const told: Check = embedding.kind === 'embedded'
    ? { ok: true, text: `${words.works(context.nowMs() - startedMs)}, ${words.dimensions(embedding.vectors[0]?.length ?? 0)}` }
    : { ok: false, code: embedding.reason, message: embedding.message };
  const { model, price } = embedder.seat;
  return [checked(`${model.provider}/${model.model}`, told, detailsOf(['embed'], price, words), context)];
};

const tasksBySeat = ({ open, settings }: OpenModels): ReadonlyMap<Seat, readonly string[]> => {
  const tasks = new Map<Seat, readonly string[]>();
  const add = (seat: Seat, task: string): void => void tasks.set(seat, [...(tasks.get(seat) ?? []), task]);
  for (const task of MODEL_TASKS) for (const seat of open.chains[task]) add(seat, task);
  if (settings.judge !== null) add(open.seatOf(settings.judge), 'judge');
  return tasks;
};

/** What each task cost today, dearest first. */
const spendingByTask = (entries: readonly Spending[]): readonly TaskSpending[] => {
  const tasks = new Map<string, TaskSpending>();
  for (const { task, costUsd, inputTokens, outputTokens } of entries) {
    const { calls, tokens, usd } = tasks.get(task) ?? { calls: 0, tokens: 0, usd: 0 };
    tasks.set(task, { task, calls: calls + 1, tokens: tokens + inputTokens + outputTokens, usd: usd + costUsd });
  }
  return [...tasks.values()].sort((a, b) => b.usd - a.usd || b.tokens - a.tokens || (a.task < b.task ? -1 : 1));
};

const notes = ({ configuration: { file, telemetry, openFiles }, settings, open }: OpenModels, context: CommandContext, words: ModelWords): readonly string[] => {
  const missing = (['narrate', 'digest'] as const).filter((task) => open.chains[task].length === 0 && open.chains.cheap.length === 0);
  const { ledger } = open;
  const at = context.nowMs();
  return [
    ...openFiles.map(({ path, mode }) => `warn  ${words.openFile(path, mode)}`),
    ...(missing.length === 0 ? [] : [`warn  ${words.noChain} ${missing.join(', ')}`]),
    `note  ${words.configuredBy(file)}`,
    `note  ${words.spentToday(ledger.spentUsd(at), ledger.heldUsd(at), settings.budget.capUsd)}`,
    ...spendingByTask(ledger.entries(at)).map((spending) => `      ${words.taskSpending(spending)}`),
    `note  ${words.keptIn(settings.folder)}`,
    `note  ${words.telemetryTo([telemetry?.tracesUrl, telemetry?.metricsUrl].filter((url) => typeof url === 'string'))}`,
  ];
};

const run = async (_parsed: ParsedArguments, context: CommandContext): Promise<number> =>
  withModels(context, async (models) => {
    const words = modelWordsFor(context.language);
    const checks = await Promise.all([...tasksBySeat(models)].map(([seat, tasks]) => checkSeat(seat, tasks, models, context)));
    const all = [...checks, ...(await checkEmbeddings(models, context, words))];
    await writeOut(`${[...all.flatMap(({ lines }) => lines), ...notes(models, context, words)].join('\n')}\n`, context.stdout);
    return all.length > 0 && all.every(({ ok }) => ok) ? EXIT_OK : EXIT_UNREADABLE;
  });

export const doctor: Command = { spec: SPEC, run };
