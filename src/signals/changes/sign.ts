/**
 * By which signs telemetry shows what a change can break. Texts (log patterns, exception messages, span names) and metric names are read with
 * the words that libraries, databases and exporters use for them; the table only names a sign, that it is new or worse is measured elsewhere.
 */

export const SIGNS = [
  'pool', 'timeout', 'retry', 'amplification', 'slow_query', 'store_load', 'cache', 'cpu', 'memory', 'handles', 'null_value', 'exception', 'schema', 'access', 'tls', 'host', 'rate_limit', 'mismatch',
  'queue', 'crash', 'disk', 'lock', 'size', 'not_found', 'time', 'encoding', 'setting', 'lost_work', 'latency', 'errors',
] as const;
export type Sign = (typeof SIGNS)[number];

interface TextRule {
  readonly sign: Sign;
  readonly pattern: RegExp;
}

const TEXTS: readonly TextRule[] = [
  { sign: 'pool', pattern: /pool|connection is not available|too many (?:connections|clients)|connection slots|acquir\w+ (?:a )?(?:connection|permit|lease)|wait\w* for (?:a )?(?:free )?(?:connection|thread|worker)|no (?:free|idle|available) (?:connection|thread|worker)|max(?:imum)? connections|bulkhead|executor|rejectedexecution/i },
  { sign: 'timeout', pattern: /time[ds]?[- ]?out|deadline|took too long|cancel(?:l?ed|ing) (?:by|after)|context cancell?ed|etimedout/i },
  { sign: 'retry', pattern: /\bretr(?:y|ies|ied|ying)\b|attempt (?:\d|<\*>|#)|re-?sen[dt]|redeliver/i },
  { sign: 'slow_query', pattern: /slow (?:query|quer|statement|sql|scan)|seq(?:uential)? scan|full (?:table |collection )?scan|collscan|rows (?:examined|scanned|read)|table scan|temporary file|filesort|query (?:took|plan|exceeded)|statement timeout|canceling statement/i },
  { sign: 'cache', pattern: /cache (?:miss|evict|empty|cold|fill|stampede|hits? (?:ratio|rate))|(?:miss|evict)\w* .{0,30}cache|uncached|stale (?:entry|value|cache|data)|load(?:ing|ed) .{0,40}from (?:the )?(?:origin|source|database|backend|store)/i },
  { sign: 'memory', pattern: /out ?of ?memory|\boom\b|oomkill|heap|memory (?:limit|pressure|exhausted)|garbage collect|gc (?:pause|overhead)|mark-sweep|allocation failure|cannot allocate/i },
  { sign: 'handles', pattern: /too many open files|emfile|enfile|file descriptors?|cannot create (?:native )?thread|resource temporarily unavailable|no (?:free )?(?:ports?|sockets?)|cannot assign requested address|goroutines?|leak/i },
  { sign: 'null_value', pattern: /null ?pointer|nil pointer|nonetype|null reference|undefined \(reading|of (?:undefined|null)\b|is (?:not defined|undefined|null|nil|none)\b|on a `?none|attributeerror|keyerror|key not found|no such (?:key|element)|index(?:error| is out of| out of|outofbounds)|out of (?:range|bounds)|undefined method|invalid memory address|object reference not set|empty optional|no value present/i },
  { sign: 'exception', pattern: /exception|panic|traceback|stack ?trace|(?:type|value|runtime|assertion|reference|range|arithmetic)error|unhandled|illegal (?:state|argument)|division by zero|overflow|is not a function|assert/i },
  { sign: 'schema', pattern: /(?:unknown|unrecogni[sz]ed) ?(?:field|column|type|enum|property|variant|key)|no such (?:column|table|field)|(?:column|relation|table|field|property|attribute) .{0,60}(?:does not exist|not found|missing|is required|unknown)|pars(?:e|ing)|(?:un)?marshal|(?:de)?seriali[sz]|decod(?:e|ing)|unexpected (?:token|field|end|type|character|key)|invalid (?:json|xml|format|enum|value|payload|schema|type|body)|schema|missing (?:required )?(?:field|property|key|column|param)|type mismatch|cannot (?:cast|convert|construct)|could not be (?:cast|converted|parsed|decoded|read as)|incompatible|duplicate registration|wire type|validation|not[- ]null constraint|constraint|(?:integer|bigint|smallint|numeric|number|value) (?:field )?(?:out of range|overflow)|unprocessable|422|expected .{1,40}(?:got|but|found)/i },
  { sign: 'access', pattern: /\b40[13]\b|unauthori[sz]ed|forbidden|(?:permission|access) denied|not (?:authori[sz]ed|permitted|allowed)|invalid (?:token|signature|audience|scope|issuer|credential|api key|client|grant)|token .{0,30}(?:reject|expired|invalid|not valid)|signature .{0,30}(?:mismatch|invalid|verification)|jwt|(?:missing|insufficient) (?:scope|privilege|permission)|authentication|csrf|cors|login required|session .{0,40}(?:not found|expired|invalid|unknown)/i },
  { sign: 'tls', pattern: /\btls\b|\bssl\b|x509|certificate|handshake|cipher/i },
  { sign: 'host', pattern: /connection refused|econnrefused|no such host|name resolution|enotfound|unknown ?host|could not resolve|no route to host|unreachable|lookup .{1,80}(?:no such|fail)|no (?:healthy )?(?:upstream|endpoint)s?|connect(?:ion)? (?:to .{1,80} )?(?:failed|error|timed out)|dial (?:tcp|udp)/i },
  { sign: 'rate_limit', pattern: /\b429\b|rate.?limit|too many requests|throttl|quota|limit (?:exceeded|reached)|concurrency limit|over capacity|load shed/i },
  { sign: 'mismatch', pattern: /mismatch|differs?\b|discrepan|does not (?:match|equal|add up|balance)|do not match|not equal|reconcil|rounding|decimals?\b|precision|wrong (?:amount|total|price|currency|date|day|order|sign|unit)|off by|duplicate|incorrect|negative (?:amount|total|price|balance|quantity|stock)|inconsisten|out of (?:balance|sync)|unbalanced|implausible|outlier|drift|expected .{1,40}(?:got|but was|was)|double[- ]?(?:charge|book|count|spend|ship)|oversold|drop(?:ped|ping) (?:event|record|row|message)/i },
  { sign: 'queue', pattern: /queue|backlog|consumer (?:lag|group)|\blag\b|rebalanc|dead.?letter|\bdlq\b|unacked|poll interval|rejecting|backpressure|behind (?:by )?/i },
  { sign: 'crash', pattern: /crash|restart|exit(?:ed)? (?:code|with)|fatal|core dumped|segfault|sigsegv|sigkill|failed to start|startup fail|aborting|liveness|terminated/i },
  { sign: 'disk', pattern: /no space left|disk (?:full|usage|pressure)|enospc|volume .{0,30}full|log (?:volume|rotation)|read-only file ?system/i },
  { sign: 'lock', pattern: /deadlock|lock (?:wait|timeout|not available|held|contention)|could not (?:obtain|acquire) lock|waiting for .{0,20}lock|blocked (?:by|on|for)|accessexclusivelock|serialization failure|could not serialize|optimistic lock|metadata lock/i },
  { sign: 'size', pattern: /too (?:large|long|big)|\b413\b|\b431\b|(?:exceeds?|exceeded|larger than|longer than|above|over) (?:the )?(?:max|limit|maximum|allowed|size)|message size|payload size|truncat|value too long|body limit|max(?:imum)? (?:size|length|bytes|message)|entity too large/i },
  { sign: 'not_found', pattern: /\b40[45]\b|not found|no (?:matching )?(?:route|handler|mapping)|unknown (?:path|endpoint|operation|method|topic|queue|bucket)|method not allowed|no such (?:bucket|topic|queue|exchange)/i },
  { sign: 'time', pattern: /time ?zone|\butc\b|\bdst\b|clock|skew|in the (?:future|past)|not yet valid|expired|(?:start|end)s?[_ ](?:date|time|at)\b|(?:precedes|before|after) (?:its )?(?:start|end|begin)|interval|stale|timestamp|schedul|too (?:early|late)|overlap/i },
  { sign: 'encoding', pattern: /encod|utf-?8|charset|unicode|locale|collation|ascii|byte sequence|malformed|garbled/i },
  { sign: 'setting', pattern: /(?:missing|unset|undefined|empty|unknown|invalid|required) .{0,40}(?:env|environment|config|setting|variable|secret|option|flag|property)|(?:env|environment|config\w*|setting|variable|secret|option|flag|property) .{0,60}(?:not set|missing|is required|not found|unknown|invalid)|placeholder|feature flag|fallback to default|using default/i },
  { sign: 'lost_work', pattern: /skipp(?:ed|ing)|drop(?:ped|ping)|discard|nothing to (?:do|send|process)|no (?:jobs?|events?|messages?|results?|rows?|matches)\b|0 (?:jobs|events|messages|results|rows|matches)|ignored|disabled|filtered out/i },
];

/** Signs that a text of telemetry names. */
export const signsOfText = (text: string): readonly Sign[] => {
  const head = text.slice(0, 2_000);
  return TEXTS.filter(({ pattern }) => pattern.test(head)).map(({ sign }) => sign);
};

interface MetricRule {
  readonly sign: Sign;
  readonly pattern: RegExp;
  readonly rises: boolean;
}

/** On the metric's name in snake_case; `rises`: the direction in which it is a sign. */
const METRICS: readonly MetricRule[] = [
  { sign: 'pool', pattern: /^(?!.*(?:size|max|limit|idle|free|available)).*(?:pool|hikari)|connections?_(?:pending|wait|acquire|usage|in_use|timeout)|(?:pending|waiting)_(?:connections?|threads?|acquire)|threads?_(?:busy|blocked)/, rises: true },
  { sign: 'pool', pattern: /pool_?(?:size|max|limit|idle|free|available)|connections?_(?:max|limit|idle|available)|max_(?:conn|pool|threads?|workers?)/, rises: false },
  { sign: 'timeout', pattern: /time_?outs?|deadline/, rises: true },
  { sign: 'retry', pattern: /retr(?:y|ies|ied)|attempts/, rises: true },
  { sign: 'slow_query', pattern: /slow_?quer|rows_?(?:read|examined|scanned|fetched)|seq_?scans?|query_?(?:time|duration|latency)|full_?scans?|scanned/, rises: true },
  { sign: 'store_load', pattern: /(?:db|sql|database|postgres|pg|mysql|mongo|redis|dynamo|cassandra|elastic|store|origin|backend|upstream)\w*(?:quer|ops|commands|reads|calls|requests|rate|qps|load|statements)|quer(?:y|ies)_?(?:per|rate|count|total)|\bqps\b|tps|iops|reads_per/, rises: true },
  { sign: 'cache', pattern: /(?:cache|hit).*(?:hit|ratio|rate)|cache_?hits|cache_(?:size|entries|items)/, rises: false },
  { sign: 'cache', pattern: /cache.*(?:miss|evict|entries|size|bytes)|expired_?keys|(?:miss|evict).*cache|miss_?(?:ratio|rate)|evictions?|origin_(?:fetch|requests)/, rises: true },
  { sign: 'handles', pattern: /open_?(?:fds?|files|file_descriptors|handles|sockets|connections)|(?:process|container)_?(?:fds?|files)|goroutines|threads?(?:_count|_total|_current|_live)?$|sockets?|file_descriptors?|active_connections|established|subscri|listeners|connections(?:_open|_total|_current|_active)?$/, rises: true },
  { sign: 'access', pattern: /40[13]|unauthori|forbidden|denied|auth\w*_(?:fail|error|reject)|login_fail|token_(?:reject|invalid|fail)/, rises: true },
  { sign: 'tls', pattern: /tls|ssl|handshake|certificate/, rises: true },
  { sign: 'host', pattern: /connect(?:ion)?_?(?:errors?|fail|refused)|dns|resol/, rises: true },
  { sign: 'rate_limit', pattern: /^(?!.*(?:cpu|cfs)).*(?:429|rate_?limit|throttl|quota|shed)/, rises: true },
  { sign: 'cpu', pattern: /cfs_throttl|cpu.*throttl/, rises: true },
  { sign: 'mismatch', pattern: /mismatch|unmatched|discrep|reconcil|inconsist|duplicate|double_|conflict|overlap|drift|negative|wrong|incorrect|refunds?|complaints|corrections?|differ|oversold|adjust/, rises: true },
  { sign: 'queue', pattern: /queue|backlog|(?:consumer_?)?lag|depth|dead_?letter|dlq|unack|pending_(?:jobs|messages|tasks|events)|(?:consumer|messages?|jobs?|tasks?|events?|num)_(?:num_)?(?:pending|ready|visible)|oldest|in_?flight/, rises: true },
  { sign: 'disk', pattern: /disk|filesystem|volume|log_(?:bytes|lines|volume)|bytes_written/, rises: true },
  { sign: 'lock', pattern: /locks?(?:_|$)|deadlock|blocked|contention|serialization/, rises: true },
  { sign: 'size', pattern: /(?:payload|message|body|response|request)_?(?:size|bytes)|413|too_large|egress|bandwidth|transmit/, rises: true },
  { sign: 'not_found', pattern: /404|405|not_?found|no_?route/, rises: true },
  { sign: 'schema', pattern: /(?:parse|decode|deseriali[sz]\w*|schema|validation|unmarshal|invalid|malformed|reject\w*|422)_?/, rises: true },
  { sign: 'crash', pattern: /restart|crash|exits|oom/, rises: true },
  { sign: 'lost_work', pattern: /success|processed|delivered|completed|conversion|orders|sent|published|consumed|results|matches|throughput|jobs|accepted|signups|logins/, rises: false },
];

const snake = (name: string): string => name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase().slice(0, 200);

/** Signs that a metric shows which left its normal range upwards or downwards. */
export const signsOfMetric = (name: string, rises: boolean): readonly Sign[] => {
  const words = snake(name);
  return [...new Set(METRICS.filter((rule) => rule.rises === rises && rule.pattern.test(words)).map(({ sign }) => sign))];
};
