/** What the command line says about language models, in every language. */
import { countText } from '../../shared/count-text.ts';
import type { Language } from '../../domain/language.ts';
import { type KnownPrice, PRICES_AS_OF } from '../../models/cost/prices.ts';

export interface TaskSpending {
  readonly task: string;
  readonly calls: number;
  readonly tokens: number;
  readonly usd: number;
}

export interface ModelWords {
  readonly notConfigured: string;
  readonly notConfiguredHint: string;
  readonly wordedBy: (model: string, tier: string, removed: number, costUsd: number) => string;
  readonly deterministic: (code: string) => string;
  readonly tasks: string;
  readonly noChain: string;
  readonly works: (ms: number) => string;
  readonly dimensions: (count: number) => string;
  readonly openFile: (path: string, mode: string) => string;
  readonly configuredBy: (file: string | null) => string;
  readonly telemetryTo: (urls: readonly string[]) => string;
  readonly budget: (level: 'warn' | 'page' | 'spent', spentUsd: number, capUsd: number) => string;
  readonly noticeUndelivered: (reason: string) => string;
  readonly telemetryUnsent: (reason: string) => string;
  readonly price: (input: number, output: number, source: PriceSource) => string;
  readonly spentToday: (usd: number, heldUsd: number, cap: number) => string;
  readonly taskSpending: (spending: TaskSpending) => string;
  readonly keptIn: (folder: string | null) => string;
  readonly nothingThere: (path: string) => string;
  readonly notThere: (path: string) => string;
  readonly writeReference: string;
  /** What to do about a failed call, by its code. */
  readonly hints: Readonly<Record<string, string>>;
  readonly evalColumns: readonly string[];
  readonly yes: string;
  readonly no: string;
  readonly allCases: (count: number) => string;
  readonly prompts: string;
}

/** Prices of single calls are fractions of a cent. */
export const usdText = (usd: number): string => (usd > 0 && usd < 0.01 ? `$${usd.toPrecision(2)}` : `$${usd.toFixed(2)}`);

type PriceSource = KnownPrice['source'];

const PRICE_SOURCES_EN: Readonly<Record<PriceSource, string>> = { configuration: 'as configured', table: `list price of ${PRICES_AS_OF}`, own_server: 'a server on this machine', assumed: 'assumed: the model is in no list; set models.prices' };
const PRICE_SOURCES_KO: Readonly<Record<PriceSource, string>> = { configuration: '설정값', table: `${PRICES_AS_OF} 정가`, own_server: '이 컴퓨터의 서버', assumed: '가정한 값입니다. 목록에 없는 모델이므로 models.prices를 설정하세요' };

const EN: ModelWords = {
  notConfigured: 'no language model is configured',
  notConfiguredHint: 'Set FAULTLINE_LLM_MODEL, FAULTLINE_LLM_BASE_URL and FAULTLINE_LLM_API_KEY, or "models" in faultline.yaml. Without --llm the analysis is complete too.',
  wordedBy: (model, tier, removed, costUsd) => `worded by ${model} (${tier}), ${usdText(costUsd)}${removed === 0 ? '' : `; ${removed === 1 ? '1 sentence' : `${removed} sentences`} that the evidence does not carry removed`}`,
  deterministic: (code) => `no model wrote this (${code}); the text is Faultline's own`,
  tasks: 'used for',
  noChain: 'no model is configured for',
  works: (ms) => `works, ${ms} ms`,
  dimensions: (count) => `${count} dimensions`,
  openFile: (path, mode) => `others on this machine can read ${path} (mode ${mode}), which holds a key: chmod 600 ${path}`,
  configuredBy: (file) => (file === null ? 'configured by FAULTLINE_LLM_* variables' : `configured by ${file}`),
  telemetryTo: (urls) => (urls.length === 0 ? 'telemetry is not sent: set OTEL_EXPORTER_OTLP_ENDPOINT or telemetry.endpoint to send it' : `telemetry: ${urls.join(', ')}`),
  budget: (level, spentUsd, capUsd) => {
    const spent = `${usdText(spentUsd)} of ${usdText(capUsd)} for language models is spent`;
    if (level === 'spent') return `${spent}; another call would not fit, so no model is asked`;
    return level === 'page' ? `${spent}: somebody should look at it now` : `${spent}; the cheap tier is asked first`;
  },
  noticeUndelivered: (reason) => `nobody was told of the budget: ${reason}`,
  telemetryUnsent: (reason) => `telemetry did not arrive at ${reason}`,
  price: (input, output, source) => `${usdText(input)} in, ${usdText(output)} out per million tokens (${PRICE_SOURCES_EN[source]})`,
  spentToday: (usd, heldUsd, cap) => `spent today: ${usdText(usd)}${heldUsd > 0 ? `, ${usdText(heldUsd)} set aside for calls that have not ended` : ''}, of at most ${usdText(cap)}`,
  taskSpending: ({ task, calls, tokens, usd }) => `${task}: ${usdText(usd)}, ${calls === 1 ? '1 call' : `${countText(calls)} calls`}, ${countText(tokens)} tokens`,
  keptIn: (folder) => (folder === null ? 'cache and spending are kept in memory only: set models.folder to keep them' : `cache and spending: ${folder}`),
  nothingThere: (path) => `no incident in ${path}: nothing to word`,
  notThere: (path) => `there is no ${path}`,
  writeReference: 'Write it as PROVIDER/MODEL, with a provider of the configuration.',
  hints: {
    model_auth: 'Check the key of this provider and what it may use.', model_rate_limited: 'Raise the limit at the provider, or add a second model to the chain.', model_bad_request: 'Check the model name and the base URL.',
    model_unavailable: 'Check the base URL and that the server runs.', model_timeout: 'Raise models.call_timeout_ms if the server is merely slow.', model_budget: 'Raise models.budget, or wait for the next UTC day.',
  },
  evalColumns: ['case', 'model', 'valid', 'sentences', 'removed', 'left', 'cost', 'latency', 'score', 'closeness'],
  yes: 'yes',
  no: 'no',
  allCases: (count) => `all ${count}`,
  prompts: 'prompts',
};

const KO: ModelWords = {
  notConfigured: '언어 모델이 설정되어 있지 않습니다',
  notConfiguredHint: 'FAULTLINE_LLM_MODEL, FAULTLINE_LLM_BASE_URL, FAULTLINE_LLM_API_KEY 또는 faultline.yaml의 "models"를 설정하세요. --llm 없이도 분석은 완전합니다.',
  wordedBy: (model, tier, removed, costUsd) => `${model}이(가) 작성 (${tier}), ${usdText(costUsd)}${removed === 0 ? '' : `; 증거로 뒷받침되지 않는 문장 ${removed}개를 삭제했습니다`}`,
  deterministic: (code) => `모델이 작성하지 않았습니다 (${code}). Faultline이 직접 쓴 글입니다`,
  tasks: '용도',
  noChain: '모델이 설정되지 않은 작업',
  works: (ms) => `정상, ${ms} ms`,
  dimensions: (count) => `${count}차원`,
  openFile: (path, mode) => `키가 들어 있는 ${path}을(를) 다른 사용자가 읽을 수 있습니다 (권한 ${mode}): chmod 600 ${path}`,
  configuredBy: (file) => (file === null ? '설정: FAULTLINE_LLM_* 환경 변수' : `설정: ${file}`),
  telemetryTo: (urls) => (urls.length === 0 ? '텔레메트리를 보내지 않습니다. 보내려면 OTEL_EXPORTER_OTLP_ENDPOINT 또는 telemetry.endpoint를 설정하세요' : `텔레메트리: ${urls.join(', ')}`),
  budget: (level, spentUsd, capUsd) => {
    const spent = `언어 모델 비용 ${usdText(spentUsd)} / 한도 ${usdText(capUsd)}`;
    if (level === 'spent') return `${spent}: 더 호출할 여유가 없어 모델에 묻지 않습니다`;
    return level === 'page' ? `${spent}: 지금 확인이 필요합니다` : `${spent}: 저렴한 모델에 먼저 묻습니다`;
  },
  noticeUndelivered: (reason) => `예산 알림을 전하지 못했습니다: ${reason}`,
  telemetryUnsent: (reason) => `텔레메트리가 도착하지 않았습니다: ${reason}`,
  price: (input, output, source) => `백만 토큰당 입력 ${usdText(input)}, 출력 ${usdText(output)} (${PRICE_SOURCES_KO[source]})`,
  spentToday: (usd, heldUsd, cap) => `오늘 사용: ${usdText(usd)}${heldUsd > 0 ? `, 끝나지 않은 호출 몫 ${usdText(heldUsd)}` : ''} / 한도 ${usdText(cap)}`,
  taskSpending: ({ task, calls, tokens, usd }) => `${task}: ${usdText(usd)}, 호출 ${countText(calls)}회, 토큰 ${countText(tokens)}개`,
  keptIn: (folder) => (folder === null ? '캐시와 사용 내역은 메모리에만 있습니다. 보관하려면 models.folder를 설정하세요' : `캐시와 사용 내역: ${folder}`),
  nothingThere: (path) => `${path}에 장애가 없어 표현할 것이 없습니다`,
  notThere: (path) => `${path}이(가) 없습니다`,
  writeReference: 'PROVIDER/MODEL 형식으로, 설정에 있는 제공자를 쓰세요.',
  hints: {
    model_auth: '이 제공자의 키와 권한을 확인하세요.', model_rate_limited: '제공자에서 한도를 올리거나 체인에 다른 모델을 추가하세요.', model_bad_request: '모델 이름과 base URL을 확인하세요.',
    model_unavailable: 'base URL과 서버 상태를 확인하세요.', model_timeout: '서버가 느릴 뿐이라면 models.call_timeout_ms를 늘리세요.', model_budget: 'models.budget을 늘리거나 다음 날(UTC)을 기다리세요.',
  },
  evalColumns: ['사례', '모델', '형식', '문장', '삭제', '남음', '비용', '시간', '점수', '가까움'],
  yes: '예',
  no: '아니요',
  allCases: (count) => `전체 ${count}`,
  prompts: '프롬프트',
};

export const modelWordsFor = (language: Language): ModelWords => (language === 'ko' ? KO : EN);
