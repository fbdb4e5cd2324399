/** Who worded a text, in every language. */
import type { Language } from '../../domain/language.ts';

export interface AuthorshipWords {
  /** Where a model wrote all of it. */
  readonly worded: (model: string, tier: string) => string;
  /** Where a model wrote some incidents of a digest. */
  readonly wordedSome: (ids: string, model: string, tier: string, ownIds: string) => string;
  readonly own: (why: string) => string;
  /** Why, after "no model wrote this"; unknown codes are shown as they are. */
  readonly reasons: Readonly<Record<string, string>>;
  readonly tier: (tier: string) => string;
  readonly fellBack: (why: string) => string;
  readonly removed: (count: number, kinds: string) => string;
  readonly violations: Readonly<Record<string, string>>;
  readonly budget: (spent: string, cap: string) => string;
}

const EN: AuthorshipWords = {
  worded: (model, tier) => `Worded by ${model} (${tier}); verdict, causes, ranks and numbers are computed.`,
  wordedSome: (ids, model, tier, ownIds) => `${ids} worded by ${model} (${tier}), ${ownIds} in Faultline's own words; causes, ranks and numbers are computed.`,
  own: (why) => `In Faultline's own words: ${why}.`,
  reasons: {
    model_auth: 'the key of the model was refused', model_rate_limited: 'the model had too many requests', model_unavailable: 'the model could not be reached', model_timeout: 'the model did not answer in time',
    model_aborted: 'the call was cancelled or took too long', model_truncated: 'the model\'s answer was cut off', model_refused: 'the model gave no answer', model_invalid_output: 'the model did not keep to the form',
    model_bad_request: 'the model did not take the request', model_circuit_open: 'the model did not answer lately and is left alone for a while', model_budget: 'the budget for models leaves no room',
    model_not_configured: 'no model is configured for this', model_not_grounded: 'the evidence carried too little of what the model wrote',
  },
  tier: (tier) => (tier === 'cache' ? 'from the cache' : `tier ${tier}`),
  fellBack: (why) => `Not the first choice: ${why}.`,
  removed: (count, kinds) => `${count === 1 ? '1 sentence' : `${count} sentences`} of the model removed: ${kinds}.`,
  violations: {
    no_citation: 'no citation', unknown_citation: 'unknown citation', foreign_citation: 'citation of something else', number: 'number not in the evidence', name: 'name not in the evidence', concept: 'cause not in the evidence',
    markup: 'markup or link', order: 'order or advice', quotes_telemetry: 'quote of telemetry', certainty: 'surer than the diagnosis', too_long: 'too long', no_sentence: 'no sentence', language: 'wrong language',
  },
  budget: (spent, cap) => `Language models: ${spent} of ${cap} spent.`,
};

const KO: AuthorshipWords = {
  worded: (model, tier) => `문장 작성: ${model} (${tier}). 판정, 원인, 순위, 수치는 계산한 값입니다.`,
  wordedSome: (ids, model, tier, ownIds) => `문장 작성: ${ids}은(는) ${model} (${tier}), ${ownIds}은(는) Faultline. 원인, 순위, 수치는 계산한 값입니다.`,
  own: (why) => `문장 작성: Faultline. ${why}.`,
  reasons: {
    model_auth: '모델의 키가 거부되었습니다', model_rate_limited: '모델에 요청이 너무 많았습니다', model_unavailable: '모델에 연결할 수 없었습니다', model_timeout: '모델이 제시간에 응답하지 않았습니다',
    model_aborted: '호출이 취소되었거나 너무 오래 걸렸습니다', model_truncated: '모델의 답이 중간에 잘렸습니다', model_refused: '모델이 답하지 않았습니다', model_invalid_output: '모델이 형식을 지키지 않았습니다',
    model_bad_request: '모델이 요청을 받아들이지 않았습니다', model_circuit_open: '모델이 최근에 응답하지 않아 잠시 호출하지 않습니다', model_budget: '모델 예산에 여유가 없습니다',
    model_not_configured: '이 작업에 설정된 모델이 없습니다', model_not_grounded: '모델이 쓴 내용 대부분이 근거로 뒷받침되지 않았습니다',
  },
  tier: (tier) => (tier === 'cache' ? '캐시' : `${tier} 단계`),
  fellBack: (why) => `첫째로 선택한 모델이 아닙니다: ${why}.`,
  removed: (count, kinds) => `모델의 문장 ${count}개 삭제: ${kinds}.`,
  violations: {
    no_citation: '인용 없음', unknown_citation: '없는 인용', foreign_citation: '다른 내용의 인용', number: '근거에 없는 숫자', name: '근거에 없는 이름', concept: '근거에 없는 원인', markup: '마크업 또는 링크',
    order: '지시 또는 조언', quotes_telemetry: '원본 인용', certainty: '진단보다 강한 확신', too_long: '너무 김', no_sentence: '문장이 아님', language: '다른 언어',
  },
  budget: (spent, cap) => `언어 모델 비용: ${spent} / 한도 ${cap}.`,
};

export const authorshipWordsFor = (language: Language): AuthorshipWords => (language === 'ko' ? KO : EN);
