/** A capsule ► what the Kubernetes engine reads of it: kubectl's files, checks run on nodes, the last words of containers, and what monitors say of objects. */
import type { Capsule, CapsuleLogFile } from '../../domain/capsule.ts';
import { textLines } from '../../shared/text-lines.ts';
import type { ContainerLog } from './checks/container-logs.ts';
import { levelsOf } from './metric-levels.ts';
import { recordLogs } from './record-logs.ts';
import type { KubernetesInput } from './kubernetes-findings.ts';

/** Checks are printed once; files larger than this are logs of applications. */
const MAX_CHECK_BYTES = 8_000_000;
const MAX_CHECKS = 5_000;
/** The tail of a log that is read for last words. */
const TAIL_BYTES = 131_072;
const MAX_LOG_BYTES = 256_000_000;

/** Records of `systemctl status` and of connection tests, told by what they carry. */
const isCheck = (line: string): boolean => line.includes('Active: ') || line.includes('"server.port"');

const checksOf = (log: CapsuleLogFile): string => {
  const lines: string[] = [];
  for (const line of textLines(log.chunks())) {
    if (isCheck(line)) lines.push(line);
    if (lines.length >= MAX_CHECKS) break;
  }
  return lines.join('\n');
};

/** The last bytes only: earlier chunks are dropped as they come. */
const tailOf = (log: CapsuleLogFile): string => {
  let kept: Uint8Array[] = [];
  let size = 0;
  for (const chunk of log.chunks()) {
    kept.push(chunk.slice(-TAIL_BYTES));
    size += Math.min(chunk.length, TAIL_BYTES);
    while (kept.length > 1 && size - (kept[0]?.length ?? 0) >= TAIL_BYTES) size -= kept.shift()?.length ?? 0;
  }
  const decoder = new TextDecoder();
  const text = kept.map((chunk) => decoder.decode(chunk, { stream: true })).join('');
  kept = [];
  return text.slice(-TAIL_BYTES);
};

/** `kubectl logs` is often saved beside the rest: `logs-orders-previous.txt`, `logs/orders-abc_main.log`. */
const nameOf = (file: string): string =>
  file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.(?:log|txt)$/, '')
    .replace(/^(?:kubectl[-_])?logs?[-_]/, '')
    .replace(/[-_.](?:previous|prev|current)$/, '');

const isSavedLog = (file: string): boolean => /(?:^|[/_-])logs?[/_-]|\.log$|[-_.]previous\.txt$/.test(file.replace(/^kubernetes\//, ''));

/** Reads logs only where kubectl's output is there to be explained. */
export const kubernetesInputOf = (capsule: Pick<Capsule, 'kubernetes' | 'collectedAt' | 'window' | 'baseline' | 'logs'> & Partial<Pick<Capsule, 'metrics' | 'alerts' | 'topology'>>): KubernetesInput => {
  const isThere = capsule.kubernetes.length > 0;
  const relevant = isThere ? capsule.logs : [];
  const records = relevant.filter((log) => log.kind === 'ndjson' && log.sizeBytes <= MAX_CHECK_BYTES);
  const checks = records.map((log) => ({ file: log.file, text: checksOf(log) })).filter(({ text }) => text !== '');
  const saved = capsule.kubernetes.filter(({ file }) => isSavedLog(file));
  const logs: ContainerLog[] = [
    ...relevant.filter((log) => log.kind === 'text' && log.sizeBytes <= MAX_LOG_BYTES).map((log) => ({ name: nameOf(log.file), text: tailOf(log) })),
    ...saved.map(({ file, text }) => ({ name: nameOf(file), text: text.slice(-TAIL_BYTES) })),
    ...recordLogs(records),
  ];
  const files = [...capsule.kubernetes.filter((item) => !saved.includes(item)), ...checks];
  return {
    files, at: capsule.collectedAt ?? capsule.window.end, window: capsule.window, baseline: capsule.baseline, logs, levels: isThere ? levelsOf(capsule.metrics ?? [], capsule.window) : [],
    alerts: isThere ? (capsule.alerts ?? []) : [], topology: isThere ? (capsule.topology ?? []) : [],
  };
};
