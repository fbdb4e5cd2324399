/** Writes a capsule of any size from a seed: the same bytes on every machine. */
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { seededRandom, type Random } from '../logs/random.ts';
import { BASELINE_START, DETECTED_AT, edgesOf, FAULT_AT, FAULTY, MINUTE_MS, podsOf, requestsOf, runRequest, SERVICES, type SpanOfCall, WINDOW_END, WINDOW_START } from './shop.ts';

export interface CapsulePlan {
  readonly seed: number;
  readonly logLines: number;
  /** Share of services that write raw text instead of records. */
  readonly textShare: number;
  readonly spans: number;
  readonly series: number;
  readonly samples: number;
}

export interface WrittenCapsule {
  readonly logLines: number;
  readonly spans: number;
  readonly series: number;
  readonly bytes: number;
}

const PIECE_CHARACTERS = 1 << 18;

/** Many files written side by side, each in large pieces. */
class Files {
  private readonly root: string;
  private readonly open = new Map<string, { readonly descriptor: number; piece: string }>();
  bytes = 0;

  constructor(root: string) {
    this.root = root;
  }

  add(path: string, line: string): void {
    let file = this.open.get(path);
    if (file === undefined) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      file = { descriptor: openSync(join(this.root, path), 'w'), piece: '' };
      this.open.set(path, file);
    }
    file.piece += `${line}\n`;
    if (file.piece.length < PIECE_CHARACTERS) return;
    this.bytes += writeSync(file.descriptor, file.piece);
    file.piece = '';
  }

  close(): void {
    for (const { descriptor, piece } of this.open.values()) {
      this.bytes += writeSync(descriptor, piece);
      closeSync(descriptor);
    }
  }
}

const iso = (at: number): string => new Date(at).toISOString();
/** Unix nanoseconds as text. */
const nanos = (at: number): string => `${Math.floor(at)}${String(Math.floor((at % 1) * 1e6)).padStart(6, '0')}`;

const SENTENCES: readonly ((random: Random) => string)[] = [
  (r) => `handling request for user ${r.int(1, 90_000)} from 10.${r.int(0, 255)}.${r.int(0, 255)}.${r.int(1, 255)}`,
  (r) => `cache lookup key=item:${r.hex(12)} hit=${r.next() < 0.8} took ${r.int(1, 900)} us`,
  (r) => `loaded ${r.int(1, 400)} rows from table catalogue in ${r.int(1, 40)} ms`,
  (r) => `price of item ${r.hex(8)} computed as ${r.int(1, 999)}.${r.int(10, 99)} EUR`,
  (r) => `publishing event item.viewed id=${r.hex(8)}-${r.hex(4)}-4${r.hex(3)}-a${r.hex(3)}-${r.hex(12)} partition=${r.int(0, 32)}`,
  (r) => `session ${r.hex(20)} refreshed, expires in ${r.int(100, 3600)} s`,
  (r) => `response written, ${r.int(100, 90_000)} bytes, status 200`,
  (r) => `worker ${r.int(1, 64)} picked job ${r.int(1, 1_000_000)} of queue mail`,
];

/** What the code of a span writes, in order. */
const linesOf = (span: SpanOfCall, count: number, random: Random): readonly (readonly [string, string])[] => {
  const lines: (readonly [string, string])[] = [];
  const offset = SERVICES.indexOf(span.call.service) + span.index;
  for (let i = 0; i < count; i++) {
    const level = i === 0 && random.next() < 0.01 ? 'WARN' : i % 3 === 2 ? 'DEBUG' : 'INFO';
    const sentence = SENTENCES[(offset + i) % SENTENCES.length];
    lines.push([level, level === 'WARN' ? `slow answer of ${span.call.name}: ${random.int(200, 900)} ms` : (sentence?.(random) ?? '')]);
    // Whatever failed writes no more.
    if (span.isOrigin) return [...lines, ['ERROR', `could not get a connection: pool exhausted after ${random.int(2000, 3000)} ms (active=10, waiting=${random.int(5, 60)})`]];
  }
  return lines;
};

const writeSpan = (span: SpanOfCall, parentId: string | null, traceId: string, files: Files): void => {
  const { call, spanId, startMs, endMs, failed, pod } = span;
  const attributes = call.isClient ? '{"http.request.method":"GET","url.scheme":"http"}' : `{"http.request.method":"GET","http.response.status_code":${failed ? 500 : 200},"thread.id":${span.index + 20}}`;
  files.add('traces/spans.ndjson', `{"trace_id":"${traceId}","span_id":"${spanId}","parent_span_id":${parentId === null ? 'null' : `"${parentId}"`},"name":"${call.name}","start_time_unix_nano":${nanos(startMs)},"end_time_unix_nano":${nanos(endMs)},"status_code":"${failed ? 'ERROR' : 'UNSET'}","resource":{"service.name":"${call.service}","k8s.pod.name":"${pod}"},"attributes":${attributes}}`);
};

const writeLines = (span: SpanOfCall, traceId: string, plan: { readonly count: number; readonly isText: boolean }, { files, random }: { readonly files: Files; readonly random: Random }): number => {
  const { service } = span.call;
  const lines = linesOf(span, plan.count, random);
  lines.forEach(([level, body], i) => {
    const at = span.startMs + i * 0.3;
    if (plan.isText) files.add(`logs/${service}.log`, `${iso(at).replace('Z', '')} ${level.padEnd(5)} 1 --- [nio-8080-exec-${random.int(1, 20)}] c.example.${service.replace('-', '.')}.Handler : ${body}`);
    else files.add(`logs/${service}.ndjson`, `{"timestamp":${nanos(at)},"severity_text":"${level}","body":"${body}","resource":{"service.name":"${service}","k8s.pod.name":"${span.pod}"},"trace_id":"${traceId}","span_id":"${span.spanId}"}`);
  });
  return lines.length;
};

const writeRequests = (plan: CapsulePlan, files: Files): { readonly logLines: number; readonly spans: number } => {
  const requests = requestsOf(plan.seed);
  const random = seededRandom(plan.seed + 1);
  const meanSize = requests.reduce((sum, calls) => sum + calls.length, 0) / requests.length;
  const count = Math.max(1, Math.ceil(plan.spans / meanSize));
  const every = Math.max(1, Math.round(1 / Math.max(plan.textShare, 1e-9)));
  const isText = new Set(SERVICES.filter((_, index) => plan.textShare > 0 && index % every === every - 1));
  const written = { logLines: 0, spans: 0 };
  for (let i = 0; i < count; i++) {
    const at = BASELINE_START + ((WINDOW_END - BASELINE_START) * (i + random.next())) / count;
    const spans = runRequest(random.pick(requests), at, random);
    const traceId = random.hex(32);
    const ids = new Map(spans.map(({ index, spanId }) => [index, spanId]));
    for (const span of spans) {
      if (plan.spans > 0) {
        writeSpan(span, ids.get(span.call.parent) ?? null, traceId, files);
        written.spans += 1;
      }
      // As many as are due by now, so that the sum is right for every size.
      const due = Math.min(8, Math.max(0, Math.floor((plan.logLines * (i + 1)) / count - written.logLines)));
      if (due > 0) written.logLines += writeLines(span, traceId, { count: Math.min(due, 1 + Math.ceil(plan.logLines / Math.max(1, count * meanSize))), isText: isText.has(span.call.service) }, { files, random });
    }
  }
  return written;
};

const METRICS: readonly (readonly [string, number])[] = [
  ['container_cpu_usage_ratio', 0.3], ['container_memory_working_set_bytes', 3.1e8], ['http_server_request_duration_p95_ms', 40], ['http_server_errors_ratio', 0.002], ['http_server_requests_rate', 55],
  ['jvm_heap_used_bytes', 1.4e8], ['db_client_connections_in_use', 4], ['network_receive_bytes_rate', 2.2e5], ['network_transmit_bytes_rate', 1.9e5], ['disk_io_time_ratio', 0.04],
];
const FAULTS: Readonly<Record<string, number>> = { http_server_request_duration_p95_ms: 6, http_server_errors_ratio: 150, db_client_connections_in_use: 2.5 };

/** One table a metric; where more series are asked for than pods have, copies for further queues and operations. */
const writeMetrics = (plan: CapsulePlan, files: Files): number => {
  const random = seededRandom(plan.seed + 2);
  const perRound = SERVICES.length * podsOf('').length * METRICS.length;
  let left = plan.series;
  for (let round = 0; left > 0; round++) {
    for (const [metric, level] of METRICS) {
      const columns = SERVICES.flatMap((service) => podsOf(service).map((pod) => ({ service, pod }))).slice(0, left);
      if (columns.length === 0) break;
      left -= columns.length;
      const name = round === 0 ? metric : metric.replace(/_(\w+)$/, `_part${round}_$1`);
      const path = `metrics/${name}.csv`;
      files.add(path, ['timestamp', ...columns.map(({ service, pod }) => `"${name}{service=""${service}"",pod=""${pod}""}"`)].join(','));
      for (let sample = 0; sample < plan.samples; sample++) {
        const at = BASELINE_START + ((WINDOW_END - BASELINE_START) * (sample + 1)) / plan.samples;
        const factor = (service: string): number => (service === FAULTY && at >= FAULT_AT && round === 0 ? (FAULTS[metric] ?? 1) : 1);
        files.add(path, [iso(at), ...columns.map(({ service }) => (random.next() < 0.005 ? '' : String(Number((level * factor(service) * (0.85 + 0.15 * (random.next() + random.next()))).toPrecision(6)))))].join(','));
      }
    }
    if (round > plan.series / perRound + 1) break;
  }
  return plan.series - left;
};

const writeSmallParts = (plan: CapsulePlan, files: Files): void => {
  const random = seededRandom(plan.seed + 3);
  files.add('topology.csv', 'source,destination');
  for (const [source, destination] of edgesOf(requestsOf(plan.seed))) files.add('topology.csv', `${source},${destination}`);
  for (let i = 0; i < 40; i++) {
    const service = SERVICES[(i * 7) % SERVICES.length] ?? '';
    files.add('changes.ndjson', JSON.stringify({ time: iso(BASELINE_START + i * 2.2 * MINUTE_MS), kind: random.pick(['deployment', 'config', 'feature_flag']), id: `${service}-${i}`, service, version: `1.${i}.0`, previous_version: `1.${i - 1}.0`, summary: 'routine' }));
  }
  files.add('changes.ndjson', JSON.stringify({ time: iso(FAULT_AT - MINUTE_MS), kind: 'deployment', id: 'smaller-pool', service: FAULTY, version: '2.0.0', previous_version: '1.9.0', summary: 'smaller connection pool', diff: '-pool.max-size: 50\n+pool.max-size: 10' }));
  files.add('alerts.ndjson', JSON.stringify({ status: 'firing', labels: { alertname: 'HighErrorRate', service: SERVICES[0], severity: 'critical' }, annotations: {}, startsAt: iso(DETECTED_AT) }));
};

/** Replaces whatever is in `root`. */
export const writeCapsule = (root: string, plan: CapsulePlan): WrittenCapsule => {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const window = { start: iso(WINDOW_START), end: iso(WINDOW_END) };
  const baseline = { start: iso(BASELINE_START), end: iso(WINDOW_START) };
  writeFileSync(join(root, 'capsule.json'), JSON.stringify({ schema: 'faultline.capsule/1', id: `scale-${plan.seed}`, detected_at: iso(DETECTED_AT), window, baseline, symptom: { service: SERVICES[0], metric: 'error rate', description: null }, collected_at: null }));
  const files = new Files(root);
  const { logLines, spans } = writeRequests(plan, files);
  const series = writeMetrics(plan, files);
  writeSmallParts(plan, files);
  files.close();
  return { logLines, spans, series, bytes: files.bytes };
};
