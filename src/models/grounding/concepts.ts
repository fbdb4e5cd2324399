/**
 * Words that name a cause, in English and Korean. A sentence may only use one whose concept the evidence has too: "the disk
 * was full" is an invention where nothing speaks of a disk.
 */

/** Each line is one concept. Latin words match from the start of a word, Korean ones anywhere. */
const CONCEPTS: readonly (readonly string[])[] = [
  ['memory', 'oom', 'heap', 'leak', '메모리', '힙', '누수'],
  ['cpu', 'throttl', '스로틀'],
  ['disk', 'storage', 'filesystem', 'inode', 'volume', 'iops', '디스크', '스토리지', '저장 공간', '볼륨'],
  ['network', 'packet', 'latenc', 'bandwidth', 'partition', '네트워크', '패킷', '지연', '대역폭'],
  ['dns', 'resolv', 'nameserver', '이름 해석'],
  ['certificate', 'tls', 'ssl', 'x509', '인증서'],
  ['permission', 'forbidden', 'denied', 'unauthori', 'rbac', 'credential', 'password', '권한', '거부', '비밀번호', '자격 증명'],
  ['deploy', 'release', 'rollout', 'version', 'upgrade', '배포', '릴리스', '버전'],
  ['configur', 'setting', 'flag', 'misconfig', '설정', '구성', '플래그'],
  ['database', 'sql', 'postgres', 'mysql', 'mongo', 'oracle', 'jdbc', 'db', '데이터베이스', '디비'],
  ['redis', 'cache', 'memcache', '캐시', '레디스'],
  ['kafka', 'queue', 'rabbitmq', 'broker', 'consumer', 'topic', '큐', '브로커', '카프카', '토픽'],
  ['replica', 'failover', 'primary', 'standby', '복제', '장애 조치', '페일오버'],
  ['deadlock', 'lock', '교착', '잠금'],
  ['attack', 'ddos', 'intrusion', 'malicious', 'breach', 'hacker', 'malware', '공격', '침입', '악성', '해킹'],
  ['traffic', 'load', 'surge', 'spike', '트래픽', '부하', '급증'],
  ['image', 'registry', '이미지', '레지스트리'],
  ['scheduling', 'unschedul', 'evict', 'taint', '스케줄', '축출'],
  ['migration', 'schema', '마이그레이션', '스키마'],
  ['hardware', 'power', 'datacenter', 'region', 'zone', '하드웨어', '전원', '리전'],
  ['nginx', 'envoy', 'istio', 'proxy', 'ingress', 'gateway', '프록시', '게이트웨이'],
  ['kubernetes', 'kubelet', 'pod', 'container', 'node', '쿠버네티스', '파드', '컨테이너', '노드'],
  ['garbage', 'thread', 'pool', '스레드', '풀'],
  ['bug', 'code', 'exception', 'null', '버그', '코드', '예외'],
  ['vendor', 'third-party', 'upstream', 'provider', '외부 업체', '공급자'],
];

const LATIN = /^[a-z0-9-]+$/;
const matcherOf = (words: readonly string[]): RegExp =>
  new RegExp(words.map((word) => (!LATIN.test(word) ? word : word.length <= 3 ? `(?<![a-z0-9])${word}s?(?![a-z0-9])` : `(?<![a-z])${word}`)).join('|'), 'i');
const MATCHERS: readonly RegExp[] = CONCEPTS.map(matcherOf);

/** Indexes of the concepts that `text` speaks of. */
export const conceptsIn = (text: string): ReadonlySet<number> => {
  const found = new Set<number>();
  for (const [index, matcher] of MATCHERS.entries()) if (matcher.test(text)) found.add(index);
  return found;
};

/** A word of the first concept in `text` that `known` lacks; null where there is none. */
export const unknownConcept = (text: string, known: ReadonlySet<number>): string | null => {
  for (const [index, matcher] of MATCHERS.entries()) {
    if (known.has(index)) continue;
    const match = matcher.exec(text);
    if (match !== null) return match[0];
  }
  return null;
};
