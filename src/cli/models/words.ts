/** What the command line says about language models, in every language. */
import type { Language } from '../../domain/language.ts';

export interface ModelWords {
  readonly notConfigured: string;
  readonly notConfiguredHint: string;
  readonly wordedBy: (model: string, tier: string, removed: number, costUsd: number) => string;
  readonly deterministic: (code: string) => string;
  readonly tasks: string;
  readonly noChain: string;
  readonly works: (ms: number) => string;
  readonly price: (input: number, output: number, source: string) => string;
  readonly spentToday: (usd: number, cap: number) => string;
  readonly keptIn: (folder: string | null) => string;
  readonly nothingRead: (path: string) => string;
  readonly evalColumns: readonly string[];
}

/** Prices of single calls are fractions of a cent. */
export const usdText = (usd: number): string => (usd > 0 && usd < 0.01 ? `$${usd.toPrecision(2)}` : `$${usd.toFixed(2)}`);

const EN: ModelWords = {
  notConfigured: 'no language model is configured',
  notConfiguredHint: 'Set FAULTLINE_LLM_MODEL, FAULTLINE_LLM_BASE_URL and FAULTLINE_LLM_API_KEY, or "models" in faultline.yaml. Without --llm the analysis is complete too.',
  wordedBy: (model, tier, removed, costUsd) => `worded by ${model} (${tier}), ${usdText(costUsd)}${removed === 0 ? '' : `; ${removed} sentences the evidence does not carry were removed`}`,
  deterministic: (code) => `no model wrote this (${code}); the text is Faultline's own`,
  tasks: 'used for',
  noChain: 'no model is configured for',
  works: (ms) => `works, ${ms} ms`,
  price: (input, output, source) => `${usdText(input)} in, ${usdText(output)} out per million tokens (${source.replaceAll('_', ' ')})`,
  spentToday: (usd, cap) => `spent today: ${usdText(usd)} of at most ${usdText(cap)}`,
  keptIn: (folder) => (folder === null ? 'cache and spending are kept in memory only: set models.folder to keep them' : `cache and spending: ${folder}`),
  nothingRead: (path) => `cannot evaluate ${path}`,
  evalColumns: ['case', 'model', 'valid', 'sentences', 'removed', 'left', 'cost', 'latency', 'score'],
};

const KO: ModelWords = {
  notConfigured: '언어 모델이 설정되어 있지 않습니다',
  notConfiguredHint: 'FAULTLINE_LLM_MODEL, FAULTLINE_LLM_BASE_URL, FAULTLINE_LLM_API_KEY 또는 faultline.yaml의 "models"를 설정하세요. --llm 없이도 분석은 완전합니다.',
  wordedBy: (model, tier, removed, costUsd) => `${model}이(가) 작성 (${tier}), ${usdText(costUsd)}${removed === 0 ? '' : `; 증거로 뒷받침되지 않는 문장 ${removed}개를 삭제했습니다`}`,
  deterministic: (code) => `모델이 작성하지 않았습니다 (${code}). Faultline이 직접 쓴 글입니다`,
  tasks: '용도',
  noChain: '모델이 설정되지 않은 작업',
  works: (ms) => `정상, ${ms} ms`,
  price: (input, output, source) => `백만 토큰당 입력 ${usdText(input)}, 출력 ${usdText(output)} (${source})`,
  spentToday: (usd, cap) => `오늘 사용: ${usdText(usd)} / 한도 ${usdText(cap)}`,
  keptIn: (folder) => (folder === null ? '캐시와 사용 내역은 메모리에만 있습니다. 보관하려면 models.folder를 설정하세요' : `캐시와 사용 내역: ${folder}`),
  nothingRead: (path) => `${path}을(를) 평가할 수 없습니다`,
  evalColumns: ['사례', '모델', '형식', '문장', '삭제', '남음', '비용', '시간', '점수'],
};

export const modelWordsFor = (language: Language): ModelWords => (language === 'ko' ? KO : EN);
