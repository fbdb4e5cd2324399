/**
 * Commands that look closer, shared by the known failures. All of them read only.
 * Placeholders in angle brackets are for the reader to fill in; no text of any log is ever put into them.
 */
import type { FailureCheck } from './known-failure.ts';

const look = (command: string | null, en: string, ko: string): FailureCheck => ({ summary: { en, ko }, command, risk: 'none' });

export const CHECKS = {
  dns: look('getent hosts <host>; kubectl -n kube-system get pods -l k8s-app=kube-dns', 'Resolve the name from the affected host and check the DNS servers.', '해당 호스트에서 이름이 풀리는지, DNS 서버가 정상인지 확인합니다.'),
  port: look('nc -vz -w 3 <host> <port>', 'Check from the affected host that the target port answers.', '해당 호스트에서 대상 포트로 접속되는지 확인합니다.'),
  endpoints: look('kubectl get endpoints,pods -o wide', 'Check that the target has ready endpoints behind its Service.', '대상 Service에 준비된 엔드포인트가 있는지 확인합니다.'),
  network: look('ss -s; ip -s link', 'Look at socket states and dropped packets on the host.', '호스트의 소켓 상태와 패킷 유실을 확인합니다.'),
  certificate: look('openssl s_client -connect <host>:443 -servername <host> </dev/null | openssl x509 -noout -dates -subject -issuer', 'Read the expiry date and issuer of the certificate being served.', '서버가 내주는 인증서의 만료일과 발급자를 확인합니다.'),
  disk: look('df -h; df -i', 'Look at free space and free inodes.', '디스크 여유 공간과 아이노드 수를 확인합니다.'),
  kernel: look('dmesg -T --level=err,warn | tail -n 50', 'Read the latest kernel messages.', '최근 커널 메시지를 확인합니다.'),
  database: look('pg_isready -h <db-host> -p 5432', 'Check that the database answers (pg_isready, mysqladmin ping or similar).', '데이터베이스가 응답하는지 확인합니다(pg_isready, mysqladmin ping 등).'),
  sessions: look('psql -h <db-host> -c "select state, wait_event_type, count(*) from pg_stat_activity group by 1, 2 order by 3 desc"', 'Count database sessions by state against the connection limit.', '데이터베이스 세션 수를 상태별로 집계해 접속 한도와 비교합니다.'),
  locks: look('psql -h <db-host> -c "select pid, pg_blocking_pids(pid), state, query_start from pg_stat_activity where cardinality(pg_blocking_pids(pid)) > 0"', 'Find who blocks whom in the database.', '데이터베이스에서 어떤 세션이 어떤 세션을 막고 있는지 확인합니다.'),
  replication: look('psql -h <db-host> -c "select application_name, state, replay_lag from pg_stat_replication"', 'Read the state and lag of each replica.', '복제본별 상태와 지연을 확인합니다.'),
  pool: look(null, 'Compare active, idle and waiting connections of the pool with its size and time-out.', '커넥션 풀의 사용 중·유휴·대기 수를 풀 크기, 대기 시간 설정과 비교합니다.'),
  redis: look('redis-cli -h <redis-host> info memory clients replication', 'Check that Redis answers, its memory, clients and role.', 'Redis의 응답 여부와 메모리, 클라이언트 수, 역할을 확인합니다.'),
  kafka: look('kafka-broker-api-versions.sh --bootstrap-server <broker>:9092', 'Check that the Kafka brokers answer.', 'Kafka 브로커가 응답하는지 확인합니다.'),
  lag: look('kafka-consumer-groups.sh --bootstrap-server <broker>:9092 --describe --all-groups', 'Read the lag of each consumer group.', '컨슈머 그룹별 지연을 확인합니다.'),
  queue: look(null, 'Read the depth of the queue, its limit, and how fast it is drained.', '큐의 적체량과 한도, 처리 속도를 확인합니다.'),
  memory: look('kubectl top pods; kubectl get pods -o wide', 'Compare memory in use with the limit, and count restarts.', '메모리 사용량을 한도와 비교하고 재시작 횟수를 확인합니다.'),
  pod: look('kubectl describe pod <pod>', 'Read the last state, exit code and events of the pod.', '파드의 마지막 상태와 종료 코드, 이벤트를 확인합니다.'),
  previous: look('kubectl logs <pod> --previous --tail=200', 'Read the last lines of the instance that died.', '종료된 인스턴스의 마지막 로그를 확인합니다.'),
  node: look('kubectl describe node <node>', 'Read the conditions of the node.', '노드 상태를 확인합니다.'),
  quota: look('kubectl describe resourcequota', 'Compare usage with the quota.', '사용량을 할당량과 비교합니다.'),
  rbac: look('kubectl auth can-i --list --as=<subject>', 'List what the identity may do.', '해당 계정에 허용된 권한을 확인합니다.'),
  heap: look('jcmd <pid> GC.heap_info', 'Read the heap in use and look at garbage-collection time.', '힙 사용량과 GC 시간을 확인합니다.'),
  threads: look('jcmd <pid> Thread.print', 'Take a thread dump and see what the threads wait for.', '스레드 덤프로 스레드들이 무엇을 기다리는지 확인합니다.'),
  files: look('ls /proc/<pid>/fd | wc -l; grep "open files" /proc/<pid>/limits', 'Compare open file descriptors with the limit.', '열린 파일 디스크립터 수를 한도와 비교합니다.'),
  image: look('kubectl describe pod <pod>', 'Read why the image could not be pulled: name, tag, or registry credentials.', '이미지를 받지 못한 이유(이름, 태그, 레지스트리 인증)를 확인합니다.'),
  rollout: look('kubectl rollout history deployment/<name>', 'Compare the time with the latest deployments and configuration changes.', '최근 배포나 설정 변경 시각과 비교합니다.'),
  credentials: look(null, 'Check whether the credential was rotated or has expired; do not print it.', '자격 증명이 교체되었거나 만료되지 않았는지 확인합니다. 값은 출력하지 않습니다.'),
  dependency: look(null, "Check the health of the service being called, and its provider's status page.", '호출 대상 서비스의 상태와 공급사 상태 페이지를 확인합니다.'),
  limits: look(null, 'Compare the call rate with the limit agreed with the provider.', '호출량을 공급사와 합의한 한도와 비교합니다.'),
  config: look(null, 'Compare the configuration with the last one that worked.', '마지막으로 정상 동작한 설정과 비교합니다.'),
  trace: look(null, 'Open the stack trace of the first occurrence and the code at its top own frame.', '최초 발생 건의 스택 트레이스와 자체 코드의 최상단 프레임을 확인합니다.'),
  clock: look('timedatectl; chronyc tracking', 'Check the clock against its time source.', '시스템 시각이 동기화되어 있는지 확인합니다.'),
} as const satisfies Record<string, FailureCheck>;
