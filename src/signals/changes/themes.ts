/**
 * Kinds of edit with a history of outages: what they look like in a diff, and by which signs they show when they go wrong.
 * Sources: Gunawi et al., "What Bugs Live in the Cloud?" (SoCC 2014) and "Why Does the Cloud Stop Computing?" (SoCC 2016); Alquraan et al.,
 * OSDI 2018; "The Tail at Scale" (retries, timeouts); Google SRE book, chapter 22, "Addressing Cascading Failures".
 */
import type { Fault } from '../../domain/report.ts';
import type { Sign } from './sign.ts';

export interface Theme {
  readonly name: string;
  /** On lines that a diff adds or removes, without comments. */
  readonly pattern: RegExp;
  /** How well each sign fits such an edit: 2 is what it is known for, 0.5 what everything shows. */
  readonly shows: Readonly<Partial<Record<Sign, number>>>;
  /** Who feels it besides the changed service: those whom it calls, those who call it. */
  readonly reaches: { readonly callees: boolean; readonly callers: boolean };
  /** Which way a number has to go to hurt; null: either. */
  readonly hurts: 'down' | 'up' | null;
  /** It is a setting: what it breaks is a fault of configuration. */
  readonly setting: boolean;
  /** It takes its time to show: something fills up, runs out or expires. */
  readonly creeps: boolean;
  readonly faults: readonly Fault[];
  /** 0 to 1: how often such edits break anything. */
  readonly risk: number;
}

const INSIDE = { callees: false, callers: false } as const;
const DOWN = { callees: true, callers: false } as const;
const UP = { callees: false, callers: true } as const;
const BOTH = { callees: true, callers: true } as const;

type Row = Partial<Omit<Theme, 'name' | 'pattern' | 'shows' | 'faults'>>;
const theme = (name: string, pattern: RegExp, shows: Theme['shows'], faults: readonly Fault[], rest: Row = {}): Theme => ({
  name, pattern, shows, faults, reaches: INSIDE, hurts: null, setting: false, creeps: false, risk: 0.6, ...rest,
});

export const THEMES: readonly Theme[] = [
  theme('pool', /pool|max[-_. ]?(?:conn|idle|active|open)|min[-_. ]?idle|connections?\b|semaphore|bulkhead/i,
    { pool: 2, timeout: 0.7, handles: 0.8, queue: 0.6, latency: 0.4, errors: 0.3 }, ['configuration', 'capacity'], { hurts: 'down', setting: true, risk: 0.8, reaches: DOWN }),
  theme('timeout', /time-?_?out|deadline|\bbudgets?\b|max[-_. ]?wait|keep-?_?alive|linger/i,
    { timeout: 2, retry: 0.8, errors: 0.5, latency: 0.5, pool: 0.5 }, ['configuration', 'dependency', 'network_delay', 'error_return'], { setting: true, risk: 0.7 }),
  theme('retry', /retr(?:y|ies|yable)|max[-_. ]?attempts|back-?_?off|jitter|circuit|hedg/i,
    { retry: 2, amplification: 2, store_load: 1, queue: 0.8, rate_limit: 0.8, timeout: 0.6, mismatch: 0.5, latency: 0.4, errors: 0.4 }, ['configuration', 'code', 'dependency', 'network_delay', 'error_return', 'traffic'], { setting: true, risk: 0.7, reaches: DOWN }),
  theme('cache', /maximum[-_ ]?(?:size|entries|weight)|max[-_ ]?entries|cach|ttl|expir|setex|\b[ep]x:|evict|memoi[sz]|lifetime|max[-_. ]?age|etag|stale/i,
    { cache: 2, store_load: 1.5, amplification: 1.2, memory: 0.7, mismatch: 0.7, access: 0.7, not_found: 0.7, latency: 0.5, cpu: 0.3 }, ['code', 'configuration', 'memory'], { risk: 0.6, reaches: DOWN, creeps: true }),
  theme('key', /["'`][\w-]{1,40}:(?:["'`]\s*(?:\+|\.\.)|\$\{|\{|%)[^\n]*|\b\w*keys?\w*["']?\s*(?::?=|\(|:)[^\n]*(?:sprintf|format|join|concat|\+|`|\$\{|(?<!\w)f["'])[^\n]*/i,
    { cache: 2, store_load: 1.5, amplification: 1.4, mismatch: 0.9, memory: 0.8, not_found: 0.6, queue: 0.5, latency: 0.4, cpu: 0.3 }, ['code', 'memory', 'capacity', 'data'], { risk: 0.7, reaches: DOWN, creeps: true }),
  theme('query', /\blimit\s+[\d:$?@]|\bfetch first|\bselect\b|\bjoin\b|\bwhere\b|order by|group by|\bindex(?:es)?\b|\bidx_|quer(?:y|ies)|\.sql\b|find(?:all|by|many|where|_each)|\.(?:filter|include|preload|eager\w*|aggregate|raw)\(|\blike\b|\boffset\b|alter table|migrat/i,
    { slow_query: 2, store_load: 1.2, lock: 1.2, cpu: 0.6, latency: 0.6, timeout: 0.5, pool: 0.6, amplification: 0.8 }, ['code', 'cpu', 'capacity', 'data', 'configuration'], { risk: 0.7, reaches: DOWN }),
  theme('loop', /\bfor(?:each)?\b|while\s*\(|\.(?:each|map|forEach|flatMap)\b|\brange\b/i,
    { store_load: 0.9, amplification: 0.9, slow_query: 0.6, cpu: 0.7, latency: 0.6 }, ['code', 'cpu', 'capacity'], { risk: 0.6, reaches: DOWN }),
  theme('call in a loop', /(?:\bfor(?:each)?\b|\bwhile\b|\.(?:each|map|forEach|flatMap)\b|\brange\b)[\s\S]{0,160}?(?:find|get|query|fetch|load|select|exec|lookup|read|call)\w{0,30}\s*\(/i,
    { store_load: 2, amplification: 2, slow_query: 1, cpu: 0.5, latency: 0.6, pool: 0.6 }, ['code', 'cpu', 'capacity'], { risk: 0.7, reaches: DOWN }),
  theme('eager loading', /\b(?:includes|preload|eager_?load)\(\s*(?::\w|\w+:)|select_related|prefetch_related|(?:joined|selectin|subquery)load\(|join fetch|entitygraph|\.(?:Then)?Include\(\s*\w+\s*=>|->with\(|::with\(|joinAndSelect\(|data_?loader|batch[-_]?size\(|fetch(?:Type)?\s*[.=]\s*(?:FetchType\.)?(?:eager|lazy)/i,
    { store_load: 2, amplification: 2, slow_query: 1.2, latency: 0.8, pool: 0.6, cpu: 0.4 }, ['code', 'cpu', 'capacity', 'dependency'], { risk: 0.75, reaches: DOWN }),
  theme('polling', /setinterval|interval|poll|cron|schedul|tick|refresh|prefetch|heartbeat|every\b/i,
    { amplification: 2, store_load: 1.4, cpu: 0.6, queue: 0.8, time: 0.7, lost_work: 0.6, rate_limit: 0.8, latency: 0.3 }, ['code', 'configuration', 'traffic'], { risk: 0.6, reaches: DOWN }),
  theme('regex', /regex|re\.(?:compile|match|search|sub)|\.matches\(|\.test\(|pattern\.|\([^()]{0,80}[+*]\)[+*]|\/\^[^\n]*|\$\/[gimsu]*/i,
    { cpu: 1.8, timeout: 0.6, latency: 0.7, schema: 0.6, errors: 0.3 }, ['code', 'cpu'], { risk: 0.7 }),
  theme('computation', /\bmodel\b|algorithm|strategy|ensemble|bcrypt|scrypt|argon|pbkdf|hash|gzip|brotli|zstd|compress|encrypt|sort|rounds|cost\b|iterations?|recurs|levenshtein|cartesian|deepcopy|clonedeep|(?:json|yaml|pickle)\.(?:parse|dumps?|loads?|stringify)|synchronous|sync\(/i,
    { cpu: 1.8, latency: 0.7, timeout: 0.5, memory: 0.5 }, ['code', 'cpu'], { risk: 0.5 }),
  theme('growth', /append\(|\.push\(|\.add\(|\.put\(|\.set\(|buffer|\[\w+\]\s*(?:\?\?|\|\|)?=|map\[|new (?:hash)?map|Record<|\bstatic\b|global|accumulat|histor|readall|read_all|load_all|tolist\(|collect\(/i,
    { memory: 1.6, crash: 1, cpu: 0.5, latency: 0.3 }, ['memory', 'code'], { risk: 0.6, creeps: true }),
  theme('bound', /maximum[-_ ]?(?:size|entries|weight)|max[-_ ]?(?:entries|items|cached|weight)|evict|weigher|unbounded|\blru|ring[-_ ]?buffer/i,
    { memory: 1.8, crash: 1, cache: 1, store_load: 0.9, cpu: 0.5, latency: 0.3 }, ['memory', 'code', 'configuration'], { risk: 0.6, creeps: true }),
  theme('held resource', /keep[-_ ]?alive|(?:static|singleton|lazy|once)\b[^\n]{0,60}(?:client|pool|session|connection|executor|factory)|close\(|\.close\b|dispose|release\(|defer\b|\bwith\b .{0,60}open|using\s*\(|\busing\s+(?:var|\w+)\s+\w+\s*=|open\w{0,20}connection|finally|http\.(?:get|post|do)\(|\bopen\(|connect\(|getconnection|acquire\(|new \w*(?:client|session|stream|connection|executor|thread|socket|pool)|\.(?:client|transport)\{|new(?:client|transport|fixedthreadpool|cachedthreadpool)|subscribe|addlistener|\.on\(|go func|spawn|thread|fetch\(/i,
    { handles: 2, pool: 1.4, memory: 1, crash: 0.4, timeout: 0.4, errors: 0.2 }, ['code', 'capacity', 'memory'], { risk: 0.6, creeps: true, reaches: DOWN }),
  theme('missing value', /nil\b|null|none\b|undefined|optional|unwrap|\?\.|\?\?|\|\||\bor\b|default|\.get\(|isempty|isnull|\[0\]|\.first\b|\.find\(|!\./i,
    { null_value: 2, exception: 1, crash: 0.8, errors: 0.5 }, ['exception', 'code', 'crash', 'error_return'], { risk: 0.6 }),
  theme('bounds', /\[\s*(?:\w+\s*[-+]\s*\d+|[ijk]|idx|index|pos|offset|n|len\(\w+\)(?:\s*-\s*\d+)?)\s*\]|\b\d+\s*\.\.[.=<]?|\.\.=|<=\s*\w*(?:len|size|count|length|window|max)|(?:substr(?:ing)?|slice|subList|charAt|elementAt|get_unchecked)\(|\[\s*-?\d*\s*:\s*-?\w*\s*\]/i,
    { null_value: 1.8, exception: 1, crash: 1, errors: 0.5, lost_work: 0.5, mismatch: 0.5 }, ['exception', 'code', 'crash', 'error_return'], { risk: 0.65 }),
  theme('exception', /throw|raise|panic|catch|except|assert|must\w*\(|require\(|validate|invariant|check\w*\(/i,
    { exception: 1.2, schema: 0.8, crash: 0.8, errors: 0.6, mismatch: 0.4 }, ['exception', 'code', 'crash', 'error_return'], { risk: 0.6 }),
  theme('schema', /enum\b[^\n]*|\b(?:optional|required|repeated)\b|schema|mapping|migrat|column|alter\s|drop\s|rename|field|proto|json(?:property|:|_|\()|serializ|marshal|enum\b|@?\bcolumn|avro|dto\b|payload|decode|encode|parse|["'`]\w+["'`]\s*:|struct|interface\b/i,
    { schema: 2, null_value: 0.9, mismatch: 0.8, exception: 0.7, queue: 0.4, errors: 0.5, lost_work: 0.8 }, ['code', 'data', 'configuration', 'exception', 'error_return'], { risk: 0.7, reaches: BOTH }),
  theme('access', /\borigins?\b|auth|token|jwt|secret|password|credential|permission|\broles?\b|leeway|scope|audience|issuer|policy|\bacl\b|\biam\b|session|cookie|csrf|cors|allow(?:ed|list)|deny|grant|sign(?:ature|ing)|api[-_. ]?key/i,
    { access: 2, tls: 0.3, exception: 0.3, errors: 0.5, time: 0.6 }, ['permission', 'code', 'configuration', 'error_return'], { risk: 0.7, reaches: BOTH }),
  theme('tls', /\btls|\bssl|cert|cipher|mtls|\bca[-_.]|truststore|keystore|verify/i,
    { tls: 2, host: 0.6, access: 0.4, errors: 0.5 }, ['certificate', 'configuration', 'code'], { risk: 0.7, setting: true, reaches: BOTH }),
  theme('address', /cidr|network[-_ ]?polic|egress|security[-_ ]?group|firewall|subnet|resolver?\b|nameserver|ndots|host|\burl|uri\b|endpoint|address|\bport\b|dns|region|zone\b|bucket|upstream|base[-_. ]?url|https?:\/\/|\.internal|\.svc|broker|namespace|replica\b|primary/i,
    { host: 2, not_found: 1, tls: 0.6, timeout: 0.8, access: 0.6, latency: 0.8, errors: 0.5, mismatch: 0.4 }, ['configuration', 'dns', 'dependency', 'network_loss', 'network_delay'], { risk: 0.6, setting: true }),
  theme('throttle', /\brate\s*[:=]\s*\d|\d+r\/[sm]\b|rate[-_. ]?limit|limits?\b|(?:requests?|calls|messages)[-_ ]?per|per[-_ ]?(?:second|minute|hour)|quota|throttl|burst|\brps\b|\bqps\b|concurren|in[-_. ]?flight|worker|thread|parallel|batch|prefetch|max[-_. ]?(?:tasks|jobs|poll|records|inflight|pending)|permits/i,
    { rate_limit: 2, queue: 1.6, pool: 1, cpu: 0.6, memory: 0.6, amplification: 1, store_load: 0.8, lock: 0.7, timeout: 0.5, latency: 0.4 }, ['configuration', 'capacity', 'code', 'traffic'], { risk: 0.7, setting: true, reaches: DOWN }),
  theme('amount', /round|decimal|cents?\b|minor|currency|float|tofixed|bigdecimal|precision|parse(?:int|float)|[/*] ?(?:10|60|100|1000|1024|24|3600)\b|percent|\btax|discount|price|amount|total|unit\b|scale|multipl|quantity|sign\b/i,
    { mismatch: 2, schema: 1, exception: 0.4, errors: 0.4, lost_work: 0.4 }, ['code', 'data', 'error_return'], { risk: 0.6, reaches: BOTH }),
  theme('clock', /time-?_?zone|\btz\b|\butc\b|zoneinfo|localtime|local(?:date)?time|datetime|date\b|epoch|millis|seconds|duration|\boffset|strftime|now\(|today|midnight|calendar|leeway|\bdst\b|days?\b|hours?\b/i,
    { time: 1.8, mismatch: 1.4, access: 0.6, cache: 0.8, schema: 0.5, lost_work: 1, errors: 0.3 }, ['code', 'data', 'error_return'], { risk: 0.6, reaches: BOTH, creeps: true }),
  theme('resources', /xx:[+-]?\w*gc|\bgogc\b|old[-_ ]space|memory|heap|xmx|xms|\bcpu\b|limits?:|requests?:|replicas?|autoscal|\bhpa\b|gomaxprocs|instances?\b|min_?capacity|max_?surge|node_?count/i,
    { memory: 1.6, crash: 1.4, cpu: 1.4, queue: 0.8, latency: 0.7, timeout: 0.5, errors: 0.3 }, ['memory', 'cpu', 'capacity', 'scheduling', 'configuration', 'crash'], { hurts: 'down', risk: 0.7, setting: true }),
  theme('probe', /liveness|readiness|startup[-_ ]?probe|initial[-_ ]?delay|failure[-_ ]?threshold|period[-_ ]?seconds|grace[-_ ]?period|pre[-_ ]?stop|health[-_ ]?check/i,
    { crash: 1.6, host: 1, not_found: 0.6, timeout: 0.5, errors: 0.3 }, ['crash', 'configuration', 'scheduling'], { risk: 0.5, setting: true }),
  theme('dependency version', /["'=@: v~^]\d+\.\d+(?:\.\d+)?\b|go\.(?:mod|sum)|package\.json|requirements|pom\.xml|gemfile|cargo\.toml|upgrade|bump/i,
    { crash: 1, exception: 0.6, schema: 0.5, tls: 0.6, access: 0.5, memory: 0.5, cpu: 0.5, errors: 0.4, latency: 0.4 }, ['crash', 'code', 'dependency', 'exception'], { risk: 0.5, creeps: true }),
  theme('image', /image:|\bFROM\s|entrypoint|\bcmd\b|base image/i, { crash: 1.4, exception: 0.5, host: 0.4, tls: 0.5 }, ['image', 'crash'], { risk: 0.5 }),
  theme('routing', /route|\bpath\b|ingress|rewrite|weight|canary|proxy_pass|location\b|prefix|gateway|virtualservice|selector|match\b|@(?:get|post|put|delete|request)mapping|app\.(?:get|post|put|use)/i,
    { not_found: 2, host: 1, access: 0.4, errors: 0.6, lost_work: 0.6 }, ['configuration', 'code', 'error_return', 'network_loss'], { risk: 0.6, reaches: UP }),
  theme('messaging', /topic|queue|consum|\bgroup|partition|\back|offset|exchange|subscri|publish|kafka|rabbit|sqs|nack|commit\b|dead.?letter|event/i,
    { queue: 2, mismatch: 0.8, lost_work: 1.2, retry: 0.6, not_found: 0.8, latency: 0.3 }, ['code', 'configuration', 'capacity', 'data'], { risk: 0.6, reaches: BOTH }),
  theme('log level', /log[-_.]?level|loglevel|\bdebug\b|\btrace\b|verbose|sampl(?:e|ing)|body.{0,20}log|log.{0,20}body/i,
    { disk: 1.8, cpu: 1, latency: 0.5, memory: 0.4 }, ['disk', 'cpu', 'configuration', 'code'], { risk: 0.5, setting: true, creeps: true }),
  theme('files', /storage[-_ ]?class|\bssd\b|\bhdd\b|\biops\b|write(?:file|_all|string)?\(|tmp|temp|upload|snapshot|dump|retention|rotat|archive|wal\b|compaction|fsync|cleanup|purge|delete.*older|disk/i,
    { disk: 1.6, handles: 0.6, latency: 0.3 }, ['disk', 'storage', 'code', 'configuration'], { risk: 0.5, creeps: true }),
  theme('type', /u?int(?:8|16|32|64)\b|bigint|smallint|varchar|uuid|snowflake|\bserial\b|\blong\b|\bfloat|\bdouble\b|::\w+|\bcast\b|astype|\.to_?(?:i|f|s|int|string)\b/i,
    { schema: 1.6, mismatch: 1, size: 1, exception: 0.8, errors: 0.4 }, ['code', 'data', 'exception', 'error_return'], { risk: 0.65, reaches: BOTH }),
  theme('identity', /idempot|dedup|unique|distinct|exactly[-_ ]?once|nonce|on conflict|if[-_ ]?match|etag/i,
    { mismatch: 2, retry: 0.4, lock: 0.4, store_load: 0.5 }, ['code', 'data'], { risk: 0.7, reaches: BOTH }),
  theme('replica', /replica|primary|secondary|read[-_ ]?(?:only|dsn|preference|from|concern)|consistency|quorum|follower/i,
    { mismatch: 1.6, lost_work: 0.6, host: 0.6, store_load: 0.8, access: 0.4 }, ['configuration', 'data', 'code'], { risk: 0.7, setting: true }),
  theme('lock', /auto[-_ ]?commit|\block|mutex|synchronized|transaction|isolation|for update|atomic|serializable|nowait|concurrently|vacuum|not null|foreign key|constraint|add column|backfill/i,
    { lock: 2, latency: 0.7, timeout: 0.8, pool: 0.8, slow_query: 0.6, queue: 0.4, schema: 0.5, cpu: 0.2 }, ['code', 'capacity', 'data', 'configuration'], { risk: 0.7, reaches: DOWN }),
  theme('size', /max[-_. ]?(?:size|length|len|bytes|body|message|upload|request|header)|limit\b|chunk|page[-_. ]?size|per[-_. ]?page|payload|body[-_. ]?limit|\bkb\b|\bmb\b|truncate|varchar/i,
    { size: 2, memory: 0.7, store_load: 0.5, schema: 0.4, latency: 0.4, errors: 0.4 }, ['configuration', 'code', 'data', 'error_return'], { risk: 0.6, setting: true }),
  theme('encoding', /encod|gzip|deflate|brotli|zstd|compress|charset|utf-?8|latin|unicode|locale|collat|normaliz|escap|base64|tolowercase|casefold/i,
    { encoding: 2, schema: 1.4, size: 0.9, mismatch: 0.8, access: 0.5, errors: 0.3 }, ['code', 'data', 'error_return'], { risk: 0.6, reaches: BOTH }),
  theme('environment', /getenv|environ|process\.env|\benv\b|- name:|data_?source|config(?:map)?|setting|secret(?:ref|keyref|name)|valuefrom|properties|\$\{[A-Z_]+|feature|flag/i,
    { setting: 2, crash: 1, exception: 0.5, errors: 0.4, access: 0.4, lost_work: 0.5 }, ['configuration', 'crash', 'code'], { risk: 0.6, setting: true }),
  theme('condition', /\bif\b|\belse\b|&&|\|\||===?|!==?|[<>]=?|switch|case\b|return\b|filter/i,
    { lost_work: 0.7, mismatch: 0.6, exception: 0.4, errors: 0.4 }, ['code', 'error_return', 'data'], { risk: 0.45 }),
];

/** Of lines whose order changed: work that came before or after what is held now happens while it is held, or the other way round. */
export const REORDERED: Theme = theme('order', /begin\w*\(|transaction|\bu?n?lock\w*\b|mutex|acquire|release\(|synchronized|\bcommit\w*\(|\back\w*\(|getconnection|for update/i,
  { lock: 2, pool: 2, latency: 0.7, timeout: 0.7, queue: 0.8, mismatch: 0.9, lost_work: 1, errors: 0.3 }, ['code', 'capacity', 'data'], { risk: 0.7, reaches: DOWN });
