/** What happened, in Korean. */
import type { ChangeKind } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Component } from '../../domain/report.ts';
import { plain } from '../digest/quote.ts';
import { withParticle } from '../digest/words/particles.ts';
import { clauseOf, shortId, type Clause } from './evidence-clause.ts';
import { lengthText } from './instant-text.ts';
import type { Bystander, HypothesisFacts, Words } from './words.ts';

export const FAULT_KO: Words['fault'] = {
  cpu: 'CPU 고갈', memory: '메모리 고갈', disk: '디스크 문제', network_delay: '네트워크 지연', network_loss: '네트워크 손실', exception: '코드 예외', error_return: '호출 실패', code: '코드 결함',
  configuration: '잘못된 설정', crash: '비정상 종료', capacity: '용량 고갈', dependency: '의존 서비스 장애', scheduling: '파드 스케줄링 실패', image: '이미지 가져오기 실패', permission: '권한 부족', dns: '이름 해석 실패',
  certificate: '인증서 만료 또는 오류', storage: '저장소 부족 또는 누락', traffic: '비정상 트래픽', data: '잘못된 데이터', unknown: '알 수 없는 장애',
};

const KIND: Readonly<Record<ChangeKind, string>> = {
  deployment: '배포', commit: '커밋', config: '설정 변경', feature_flag: '기능 플래그', migration: '마이그레이션', scaling: '스케일 조정', infrastructure: '인프라 변경',
};

const MAX_NAMES = 5;

export const listKo = (names: readonly string[]): string => {
  const shown = names.slice(0, MAX_NAMES).join(', ');
  return names.length > MAX_NAMES ? `${shown} 외 ${names.length - MAX_NAMES}개` : shown;
};

export const nameKo = (component: Component): string => {
  if (component.kind === 'edge' && component.source !== null) return `${plain(component.source)} → ${plain(component.destination ?? component.name)} 호출`;
  if (component.kind === 'node') return `노드 ${plain(component.name)}`;
  if (component.kind === 'kubernetes_object' && component.object_kind !== null) return `${plain(component.object_kind)} ${plain(component.name)}`;
  return plain(component.name);
};

/** `30 s로`, `305로`, `10으로`: a unit after the digits is read with an open syllable (초, 퍼센트, 바이트). */
export const toward = (quantity: string): string => (/\d$/.test(quantity) ? withParticle(quantity, '으로/로') : `${quantity}로`);

/** For lists: `p99 상승(0.66 s → 30 s)`. */
const nounOf = (clause: Clause): string => {
  switch (clause.kind) {
    case 'shift': return clause.isQuoted ? `“${clause.what}” 소요 시간 ${clause.isUp ? '증가' : '감소'}(${clause.normal} → ${clause.seen})` : `${clause.what} ${clause.isUp ? '상승' : '하락'}(${clause.normal} → ${clause.seen})`;
    case 'stopped': return `${clause.what} 중단(평소 ${clause.normal})`;
    case 'log': return `로그 “${clause.template}” ${clause.isMore ? '증가' : '감소'}(${clause.unit === 'slices' ? '구간' : '요청'} 비율 ${clause.normal} → ${clause.seen})`;
    case 'errors': return `자체 호출 실패 ${clause.seen}건(평소 ${clause.normal}건)`;
    case 'traffic': return `호출 ${clause.isUp ? '급증' : '급감'}(${clause.normal}건 → ${clause.seen}건)`;
    case 'step': return `요청 중 “${clause.operation}” 단계의 ${clause.isMore ? '증가' : '감소'}(${clause.normal} → ${clause.seen})`;
    case 'other': return `“${clause.text}”`;
    default: return clause satisfies never;
  }
};

const noun = (finding: Finding): string => nounOf(clauseOf(finding));

const sentenceOf = (clause: Clause, when: string): string => {
  switch (clause.kind) {
    case 'shift': return clause.isQuoted ? `“${clause.what}” 소요 시간이 ${when}${clause.normal}에서 ${toward(clause.seen)} ${clause.isUp ? '늘었습니다' : '줄었습니다'}` : `${clause.what} 값이 ${when}${clause.normal}에서 ${toward(clause.seen)} ${clause.isUp ? '올랐습니다' : '내렸습니다'}`;
    case 'stopped': return `${clause.what} 값이 ${when}멈추었습니다(평소 ${clause.normal})`;
    case 'log': return `로그 ${withParticle(`“${clause.template}”`, '이/가')} 나타나는 ${clause.unit === 'slices' ? '시간 구간' : '요청'} 비율이 ${when}${clause.normal}에서 ${toward(clause.seen)} ${clause.isMore ? '늘었습니다' : '줄었습니다'}`;
    case 'errors': return `${when}자체 원인으로 실패한 호출이 ${clause.seen}건입니다(평소 ${clause.normal}건)`;
    case 'traffic': return `호출이 ${when}${clause.normal}건에서 ${clause.seen}건으로 ${clause.isUp ? '늘었습니다' : '줄었습니다'}`;
    case 'step': return `“${clause.operation}” 단계가 있는 요청의 비율이 ${when}${clause.normal}에서 ${toward(clause.seen)} ${clause.isMore ? '늘었습니다' : '줄었습니다'}`;
    case 'other': return `“${clause.text}”`;
    default: return clause satisfies never;
  }
};

const FAR = 6;

/** What a finding without numbers suggests most: its own sentence is English and stands as a quotation. */
const suggestion = (finding: Finding): string => {
  const best = Object.entries(finding.faults).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0];
  return best !== undefined && best in FAULT_KO ? `${FAULT_KO[best as keyof typeof FAULT_KO]} 징후` : '이상 징후';
};

const changeKo = (finding: Finding, when: string): string => {
  const id = plain(finding.changeId ?? finding.indicator);
  if (!finding.id.startsWith('change:')) return `변경 ${id}의 새 파드가 이전 파드와 다르게 동작합니다: ${plain(finding.indicator)}`;
  return `변경 ${withParticle(id, '이/가')} ${when}이상이 나타나기 전에 적용되었습니다`;
};

export const evidenceKo: Words['evidence'] = (finding, at) => {
  const found = clauseOf(finding);
  const who = nameKo(finding.component);
  if (finding.kind === 'change') return `${who}: ${changeKo(finding, finding.onset === null ? '' : `${at(finding.onset)}에 `)}.`;
  if (found.kind === 'other') return `${who}: ${suggestion(finding)}, 원문 “${found.text}”.`;
  const isEarlier = finding.summary.includes('before the window began');
  const when = finding.onset === null || isEarlier ? '' : `${at(finding.onset)}부터 `;
  const how = finding.kind !== 'metric' || found.kind === 'stopped' ? '' : finding.strength >= FAR ? '평소 범위를 크게 벗어남' : `평소 변동 폭의 ${finding.strength.toFixed(1)}배`;
  const notes = [how, isEarlier ? '표본이 시작될 때 이미 그러함' : ''].filter((note) => note !== '').join(', ');
  return `${who}: ${sentenceOf(found, when)}${notes === '' ? '' : `(${notes})`}.`;
};

const madeBy = ({ change, changeId }: HypothesisFacts, at: (ms: number) => string): string => {
  if (changeId === null) return '';
  if (change === null) return `변경 ${shortId(changeId)} 이후`;
  return `${at(change.at)}의 ${KIND[change.kind]} ${shortId(change.id)}${change.quote === null ? ' 이후' : `에서 ${withParticle(`“${change.quote}”`, '으로/로')} 바뀐 뒤`}`;
};

/** `…의 잘못된 설정`; after a call path without a particle that would be read twice. */
const causeOf = (facts: HypothesisFacts): string => `${nameKo(facts.component)}의 ${FAULT_KO[facts.fault]}`;

const began = ({ onset }: HypothesisFacts, at: (ms: number) => string): string => (onset === null ? '이상이 나타났습니다' : `${at(onset)}부터 이상이 나타났습니다`);

export const hypothesisKo: Words['hypothesis'] = (facts, at) => {
  const made = madeBy(facts, at);
  const [lead] = facts.shown;
  const shown = ` 가장 뚜렷한 징후는 ${lead === undefined ? `“${plain(facts.indicator)}”` : noun(lead)}입니다.`;
  const same = facts.sameAs === null ? '' : ` 가설 ${withParticle(String(facts.sameAs), '과/와')} 같은 대상을 다른 장애 유형으로 본 것이며, 별개의 원인이 아닙니다.`;
  return `${causeOf(facts)}: ${made === '' ? '' : `${made} `}${began(facts, at)}.${shown}${same}`;
};

const LENGTH = ['시간', '분', '초'] as const;

const whyOf = ({ relation, isDirect, isConsequence, isEarlier, isExternal, lagMs }: Bystander, blamed: string): string => {
  const how = isDirect ? '' : '간접적으로 ';
  const [joined, alone] =
    relation === 'caller' ? [`${withParticle(blamed, '을/를')} ${how}호출하며`, `${withParticle(blamed, '을/를')} ${how}호출함`]
    : relation === 'callee' ? [`${withParticle(blamed, '이/가')} ${how}호출하는 대상이며`, `${withParticle(blamed, '이/가')} ${how}호출하는 대상임`]
    : [`${withParticle(blamed, '과/와')} 호출 관계가 없고`, `${withParticle(blamed, '과/와')} 호출 관계가 없음`];
  const seen = isExternal ? ' 다른 서비스의 지표로만 보이고' : '';
  if (lagMs === null) return alone;
  const when = Math.abs(lagMs) < 15_000 ? '같은 때 시작됨' : `${lengthText(lagMs, LENGTH)} ${lagMs > 0 ? '뒤에' : '먼저'} 시작됨`;
  return `${joined}${seen} ${when}${isConsequence || isEarlier || relation === 'unconnected' ? '' : ', 선후는 불분명'}`;
};

export const bystanderKo: Words['bystander'] = (bystander, blamed) =>
  `${bystander.isConsequence ? '결과일 가능성이 높습니다' : '별개로 봅니다'}: ${withParticle(plain(bystander.name), '은/는')} ${whyOf(bystander, plain(blamed))}.`;

export const sparedKo: Words['spared'] = ({ change, reason, isQuiet }, at) => {
  const subject = withParticle(`${change.service === null || change.id.includes(change.service) ? '' : `${plain(change.service)} `}${KIND[change.kind]} ${shortId(change.id)}`, '은/는');
  const why = reason === 'after' ? '이상이 시작된 뒤에' : '원인으로 지목된 대상이 호출하지 않는 서비스에';
  const quiet = isQuiet && change.service !== null ? ` 그 뒤 ${plain(change.service)}에 새로운 이상도 없어` : '';
  return `${at(change.time)}의 ${subject} ${why} 적용되었고${quiet === '' ? '' : `,${quiet}`} 원인이 아닙니다`;
};

export const rootCauseKo: Words['rootCause'] = ({ at, first, bystanders, affected, runnerUp, spared }) => {
  const made = madeBy(first, at);
  const cause = `가장 유력한 원인(${first.confidence} %)은 ${withParticle(causeOf(first), '으로/로')}, ${made === '' ? '' : `${made} `}${began(first, at)}.`;
  const followers = bystanders.filter(({ isConsequence, relation }) => isConsequence && relation === 'callee').map(({ name }) => plain(name));
  const apart = new Set(bystanders.filter(({ isConsequence, relation }) => !isConsequence || relation === 'callee').map(({ name }) => name));
  const sufferers = affected.filter((name) => !apart.has(name)).map(plain);
  const shown = withParticle(first.shown.map(noun).join(', '), '이/가');
  const hurts = sufferers.length === 0 ? '' : `${withParticle(listKo(sufferers), '이/가')} 영향을 받고 있습니다`;
  const where = `${nameKo(first.component)}에서 `;
  const effect = first.shown.length === 0 ? (hurts === '' ? '' : ` ${hurts}.`) : hurts === '' ? ` ${where}${shown} 관찰되었습니다.` : ` ${where}${shown} 관찰되었고, ${hurts}.`;
  const rest: string[] = [];
  if (followers.length > 0) rest.push(`${withParticle(listKo(followers), '은/는')} 나중에 시작된 결과입니다`);
  if (runnerUp !== null) rest.push(`다음 후보는 ${causeOf(runnerUp)}(${runnerUp.confidence} %)입니다`);
  const [decoy] = spared;
  if (decoy !== undefined && rest.length < 2) rest.push(sparedKo(decoy, at));
  return `${cause}${effect}${rest.length === 0 ? '' : ` ${rest.join('. ').replace('결과입니다. ', '결과이며, ').replace('입니다. ', '이고, ')}.`}`;
};

export const inconclusiveKo: Words['inconclusive'] = (first, at) => {
  if (first === null) return '수집된 자료로는 무엇이 잘못되었는지도, 이상이 없는지도 알 수 없습니다. 빠진 자료를 확인하세요.';
  const [lead] = first.shown;
  const since = first.onset === null ? '' : `, ${at(first.onset)}부터`;
  return `결론을 내릴 수 없습니다: 평소와 다르지만 믿을 만한 가설이 없습니다. 가장 나은 가설(${first.confidence} %)은 ${causeOf(first)}입니다${lead === undefined && since === '' ? '' : `(${[since.slice(2), lead === undefined ? '' : noun(lead)].filter((part) => part !== '').join(', ')})`}.`;
};

const MAX_TOLD = 4;

export const impactKo: Words['impact'] = ({ affected, blamed, bystanders }) => {
  const told = (some: typeof bystanders): string =>
    some.slice(0, MAX_TOLD).map((one) => `${withParticle(plain(one.name), '은/는')} ${whyOf(one, plain(blamed ?? ''))}(${noun(one.sign)}, ${one.evidence})`).join('; ') + (some.length > MAX_TOLD ? `; 외 ${some.length - MAX_TOLD}개` : '');
  const who = affected.length === 0 ? '눈에 띄게 영향을 받은 다른 서비스가 없습니다.' : `서비스 ${affected.length}개가 눈에 띄게 영향을 받았습니다: ${listKo(affected.map(plain))}.`;
  if (blamed === null) return who;
  const consequences = bystanders.filter(({ isConsequence }) => isConsequence);
  const separate = bystanders.filter(({ isConsequence }) => !isConsequence);
  return `${who}${consequences.length === 0 ? '' : ` 원인이 아니라 결과: ${told(consequences)}.`}${separate.length === 0 ? '' : ` 별개이거나 불분명: ${told(separate)}.`}`;
};
