/** Log records (OpenTelemetry names) ► the last lines of each container. */
import type { CapsuleLogFile } from '../../domain/capsule.ts';
import { textLines } from '../../shared/text-lines.ts';
import type { ContainerLog } from './checks/container-logs.ts';
import { at, textAt } from './parse/json-value.ts';

const MAX_RECORDS = 50_000;
const KEPT_LINES = 400;
const MAX_BODY_CHARS = 2_000;

const timeOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && value > 0 && value < 8.64e21 ? new Date(value / 1e6).toISOString() : '';
};

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
};

/** By pod, else by service; both name the application. */
export const recordLogs = (files: readonly CapsuleLogFile[]): readonly ContainerLog[] => {
  const lines = new Map<string, string[]>();
  let records = 0;
  for (const file of files) {
    for (const line of textLines(file.chunks())) {
      if (!line.startsWith('{') || ++records > MAX_RECORDS) continue;
      const record = parsed(line);
      const body = textAt(record, 'body');
      const name = textAt(record, 'resource', 'k8s.pod.name') ?? textAt(record, 'resource', 'service.name');
      // Connection tests and states of services are checks, not what an application says.
      if (body === null || name === null || at(record, 'attributes', 'server.port') !== undefined) continue;
      const kept = lines.get(name) ?? [];
      kept.push(`${timeOf(at(record, 'timestamp'))} ${textAt(record, 'severity_text') ?? ''} ${body.slice(0, MAX_BODY_CHARS)}`);
      if (kept.length > 2 * KEPT_LINES) kept.splice(0, KEPT_LINES);
      lines.set(name, kept);
    }
  }
  return [...lines].map(([name, kept]) => ({ name, text: kept.join('\n') }));
};
