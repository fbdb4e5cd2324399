/** A capsule ► what the Kubernetes engine reads of it: kubectl's files, checks run on nodes, and the last words of containers. */
import type { Capsule, CapsuleLogFile } from '../../domain/capsule.ts';
import { textLines } from '../../shared/text-lines.ts';
import type { ContainerLog } from './checks/container-logs.ts';
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

const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1).replace(/\.(?:log|txt)$/, '');

/** Reads logs only where kubectl's output is there to be explained. */
export const kubernetesInputOf = (capsule: Pick<Capsule, 'kubernetes' | 'collectedAt' | 'window' | 'baseline' | 'logs'>): KubernetesInput => {
  const relevant = capsule.kubernetes.length === 0 ? [] : capsule.logs;
  const checks = relevant
    .filter((log) => log.kind === 'ndjson' && log.sizeBytes <= MAX_CHECK_BYTES)
    .map((log) => ({ file: log.file, text: checksOf(log) }))
    .filter(({ text }) => text !== '');
  const logs: ContainerLog[] = relevant
    .filter((log) => log.kind === 'text' && log.sizeBytes <= MAX_LOG_BYTES)
    .map((log) => ({ name: nameOf(log.file), text: tailOf(log) }));
  return { files: [...capsule.kubernetes, ...checks], at: capsule.collectedAt ?? capsule.window.end, window: capsule.window, baseline: capsule.baseline, logs };
};
