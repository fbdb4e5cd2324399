/** Any text that kubectl (or a tool beside it) printed ► objects. Never throws; what cannot be read becomes a gap. */
import { readJson, readYaml } from './api-objects.ts';
import { objectsOfBlock } from './describe-objects.ts';
import { describeBlocks } from './describe-tree.ts';
import { isObject, numberAt, textAt } from './json-value.ts';
import { kindOfFile, type KubeObject, type PrintedFile } from './kube-object.ts';
import { readConnectionCheck, readSystemctlStatus, type ConnectionCheck, type NodeService } from './node-checks.ts';
import { eventsWithoutHeader, objectsOfTables } from './table-objects.ts';
import { isTableHeader } from './text-table.ts';

export interface ParsedFiles {
  readonly objects: readonly KubeObject[];
  readonly nodeServices: readonly NodeService[];
  readonly connections: readonly ConnectionCheck[];
  readonly gaps: readonly string[];
  /** Files that end in the middle: what is not in them may exist all the same. */
  readonly cutFiles: ReadonlySet<string>;
}

export interface KubernetesFile {
  /** Path inside the capsule. */
  readonly file: string;
  readonly text: string;
}

interface Sink {
  readonly objects: KubeObject[];
  readonly nodeServices: NodeService[];
  readonly connections: ConnectionCheck[];
  readonly gaps: string[];
  readonly cutFiles: Set<string>;
}

const MAX_LINES = 500_000;
/** Longer single files are cut: 64 MB of kubectl output is far beyond what a cluster prints about one incident. */
const MAX_FILE_CHARS = 64_000_000;

/** NDJSON log records of commands run on nodes (OpenTelemetry names); one object a line, `body` is what was printed. */
const readRecords = (printed: PrintedFile, sink: Sink): boolean => {
  const lines = printed.text.split('\n', MAX_LINES);
  let records = 0;
  for (const line of lines) {
    if (!line.startsWith('{')) continue;
    let record: unknown;
    try {
      record = JSON.parse(line) as unknown;
    } catch {
      continue;
    }
    if (!isObject(record)) continue;
    const body = textAt(record, 'body');
    if (body === null) continue;
    records++;
    const status = readSystemctlStatus(body, textAt(record, 'resource', 'k8s.node.name') ?? textAt(record, 'resource', 'host.name'), printed.file);
    if (status !== null) {
      sink.nodeServices.push(status);
      continue;
    }
    const port = numberAt(record, 'attributes', 'server.port');
    if (port === null) continue;
    const target = textAt(record, 'attributes', 'server.address') ?? textAt(record, 'resource', 'service.name');
    const check = readConnectionCheck(body, target, port, printed.file);
    if (check !== null) sink.connections.push(check);
  }
  return records > 0;
};

const isSystemctl = (text: string): boolean =>
  /^\s*[●○×↻*]?\s?[\w@.-]{1,100}\.service - /m.test(text.slice(0, 4_000)) || /^\s*Active: \w+ \(/m.test(text.slice(0, 4_000));

/**
 * kubectl ends every line. Collectors may trim the last line end, so a missing one counts only where the last row does not
 * reach the last column, or where the last object has no `Events:` yet (quotas and limits print none).
 */
const isCutOff = (text: string): boolean => {
  if (text.endsWith('\n')) return false;
  const start = Math.max(text.lastIndexOf('\nName:'), text.startsWith('Name:') ? 0 : -1);
  if (start >= 0) return !/\n(?:Events:|Resource\s+Used|Type\s+Resource)/.test(text.slice(start));
  const header = text.split('\n', MAX_LINES).findLast(isTableHeader) ?? '';
  return text.length - (text.lastIndexOf('\n') + 1) <= header.lastIndexOf('  ') + 2;
};

const readText = (printed: PrintedFile, sink: Sink): void => {
  const fileKind = kindOfFile(printed.file);
  const before = sink.objects.length;
  const head = printed.text.trimStart();
  if (/^(?:Error from server|error:|The connection to the server|Unable to connect to the server)/.test(head)) {
    sink.gaps.push(`${printed.file}: kubectl failed: ${head.split('\n', 1)[0]?.slice(0, 200) ?? ''}`);
    return;
  }
  if (head.startsWith('No resources found')) return;
  if (isSystemctl(printed.text)) {
    const status = readSystemctlStatus(printed.text, null, printed.file);
    if (status !== null) sink.nodeServices.push(status);
    return;
  }
  for (const block of describeBlocks(printed.text)) sink.objects.push(...objectsOfBlock(block, printed, fileKind));
  if (printed.text.split('\n', MAX_LINES).some(isTableHeader)) sink.objects.push(...objectsOfTables(printed, fileKind));
  else sink.objects.push(...eventsWithoutHeader(printed));
  if (sink.objects.length > before && isCutOff(printed.text)) {
    sink.cutFiles.add(printed.file);
    sink.gaps.push(`${printed.file}: ends in the middle; what it does not show may exist`);
  }
  if (sink.objects.length === before && head !== '') sink.gaps.push(`${printed.file}: no Kubernetes objects recognised`);
};

const readFile = (printed: PrintedFile, sink: Sink): void => {
  const head = printed.text.slice(0, 2_000).trimStart();
  if (head.startsWith('{') || head.startsWith('[')) {
    if (/^\{[^\n]*"body"/.test(head) && readRecords(printed, sink)) return;
    const read = readJson(printed);
    sink.objects.push(...read.objects);
    if (read.problem !== null) sink.cutFiles.add(printed.file);
    if (read.problem !== null) sink.gaps.push(read.problem);
    else if (read.objects.length === 0) sink.gaps.push(`${printed.file}: no Kubernetes objects recognised`);
    return;
  }
  if (/^(?:---\s*\n\s*)?(?:#[^\n]*\n\s*)*(?:apiVersion|kind|items|metadata):(?:\s|$)/.test(head) || head.startsWith('- apiVersion:')) {
    const read = readYaml(printed);
    sink.objects.push(...read.objects);
    if (read.problem !== null) {
      sink.cutFiles.add(printed.file);
      sink.gaps.push(read.problem);
    }
    return;
  }
  readText(printed, sink);
};

/** Reads every file; files are taken in order of name, so that the result does not depend on the order given. */
export const parseKubernetesFiles = (files: readonly KubernetesFile[], printedAt: number): ParsedFiles => {
  const sink: Sink = { objects: [], nodeServices: [], connections: [], gaps: [], cutFiles: new Set() };
  const ordered = [...files].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  for (const { file, text } of ordered) {
    if (text.trim() === '') {
      sink.gaps.push(`${file}: empty`);
      continue;
    }
    if (text.length > MAX_FILE_CHARS) sink.gaps.push(`${file}: longer than ${MAX_FILE_CHARS} characters, the rest was not read`);
    const clean = text.slice(0, MAX_FILE_CHARS).replaceAll('\0', '');
    readFile({ file, text: clean.startsWith('\uFEFF') ? clean.slice(1) : clean, printedAt }, sink);
  }
  return sink;
};
