import { plain } from '../digest/quote.ts';
import { withParticle } from '../digest/words/particles.ts';
import { FAULT_KO, bystanderKo, evidenceKo, hypothesisKo, impactKo, inconclusiveKo, listKo, nameKo, rootCauseKo, sparedKo, toward } from './sentences-ko.ts';
import type { Words } from './words.ts';

const ACT: Words['fault'] = {
  cpu: '{c}에서 CPU를 소모하는 작업을 프로파일링으로 찾고, 그동안 한도를 올리거나 복제본을 늘리십시오',
  memory: '{c}의 힙 또는 메모리 프로파일을 남긴 뒤 재시작하거나 메모리 한도를 올리십시오',
  disk: '{c}의 디스크 공간과 I/O를 확인하고 확보하거나 늘리십시오',
  network_delay: '호출하는 쪽에서 {c}까지의 지연(ping, TCP 재전송)을 재고 노드, 네트워크 정책, 프록시를 확인하십시오',
  network_loss: '{c}까지의 경로와 노드, 프록시에서 패킷 손실과 연결 재설정을 확인하십시오',
  exception: '{c}의 스택 트레이스를 읽고 예외를 일으키는 변경을 되돌리거나 고치십시오',
  error_return: '{c:이/가} 오류로 응답하는 이유를 확인하고 되돌리거나 고치십시오',
  code: '{c}의 현재 버전과 이전 버전을 비교하고 다르면 되돌리십시오',
  configuration: '{c}의 설정을 마지막 정상 설정과 비교하고 복원하십시오',
  crash: '{c:이/가} 종료되기 직전의 로그와 종료 코드를 확인하십시오',
  capacity: '{c}의 소진된 한도(풀, 할당량, 복제본)를 올리거나 부하를 줄이십시오',
  dependency: '{c:이/가} 의존하는 대상의 상태를 확인하고, 그동안 차단기를 열거나 대체 경로를 쓰십시오',
  scheduling: '스케줄러가 {c}의 파드를 거부하는 이유를 읽고 맞는 노드를 확보하십시오',
  image: '{c}의 이미지 이름, 태그, 레지스트리, 풀 시크릿을 확인하십시오',
  permission: '{c}에 없는 역할, 계정 또는 키를 복원하십시오',
  dns: '{c}의 파드 안에서 사용하는 이름을 해석해 보고 DNS 서비스를 확인하십시오',
  certificate: '{c}의 인증서를 갱신하거나 바로잡으십시오',
  storage: '{c}의 볼륨과 볼륨 클레임을 확인하십시오',
  traffic: '{c:으로/로} 트래픽을 보내는 곳을 찾아 속도를 제한하거나 용량을 늘리십시오',
  data: '{c:이/가} 처리하지 못하는 데이터를 찾으십시오',
  unknown: '{c:을/를} 더 자세히 살펴보십시오',
};

/** Looking before acting: nothing here changes anything. */
const LOOK: Words['fault'] = {
  cpu: '{c}의 어느 파드가 CPU를 많이 쓰는지 확인하십시오', memory: '{c} 파드의 메모리 사용량을 확인하십시오', disk: '{c}의 로그에서 I/O 및 디스크 오류를 확인하십시오', network_delay: '{c:이/가} 어느 노드에서 실행 중인지 확인하십시오', network_loss: '{c:이/가} 어느 노드에서 실행 중인지 확인하십시오',
  exception: '{c}의 최근 스택 트레이스를 읽으십시오', error_return: '{c}의 최근 오류를 읽으십시오', code: '{c}의 최근 오류를 읽으십시오', configuration: '{c}의 어느 리비전과 설정이 실행 중인지 확인하십시오', crash: '{c}에서 종료된 컨테이너의 마지막 로그를 읽으십시오',
  capacity: '{c}의 파드 수와 부하를 확인하십시오', dependency: '{c}의 오류가 어느 의존 대상을 가리키는지 읽으십시오', scheduling: '스케줄러가 {c}의 파드를 거부하는 이유를 확인하십시오', image: '{c:이/가} 요구하는 이미지와 가져오지 못하는 이유를 확인하십시오',
  permission: '{c:이/가} 무엇을 거부당하는지 읽으십시오', dns: '{c:이/가} 해석하지 못하는 이름을 읽으십시오', certificate: '{c:이/가} 거부하는 인증서를 확인하십시오', storage: '{c:이/가} 기다리는 볼륨을 확인하십시오', traffic: '{c}의 파드 수와 부하를 확인하십시오',
  data: '{c:이/가} 처리하지 못하는 데이터를 읽으십시오', unknown: '{c}의 최근 로그를 읽으십시오',
};

/** The component's name in its place, with the particle that the sentence asks for. */
const filled = (text: string, component: string): string =>
  text
    .replaceAll('{c:이/가}', () => withParticle(component, '이/가'))
    .replaceAll('{c:을/를}', () => withParticle(component, '을/를'))
    .replaceAll('{c:으로/로}', () => withParticle(component, '으로/로'))
    .replaceAll('{c}', () => component);

export const WORDS_KO: Words = {
  fault: FAULT_KO,
  signals: { logs: '로그', metrics: '메트릭', traces: '트레이스', changes: '변경 이력', topology: '호출 그래프', kubernetes: '클러스터 상태' },
  componentName: nameKo,
  hypothesis: hypothesisKo,
  bystander: bystanderKo,
  spared: sparedKo,
  rootCause: rootCauseKo,
  inconclusive: inconclusiveKo,
  noIncident: (refuted) =>
    refuted.length === 0
      ? '이 시간 동안 잡음을 넘어 평소와 다른 것이 없습니다.'
      : `감지된 이상이 지표에 보이지 않습니다. 지목된 지표에서 ${withParticle(listKo(refuted.map(plain)), '은/는')} 감지 시각까지도 그 뒤에도 평소 범위를 벗어나지 않았습니다. 눈에 띄게 영향받는 다른 서비스도 없고, 나머지 변화는 잡음 수준입니다.`,
  impact: impactKo,
  evidence: evidenceKo,
  missingSignal: (signal) => `${signal} 자료가 없어, 그것만이 보여 줄 수 있는 것은 알 수 없습니다.`,
  uncoveredSignal: (signal, percent) => `분석 시간의 ${percent} %에 ${signal} 자료가 없어, 그동안의 일은 알 수 없습니다.`,
  clocksDiffer: (component, seconds) => `${component}의 이상이 시작된 시각이 신호마다 ${seconds}초까지 다릅니다. 시계가 서로 다를 수 있어 시작 순서는 확실하지 않습니다.`,
  samplesMissing: (percent) => `메트릭 표본의 약 ${percent} %가 빠져 있어, 짧은 변화를 놓쳤을 수 있습니다.`,
  unseen: (names, count) => `${names.map(plain).join(', ')}${count > names.length ? ` 외 ${count - names.length}개` : ''}의 측정 자료가 없어, 그곳의 장애는 호출자에서만 드러납니다.`,
  nothingNormal: (signal) => `기준 시간에 ${signal} 자료가 없어, 평소 모습을 알 수 없습니다.`,
  noSymptom: '무엇이 관찰되었는지 알려 주는 증상이나 알림이 없습니다.',
  noBaseline: (at) => (at === null ? '정상 시간이 주어지지 않았고 창 안에서도 찾지 못해 변화를 잴 수 없었습니다.' : `기준 시간이 없어 ${at} 이전을 정상으로 보았습니다.`),
  look: (fault, component) => filled(LOOK[fault], component),
  rollBack: ({ id, kind, quote }, service) => {
    const what = `${service === null ? '' : `${plain(service)}의 `}${kind === 'feature_flag' ? '기능 플래그' : '변경'} ${plain(id)}`;
    return `${withParticle(what, '을/를')} 되돌리십시오${quote === null ? '' : ` (“${quote}”)`}`;
  },
  act: (fault, component) => filled(ACT[fault], component),
  runbook: (file) => `팀의 런북 ${withParticle(plain(file), '을/를')} 따르십시오`,
  confirm: (indicator, component, normal) => (normal === null ? `${component}의 “${plain(indicator)}” 징후가 사라졌는지 확인하십시오` : `${component}의 ${plain(indicator)} 값이 약 ${toward(normal)} 돌아오는지 확인하십시오`),
  whyQuery: (component, indicator) => `${component}의 ${withParticle(plain(indicator), '을/를')} 보여 줍니다`,
  whyErrors: (component) => `${component}의 오류를 보여 줍니다`,
};
