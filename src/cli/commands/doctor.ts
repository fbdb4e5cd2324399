/** `faultline doctor`: what is configured, whether it answers, and what to do where it does not. */
import { MODEL_TASKS } from '../../ports/language-model.ts';
import type { Seat } from '../../models/gateway/seat.ts';
import type { Command, CommandContext, CommandSpec, ParsedArguments } from '../command.ts';
import { EXIT_OK, EXIT_UNREADABLE } from '../exit-codes.ts';
import { openModels, type OpenModels } from '../models/open-models.ts';
import { modelWordsFor, type ModelWords } from '../models/words.ts';
import { writeOut } from '../output.ts';

const SPEC: CommandSpec = {
  name: 'doctor',
  operands: '',
  summary: { en: 'Check the configured language models with a one-token call each', ko: '설정된 언어 모델을 토큰 하나로 점검합니다' },
  description: [
    {
      en: 'Models come from "models" in faultline.yaml (or the file that FAULTLINE_CONFIG names), else from FAULTLINE_LLM_MODEL, FAULTLINE_LLM_BASE_URL, FAULTLINE_LLM_API_KEY and FAULTLINE_LLM_PROVIDER. Each model is asked for one token; its price, the budget and where answers are kept are told. Exit code 3: some model does not answer.',
      ko: '모델은 faultline.yaml(또는 FAULTLINE_CONFIG가 가리키는 파일)의 "models", 없으면 FAULTLINE_LLM_MODEL, FAULTLINE_LLM_BASE_URL, FAULTLINE_LLM_API_KEY, FAULTLINE_LLM_PROVIDER에서 읽습니다. 모델마다 토큰 하나를 요청하고 가격, 예산, 저장 위치를 알려 줍니다. 종료 코드 3: 응답하지 않는 모델이 있습니다.',
    },
  ],
  options: [],
  examples: [{ command: 'FAULTLINE_LLM_BASE_URL=http://127.0.0.1:11434/v1 FAULTLINE_LLM_MODEL=llama3.2 faultline doctor', summary: { en: 'A server of your own', ko: '직접 운영하는 서버' } }],
};

interface Checked {
  readonly lines: readonly string[];
  readonly ok: boolean;
}

const checkSeat = async (seat: Seat, tasks: readonly string[], words: ModelWords): Promise<Checked> => {
  const { checkModel } = await import('../../models/check-model.ts');
  const { model, price } = seat;
  const check = await checkModel(model, new AbortController().signal);
  const name = `${model.provider}/${model.model}`;
  const details = [`    ${words.tasks} ${tasks.join(', ')}`, `    ${words.price(price.inputUsd, price.outputUsd, price.source)}`];
  if (check.ok) return { ok: true, lines: [`ok    ${name}: ${words.works(check.durationMs)}`, ...details] };
  return { ok: false, lines: [`FAIL  ${name}: ${check.message} (${check.code})`, ...(check.hint === null ? [] : [`    ${check.hint}`]), ...details] };
};

const tasksBySeat = ({ open }: OpenModels): ReadonlyMap<Seat, readonly string[]> => {
  const tasks = new Map<Seat, readonly string[]>();
  for (const task of MODEL_TASKS) for (const seat of open.chains[task]) tasks.set(seat, [...(tasks.get(seat) ?? []), task]);
  return tasks;
};

const run = async (_parsed: ParsedArguments, context: CommandContext): Promise<number> => {
  const words = modelWordsFor(context.language);
  const models = await openModels(context);
  const checked: Checked[] = [];
  for (const [seat, tasks] of tasksBySeat(models)) checked.push(await checkSeat(seat, tasks, words));
  const missing = MODEL_TASKS.filter((task) => models.open.chains[task].length === 0);
  const { settings, open } = models;
  const lines = [
    ...checked.flatMap((check) => check.lines),
    ...(missing.length === 0 ? [] : [`note  ${words.noChain} ${missing.join(', ')}`]),
    `note  ${words.spentToday(open.ledger.spentUsd(context.nowMs()), settings.budget.capUsd)}`,
    `note  ${words.keptIn(settings.folder)}`,
  ];
  await writeOut(`${lines.join('\n')}\n`, context.stdout);
  return checked.every(({ ok }) => ok) ? EXIT_OK : EXIT_UNREADABLE;
};

export const doctor: Command = { spec: SPEC, run };
