/** A webhook: one POST of JSON, whose `text` is a sentence for a person. The address is a secret and stays out of every message. */
import type { Language } from '../domain/language.ts';
import type { BudgetNotice, BudgetNotifier } from '../ports/budget-notice.ts';
import { AppError } from '../shared/errors.ts';

const usd = (amount: number): string => `$${amount.toFixed(2)}`;

const TEXTS: Readonly<Record<Language, (notice: BudgetNotice) => string>> = {
  en: ({ level, day, incident, spentUsd, limitUsd }) => {
    const about = incident === null ? '' : ` on incident ${incident}`;
    const spent = `Faultline spent ${usd(spentUsd)} on language models${about} on ${day} (UTC)`;
    if (level === 'spent') return `${spent}; the cap of ${usd(limitUsd)} is reached. Reports keep coming, in Faultline's own words.`;
    return level === 'page' ? `${spent}, past the ${usd(limitUsd)} at which somebody is to be paged. The cheap tier answers.` : `${spent}, past the ${usd(limitUsd)} of the warning. The cheap tier answers.`;
  },
  ko: ({ level, day, incident, spentUsd, limitUsd }) => {
    const about = incident === null ? '' : `, 장애 ${incident}`;
    const spent = `Faultline 언어 모델 비용 ${usd(spentUsd)} (${day} UTC${about})`;
    if (level === 'spent') return `${spent}: 한도 ${usd(limitUsd)}에 도달했습니다. 보고서는 Faultline이 직접 쓴 글로 계속 나갑니다.`;
    return level === 'page' ? `${spent}: 호출 기준 ${usd(limitUsd)}을 넘었습니다. 저렴한 모델이 응답합니다.` : `${spent}: 경고 기준 ${usd(limitUsd)}을 넘었습니다. 저렴한 모델이 응답합니다.`;
  },
};

export const budgetNoticeText = (notice: BudgetNotice, language: Language): string => TEXTS[language](notice);

const bodyOf = (notice: BudgetNotice, language: Language): string => {
  const { level, day, incident, spentUsd, limitUsd } = notice;
  return JSON.stringify({ schema: 'faultline.budget-notice/1', level, day, incident, spent_usd: spentUsd, limit_usd: limitUsd, text: budgetNoticeText(notice, language) });
};

const undelivered = (why: string): AppError => new AppError({ code: 'notice_undelivered', message: `the webhook of the budget ${why}`, retryable: true });

export const webhook = (url: string, language: Language): BudgetNotifier => ({
  notify: async (notice, { signal }) => {
    let response: Response;
    try {
      response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: bodyOf(notice, language), redirect: 'error', signal });
    } catch {
      throw undelivered(signal.aborted ? 'did not answer in time' : 'cannot be reached');
    }
    await response.body?.cancel();
    if (!response.ok) throw undelivered(`answered ${response.status}`);
  },
});
