import { toRfc3339 } from '../../domain/time.ts';
import { figure } from '../../signals/metrics/metric-findings.ts';
import type { HypothesisFacts, Words } from './words.ts';

const list = (names: readonly string[]): string => {
  const shown = names.slice(0, 5);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} 외 ${more}개` : shown.join(', ');
};

const FAULT: Words['fault'] = {
  cpu: 'CPU 고갈', memory: '메모리 고갈', disk: '디스크 문제', network_delay: '네트워크 지연', network_loss: '네트워크 손실', exception: '코드 예외', error_return: '호출 실패', code: '코드 결함',
  configuration: '잘못된 설정', crash: '비정상 종료', capacity: '용량 고갈', dependency: '의존 서비스 장애', scheduling: '파드 스케줄링 실패', image: '이미지 가져오기 실패', permission: '권한 부족', dns: '이름 해석 실패',
  certificate: '인증서 만료 또는 오류', storage: '저장소 부족 또는 누락', traffic: '비정상 트래픽', data: '잘못된 데이터', unknown: '알 수 없는 장애',
};

const ACT: Words['fault'] = {
  cpu: '{c}에서 CPU를 소모하는 작업을 프로파일링으로 찾고, 그동안 한도를 올리거나 복제본을 늘리십시오',
  memory: '{c}의 힙 또는 메모리 프로파일을 남긴 뒤 재시작하거나 메모리 한도를 올리십시오',
  disk: '{c}의 디스크 공간과 I/O를 확인하고 확보하거나 늘리십시오',
  network_delay: '호출하는 쪽에서 {c}까지의 지연(ping, TCP 재전송)을 재고 노드, 네트워크 정책, 프록시를 확인하십시오',
  network_loss: '{c}까지의 경로와 노드, 프록시에서 패킷 손실과 연결 재설정을 확인하십시오',
  exception: '{c}의 스택 트레이스를 읽고 예외를 일으키는 변경을 되돌리거나 고치십시오',
  error_return: '{c}가 오류로 응답하는 이유를 확인하고 되돌리거나 고치십시오',
  code: '{c}의 현재 버전과 이전 버전을 비교하고 다르면 되돌리십시오',
  configuration: '{c}의 설정을 마지막 정상 설정과 비교하고 복원하십시오',
  crash: '{c}가 종료되기 직전의 로그와 종료 코드를 확인하십시오',
  capacity: '{c}의 소진된 한도(풀, 할당량, 복제본)를 올리거나 부하를 줄이십시오',
  dependency: '{c}가 의존하는 대상의 상태를 확인하고, 그동안 차단기를 열거나 대체 경로를 쓰십시오',
  scheduling: '스케줄러가 {c}의 파드를 거부하는 이유를 읽고 맞는 노드를 확보하십시오',
  image: '{c}의 이미지 이름, 태그, 레지스트리, 풀 시크릿을 확인하십시오',
  permission: '{c}에 없는 역할, 계정 또는 키를 복원하십시오',
  dns: '{c}의 파드 안에서 사용하는 이름을 해석해 보고 DNS 서비스를 확인하십시오',
  certificate: '{c}의 인증서를 갱신하거나 바로잡으십시오',
  storage: '{c}의 볼륨과 볼륨 클레임을 확인하십시오',
  traffic: '{c}로 트래픽을 보내는 곳을 찾아 속도를 제한하거나 용량을 늘리십시오',
  data: '{c}가 처리하지 못하는 데이터를 찾으십시오',
  unknown: '{c}를 더 자세히 살펴보십시오',
};

const nameOf: Words['componentName'] = (component) => {
  if (component.kind === 'edge' && component.source !== null) return `${component.source} → ${component.destination ?? component.name} 호출`;
  if (component.kind === 'node') return `노드 ${component.name}`;
  if (component.kind === 'kubernetes_object' && component.object_kind !== null) return `${component.object_kind} ${component.name}`;
  return component.name;
};

const hypothesis = (facts: HypothesisFacts): string =>
  `${nameOf(facts.component)}: ${FAULT[facts.fault]}${facts.onset === null ? '' : ` (${facts.onset}부터)`}, 대표 지표 ${facts.indicator}${facts.changeId === null ? '' : `, 원인 변경 ${facts.changeId}`}`;

const numbers = (value: number | string | null): string => (typeof value === 'number' ? figure(value) : (value ?? '–'));

export const WORDS_KO: Words = {
  fault: FAULT,
  signals: { logs: '로그', metrics: '메트릭', traces: '트레이스', changes: '변경 이력', topology: '호출 그래프', kubernetes: '클러스터 상태' },
  componentName: nameOf,
  hypothesis,
  rootCause: (first, affected, runnerUp) => {
    const who = affected.length === 0 ? '' : ` 영향: ${list(affected)}.`;
    const other = runnerUp === null ? '' : ` 다음 후보: ${nameOf(runnerUp.component)}의 ${FAULT[runnerUp.fault]} (${runnerUp.confidence} %).`;
    return `가장 유력한 원인 (${first.confidence} %): ${hypothesis(first)}.${who}${other}`;
  },
  inconclusive: (first) =>
    first === null
      ? '평소와 다른 점이 있으나 수집된 자료로는 이유를 알 수 없습니다.'
      : `결론을 내릴 수 없음: 평소와 다르지만 믿을 만한 가설이 없습니다. 가장 나은 가설 (${first.confidence} %): ${hypothesis(first)}.`,
  noIncident: () => '이 시간 동안 잡음을 넘어 평소와 다른 것이 없습니다.',
  impact: (affected) => (affected.length === 0 ? '눈에 띄게 영향을 받은 다른 서비스가 없습니다.' : `눈에 띄게 영향을 받은 서비스 ${affected.length}개: ${list(affected)}.`),
  evidence: (finding) => {
    if (finding.observed === null && finding.expected === null) return `${nameOf(finding.component)}: ${finding.indicator} (${finding.summary})`;
    const at = finding.onset === null ? '' : `, ${toRfc3339(finding.onset)}부터`;
    return `${nameOf(finding.component)}의 ${finding.indicator}: ${numbers(finding.expected)} → ${numbers(finding.observed)}${at}`;
  },
  missingSignal: (signal) => `${signal} 자료가 없어, 그것만이 보여 줄 수 있는 것은 알 수 없습니다.`,
  uncoveredSignal: (signal, percent) => `분석 시간의 ${percent} %에 ${signal} 자료가 없어, 그동안의 일은 알 수 없습니다.`,
  clocksDiffer: (component, seconds) => `${component}의 이상이 시작된 시각이 신호마다 ${seconds}초까지 다릅니다. 시계가 서로 다를 수 있어 시작 순서는 확실하지 않습니다.`,
  noBaseline: (at) => (at === null ? '정상 시간이 주어지지 않았고 창 안에서도 찾지 못해 변화를 잴 수 없었습니다.' : `기준 시간이 없어 ${at} 이전을 정상으로 보았습니다.`),
  rollBack: (id, service) => `${service === null ? '' : `${service}의 `}변경 ${id} 되돌리기`,
  act: (fault, component) => ACT[fault].replace('{c}', component),
  confirm: (indicator, component) => `${component}의 ${indicator}가 정상으로 돌아오는지 확인`,
  whyQuery: (component, indicator) => `${component}의 ${indicator}를 보여 줍니다`,
};
