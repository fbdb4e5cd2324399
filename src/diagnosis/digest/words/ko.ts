/** The digest in Korean. */
import { toRfc3339 } from '../../../domain/time.ts';
import type { KnownFailure } from '../../../signals/logs/knowledge/known-failure.ts';
import { isTrigger } from '../chain.ts';
import { countText } from '../../../shared/count-text.ts';
import type { EndState } from '../end-state.ts';
import type { Annotated } from '../annotate.ts';
import { hasWords, plain, quote } from '../quote.ts';
import type { Story } from '../story.ts';
import { withParticle } from './particles.ts';
import type { Words } from './words.ts';

const number = countText;
const list = (names: readonly string[], most = 4): string => {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} 외 ${names.length - most}개` : shown;
};
const named = (names: readonly string[]): string => list(names.map(plain));

const clock = (at: number): string => toRfc3339(at).slice(0, 19).replace('T', ' ');
const duration = (ms: number): string => {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds}초`;
  if (seconds < 7200) return `${Math.round(seconds / 60)}분`;
  return `${(seconds / 3600).toFixed(1)}시간`;
};

const END: Readonly<Record<EndState, string>> = {
  start_failed: '결국 애플리케이션이 기동하지 못한 채 중단되었고, 이후 복구된 기록이 없습니다.',
  stopped: '결국 프로세스가 중단되었고, 이후 복구된 기록이 없습니다.',
  killed: '결국 프로세스가 강제 종료되었고, 이후 재시작된 기록이 없습니다.',
  restarted: '프로세스가 종료되었다가 다시 기동되었습니다.',
  unfinished: '로그가 끝날 때까지 오류가 이어졌습니다.',
  ceased: '이후에는 오류가 더 나타나지 않았습니다.',
};

const NO_WORDS = '특정할 수 없는 메시지';
/** A message by its words; one without any, or one that argues, by what it is. */
const messageOf = ({ claim, pattern }: Pick<Annotated, 'claim' | 'pattern'>, show: (text: string) => string): string => (!claim && hasWords(pattern.template) ? show(pattern.template) : NO_WORDS);
const nameOf = ({ failure, claim, pattern }: Annotated): string => failure?.name.ko ?? messageOf({ claim, pattern }, quote);

const titleOf = ({ failures, chain, background, repeats }: Story): string => {
  const what = failures.length > 0 ? failures.slice(0, 4).map(({ name }) => name.ko).join(' ► ') : `오류 발생: ${messageOf(chain.trigger.item, plain)}`;
  if (background) return `${what} (상시 발생)`;
  return repeats > 1 ? `${what} (${repeats}회 반복)` : what;
};

const opening = ({ start, end, errors, warnings, services, chain, repeats, background }: Story): string => {
  const counted = warnings === 0 ? `오류 ${number(errors)}건` : `오류 ${number(errors)}건과 경고 ${number(warnings)}건`;
  const where = services.length === 0 ? '' : `${named(services)} 서비스에서 `;
  const kinds = chain.all.length === 1 ? '' : `(패턴 ${number(chain.all.length)}종)`;
  if (background) return `로그 전 구간에 걸쳐 ${where}${withParticle(counted, '이/가')}${kinds} 꾸준히 발생했습니다.`;
  const often = repeats > 1 ? `${repeats}차례에 걸쳐 ` : '';
  return `${clock(start)}(UTC)부터 ${duration(end - start)} 동안 ${where}${often}${counted}${kinds}이 발생했습니다.`;
};

const course = ({ lead: first, followers: rest, chain, services, background }: Story): string => {
  if (background) return `가장 잦은 오류는 ${nameOf(chain.trigger.item)}입니다.`;
  if (first === null) return `첫 오류는 ${messageOf(chain.trigger.item, quote)}이며, 알려진 장애 유형과는 일치하지 않습니다.`;
  const spread = services.length > 1 ? ` 영향은 서비스 ${services.length}개로 번졌습니다.` : '';
  const opened = withParticle(first.name.ko, '으로/로');
  const last = rest.at(-1);
  if (last === undefined) return `${isTrigger(first) ? '발단은' : '겉으로 드러난 증상은'} ${opened} 보입니다.${spread}`;
  const between = rest.slice(0, -1).map(({ name }) => name.ko);
  const path = between.length === 0 ? '' : `${withParticle(list(between), '을/를')} 거쳐 `;
  return `발단은 ${opened} 보이며, ${path}${withParticle(last.name.ko, '으로/로')} 이어졌습니다.${spread}`;
};

const FELT: Readonly<Record<KnownFailure['layer'], string>> = {
  network: '해당 구간을 거치는 호출이 실패하거나 느려졌을 가능성이 큽니다.',
  storage: '쓰기 작업이 실패했을 가능성이 큽니다. 데이터 유실 여부를 확인해야 합니다.',
  database: '데이터베이스가 필요한 요청이 실패했을 가능성이 큽니다.',
  cache: '캐시를 사용하는 요청이 느려지거나 실패했을 가능성이 큽니다.',
  queue: '메시지 처리가 지연되었을 가능성이 큽니다. 유실 여부를 확인해야 합니다.',
  resource: '처리 중이던 요청이 유실되거나 느려졌을 가능성이 큽니다.',
  security: '접근이 거부된 요청이 실패했을 가능성이 큽니다.',
  application: '일부 요청이 실패했을 가능성이 큽니다.',
  platform: '처리 용량이 줄었을 가능성이 큽니다.',
};

const impactOf = ({ services, endState, lead: first, codes }: Story): string => {
  const who = services.length === 0 ? '애플리케이션' : `${named(services)} 서비스`;
  const dead = endState === 'start_failed' || endState === 'stopped' || endState === 'killed';
  const felt = dead
    ? `중단 이후 ${who}의 요청 처리가 모두 멈췄을 가능성이 큽니다.`
    : first === null ? `${who}에서 오류가 기록되었으나, 사용자 영향 여부는 로그만으로 알 수 없습니다.` : `영향 대상은 ${who}입니다. ${FELT[first.layer]}`;
  const http = codes.filter((code) => code.startsWith('HTTP_5'));
  return http.length === 0 ? felt : `${felt} 호출 측은 ${list(http.map((code) => code.replace('_', ' ')))} 응답을 받았습니다.`;
};

const LIST_NAMES: Readonly<Record<string, string>> = { new: '신규', growing: '증가', gone: '사라짐', ongoing: '지속' };

export const koWords: Words = {
  title: titleOf,
  step: (failure, template) => (failure === null || failure.rank === 'wrapper' ? quote(template) : `${failure.name.ko}: ${quote(template)}`),
  summary: (story) => [opening(story), course(story), ...(story.background ? ['이 로그가 시작되기 전부터 있던 오류로 보입니다.'] : [END[story.endState]])].join(' '),
  impact: impactOf,
  knownCause: (failure, first) => `${first ? '가장 유력한 원인' : '다른 가능성'}: ${failure.name.ko}. ${failure.cause.ko}`,
  noticedOnly: (failure) => `로그에는 겉으로 드러난 증상(${failure.name.ko})만 있어, 그 뒤에서 무엇이 실패했는지는 불확실합니다.`,
  unknownCause: (template) => `불확실: ${hasWords(template) ? quote(template) : NO_WORDS} 오류가 가장 먼저 나타났으나, 알려진 장애 유형과 일치하지 않습니다.`,
  aroundStart: () => '배포나 재시작의 영향일 수 있습니다. 첫 오류 전후 2분 이내에 프로세스가 기동되었습니다.',
  lookCloser: () => '이 시간대만 따로 살펴봅니다.',
  findTrigger: () => '발단이 된 로그를 다시 찾습니다.',
  findLast: () => '마지막 단계의 로그를 다시 찾습니다.',
  gapNoTime: (errors) => `시각을 읽을 수 있는 줄이 없어 오류 ${number(errors)}건의 순서를 정하거나 장애로 묶지 못했습니다.`,
  gapSomeUntimed: (events) => `시각이 없는 오류 ${number(events)}건은 어느 장애에도 넣지 못했습니다.`,
  gapNoLevels: () => '로그 레벨을 읽을 수 있는 줄이 없어, 알려진 문구가 있는 오류만 식별했습니다.',
  gapNoBaseline: () => '비교 기준이 없고 입력이 짧아 구간끼리 비교할 수 없으므로, 새로 생기거나 사라진 패턴을 판단하지 않았습니다.',
  gapEarlierPart: ({ start, end }) => `비교 기준이 주어지지 않아 입력의 앞부분(${start} ~ ${end})을 기준으로 삼았습니다. 패턴 건수는 그 이후의 것입니다.`,
  gapOther: (events) => `패턴 종류가 너무 많아 ${number(events)}건은 "기타" 패턴으로 묶였고, 그 안의 오류는 구분할 수 없습니다.`,
  gapScattered: (count) => `시간 전반에 흩어진 단발성 오류 ${number(count)}건은 장애로 만들지 않고 지속 패턴에 남겼습니다.`,
  gapMoreIncidents: (count) => `심각도가 낮은 장애 ${number(count)}건은 목록에서 제외했습니다.`,
  gapMorePatterns: (count, name) => `"${LIST_NAMES[name] ?? name}" 목록의 패턴 ${number(count)}개는 표시하지 않았습니다.`,
  gapClaims: (count) => `원인을 주장하거나 지시를 내리는 패턴이 ${number(count)}개 있습니다. 로그의 문구는 데이터일 뿐이므로 그 내용을 믿지 않았습니다.`,
};
