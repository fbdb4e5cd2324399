/** Wordings of runtimes, drivers and kernels that tell what a process suffers from; claims of people do not count. */
import type { Fault } from '../../../domain/report.ts';

export interface Words {
  readonly id: string;
  readonly pattern: RegExp;
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
  readonly meaning: string;
  /** Whose trouble it is: the process's own, or that of the server it talks to. */
  readonly whose: 'own' | 'server';
  /** Said again and again by a process that runs on, it is trouble too. */
  readonly lasting?: boolean;
}

/** Sources: messages of libc, JVM, Node, Go, MySQL, PostgreSQL, Redis and RabbitMQ clients. First match wins. */
export const WORDS: readonly Words[] = [
  {
    id: 'broker-alarm',
    pattern: /(?:disk|memory) resource limit alarm set|low on (?:disk|memory)\b|connection\.blocked/i,
    faults: { disk: 0.9, memory: 0.8, capacity: 1, storage: 0.4 },
    meaning: 'its broker is short of disk or memory',
    whose: 'server',
    lasting: true,
  },
  {
    id: 'store-full',
    pattern: /OOM command not allowed when used memory/i,
    faults: { memory: 1, capacity: 0.9, configuration: 0.5 },
    meaning: 'its server has used up its memory',
    whose: 'server',
    lasting: true,
  },
  {
    id: 'dns-upstream',
    pattern: /plugin\/(?:errors|loop|forward)\b.{0,200}(?:i\/o timeout|server misbehaving|SERVFAIL|refused|no route|detected|unreachable)/i,
    faults: { dns: 1, network_loss: 0.6, configuration: 0.5 },
    meaning: 'its upstream name servers do not answer',
    whose: 'own',
    lasting: true,
  },
  {
    id: 'etcd-space',
    pattern: /mvcc: database space exceeded/i,
    faults: { disk: 0.9, storage: 1, capacity: 0.8 },
    meaning: 'the database of etcd is full',
    whose: 'own',
    lasting: true,
  },
  {
    id: 'too-many-connections',
    pattern: /Too many connections|remaining connection slots are reserved|sorry, too many clients|max number of clients reached/i,
    faults: { capacity: 1, configuration: 0.5, dependency: 0.5 },
    meaning: 'its server takes no more connections',
    whose: 'server',
    lasting: true,
  },
  {
    id: 'server-read-only',
    pattern: /running with the --(?:super-)?read-only option|in a read-only transaction|READONLY You can't write/i,
    faults: { configuration: 1, storage: 0.6, dependency: 0.5 },
    meaning: 'its server is read-only',
    whose: 'server',
    lasting: true,
  },
  {
    id: 'name-not-resolved',
    pattern: /UnknownHostException|name resolution|no such host|\bENOTFOUND\b|\bEAI_AGAIN\b|Name or service not known|nodename nor servname|could not translate host name|bad address '|can(?:no|')t resolve|unable to resolve|(?:dial \w{2,4}: |error: )?lookup \S{1,253} on \S{1,60}:53\b/i,
    faults: { dns: 1, configuration: 0.7, dependency: 0.3 },
    meaning: 'a host name does not resolve',
    whose: 'own',
    lasting: true,
  },
  {
    id: 'credentials-refused',
    pattern: /Access denied for user|password authentication failed|Authentication failed|ACCESS_REFUSED|WRONGPASS|NOAUTH|Login failed for user|invalid username or password|invalid_grant|invalid_client|AuthenticationException|SASL authentication failed|SCRAM authentication failed/i,
    faults: { configuration: 1, permission: 0.9, dependency: 0.3 },
    meaning: 'its credentials are refused',
    whose: 'own',
    lasting: true,
  },
  {
    id: 'rights',
    pattern: /is forbidden: User "|forbidden: User .{0,200} cannot \w{1,20} resource|AccessDenied(?:Exception)?\b|is not authorized to perform|does not have .{0,80} permission|PermissionDenied desc/i,
    faults: { permission: 1, configuration: 0.5 },
    meaning: 'its account lacks a right',
    whose: 'own',
    lasting: true,
  },
  {
    id: 'token-missing',
    pattern: /serviceaccount\/token: no such file|no such file or directory.{0,80}serviceaccount\/token|token (?:has expired|is expired)|invalid bearer token|asked for the client to provide credentials|unable to load in-cluster configuration/i,
    faults: { permission: 1, configuration: 0.9 },
    meaning: 'its service account token is missing or not valid',
    whose: 'own',
    lasting: true,
  },
  {
    id: 'schema-missing',
    pattern: /relation "[^"]{1,120}" does not exist|Table '[^']{1,120}' doesn't exist|no such (?:table|column)|column .{1,120} does not exist|Unknown column|UndefinedTable/i,
    faults: { data: 1, code: 0.8, configuration: 0.6 },
    meaning: 'the database lacks a table or column that it needs',
    whose: 'own',
    lasting: true,
  },
  {
    id: 'database-missing',
    pattern: /database "[^"]{1,120}" does not exist|Unknown database|role "[^"]{1,120}" does not exist|NOT_(?:FOUND|ALLOWED) - (?:no )?(?:vhost|queue|exchange)|UnknownTopicOrPartition|NoSuchBucket|bucket does not exist|index_not_found|no such (?:index|bucket|topic|queue)/i,
    faults: { configuration: 1, data: 0.6, dependency: 0.4 },
    meaning: 'the database, queue, bucket or role that it names does not exist',
    whose: 'own',
    lasting: true,
  },
  {
    id: 'data-corrupt',
    pattern: /(?:data|index|page|database|wal|segment|log)\b.{0,40}\bcorrupt|invalid page in block|checksum mismatch|Bad file format reading the append only file|could not locate a valid checkpoint record|incompatible with (?:server|this version)/i,
    faults: { data: 1, storage: 0.8, crash: 0.5 },
    meaning: 'its stored data cannot be read',
    whose: 'own',
    lasting: true,
  },
  {
    id: 'port-in-use',
    pattern: /address already in use|EADDRINUSE|Port \d{2,5} was already in use|bind: Only one usage/i,
    faults: { configuration: 1, crash: 0.5 },
    meaning: 'its port is already in use in the pod',
    whose: 'own',
  },
  {
    id: 'read-only-file-system',
    pattern: /Read-only file system|\bEROFS\b/i,
    faults: { permission: 0.9, configuration: 0.9, storage: 0.7 },
    meaning: 'it writes to a read-only file system',
    whose: 'own',
    lasting: true,
  },
  {
    id: 'file-table-full',
    pattern: /too many open files|\bEMFILE\b|\bENFILE\b/i,
    faults: { capacity: 1, configuration: 0.7 },
    meaning: 'it may open no more files or connections',
    whose: 'own',
    lasting: true,
  },
  {
    id: 'pool-exhausted',
    pattern: /Connection is not available, request timed out|QueuePool limit .{0,80}overflow|(?:connection )?pool (?:is )?exhausted|timeout (?:waiting|acquiring) .{0,40}(?:connection|pool)|Timeout acquiring a connection|unable to (?:acquire|obtain|get) (?:a )?connection from (?:the )?pool/i,
    faults: { capacity: 1, configuration: 0.7, dependency: 0.4 },
    meaning: 'its connection pool is used up',
    whose: 'own',
    lasting: true,
  },
  {
    id: 'no-more-threads',
    pattern: /unable to create (?:new )?native thread|pthread_create failed|can't start new thread|fork: (?:retry: )?Resource temporarily unavailable|newosproc/i,
    faults: { capacity: 1, memory: 0.5, configuration: 0.6 },
    meaning: 'it may start no more processes or threads',
    whose: 'own',
    lasting: true,
  },
  {
    id: 'clock',
    pattern: /clock skew|RequestTimeTooSkewed|Clock (?:moved|is moving) backwards|token used before issued|not yet valid|clock is not synchroni[sz]ed/i,
    faults: { configuration: 0.9, certificate: 0.6, unknown: 0.6 },
    meaning: 'clocks differ',
    whose: 'own',
  },
  {
    id: 'rate-limited',
    pattern: /\b429\b.{0,40}Too Many Requests|Too Many Requests|rate limit exceeded|ThrottlingException|quota exceeded/i,
    faults: { capacity: 0.9, traffic: 0.6, dependency: 0.6 },
    meaning: 'a service limits its rate',
    whose: 'own',
  },
  {
    id: 'permission-denied',
    pattern: /Permission denied|\bEACCES\b|Operation not permitted|\bEPERM\b/i,
    faults: { permission: 1, storage: 0.7, configuration: 0.5 },
    meaning: 'it may not access a file that it needs',
    whose: 'own',
    lasting: true,
  },
  { id: 'no-space', pattern: /No space left on device|\bENOSPC\b|disk quota exceeded|disk (?:is )?full|MISCONF Redis|flood[- ]stage disk watermark|no space left/i, faults: { disk: 1, storage: 0.8 }, meaning: 'its disk is full', whose: 'own', lasting: true },
  {
    id: 'out-of-memory',
    pattern: /OutOfMemoryError|JavaScript heap out of memory|fatal error: runtime: out of memory|std::bad_alloc|\bMemoryError\b/i,
    faults: { memory: 1, crash: 0.4 },
    meaning: 'it ran out of memory',
    whose: 'own',
    lasting: true,
  },
  {
    id: 'certificate',
    pattern: /certificate has expired|certificate expired|certificate .{0,120} expired on|x509: certificate|x509: cannot validate|certificate verify failed|self[- ]signed certificate|tls: (?:failed to verify|bad|unknown|expired) certificate|(?:certificate (?:expired|unknown|required)|expired certificate)\b|CERT_HAS_EXPIRED|CertificateExpiredException|PKIX path building failed|unable to get local issuer/i,
    faults: { certificate: 1, configuration: 0.4 },
    meaning: 'a certificate is not accepted',
    whose: 'own',
    lasting: true,
  },
  {
    id: 'peer-refuses',
    pattern: /Connection refused|\bECONNREFUSED\b|Communications link failure|connect timed out|ConnectTimeoutException|i\/o timeout|No route to host/i,
    faults: { dependency: 1, network_loss: 0.4, configuration: 0.4 },
    meaning: 'a server that it needs cannot be reached',
    whose: 'own',
  },
  {
    id: 'file-missing',
    pattern:
      /No such file or directory|\bENOENT\b|FileNotFoundException|executable file not found|command not found|unknown (?:flag|option|shorthand)|unrecognized (?:option|arguments)/i,
    faults: { configuration: 1, storage: 0.3 },
    meaning: 'a file, command or option does not exist',
    whose: 'own',
  },
  {
    id: 'config-unreadable',
    pattern:
      /yaml: (?:line \d|unmarshal|mapping)|error (?:parsing|converting) YAML|mapping values are not allowed|could not find expected|did not find expected|invalid character .{1,40} (?:looking for|after|in)|(?:JSONDecodeError|json\.decoder|toml(?:lib)?\.|TomlDecodeError|ParserError|ScannerError|configparser\.)|Unexpected token .{1,60}JSON|\[emerg\]|(?:failed|unable|cannot|could not|error) (?:to )?(?:load|loading|parse|parsing|read|reading|decode|validate|validating) .{0,40}config|unknown (?:directive|field|key|property|configuration)|invalid value .{0,60}\bfor\b|Config(?:uration)?(?:Error|Exception)|BeanCreationException|ConfigurationPropertiesBind/i,
    faults: { configuration: 1, crash: 0.3 },
    meaning: 'its configuration cannot be read',
    whose: 'own',
  },
  {
    id: 'variable-missing',
    pattern:
      /KeyError: '[A-Z][A-Z0-9_]{2,60}'|(?:environment variable|env var)\b.{0,80}\b(?:not set|missing|required|undefined)|(?:missing|required) (?:required )?(?:environment variable|env)|Could not resolve placeholder|invalid configuration/i,
    faults: { configuration: 1 },
    meaning: 'a setting is missing or invalid',
    whose: 'own',
  },
];
