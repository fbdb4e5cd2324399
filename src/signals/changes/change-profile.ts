/** What a change is, whom it touches, and how likely such a change is to break anything, before any evidence. */
import type { Change } from '../../domain/capsule.ts';
import type { Fault } from '../../domain/report.ts';
import { diffLines, type DiffLines } from './diff-lines.ts';
import { numberEdits, type NumberEdit } from './number-edits.ts';

export interface ChangeProfile {
  readonly change: Change;
  readonly lines: DiffLines;
  /** Services it names or whose folder it edits, sorted. */
  readonly services: readonly string[];
  /** It edits what several services share. */
  readonly shared: boolean;
  /** 0 to 1. */
  readonly risk: number;
  readonly edits: readonly NumberEdit[];
  /** Faults that such an edit tends to cause. */
  readonly faults: ReadonlySet<Fault>;
}

/** Nothing that runs: documents, tests, pipelines, style sheets, pictures. */
const INERT = /(?:^|\/)(?:docs?|tests?|testdata|__tests__|\.github|\.circleci|examples?)\/|(?:_test\.|\.test\.|\.spec\.)|\.(?:md|rst|txt|css|scss|less|svg|png|jpe?g|gif|ico|golden)$|(?:^|\/)(?:CODEOWNERS|README|LICENSE|CHANGELOG|\.golangci\.ya?ml|\.gitignore|\.editorconfig)/i;
const INERT_SUMMARY = /^(?:docs?|tests?|ci|style|chore\(docs\))(?:\([^)]*\))?:/i;
/** Folders that every service links. */
const SHARED = /^(?:pkg|internal|lib|libs|common|shared|core|platform|config\/shared)\//;

/** Edits with a history of outages; each with the faults they cause. */
const TOUCHES: readonly { readonly pattern: RegExp; readonly faults: readonly Fault[]; readonly risk: number }[] = [
  { pattern: /pool|max[-_]?conn|max[-_]?idle|max[-_]?active|connections?\b/i, faults: ['configuration', 'capacity'], risk: 0.8 },
  { pattern: /time-?out|deadline|retr(?:y|ies)|back-?off|circuit|rate[-_]?limit/i, faults: ['configuration', 'dependency', 'network_delay', 'error_return'], risk: 0.7 },
  { pattern: /memory|heap|xmx|cache|buffer|append\(|\.push\(|\.add\(/i, faults: ['memory'], risk: 0.6 },
  { pattern: /cpu|limits?:|requests?:|replicas|autoscal/i, faults: ['cpu', 'capacity', 'scheduling', 'configuration'], risk: 0.7 },
  { pattern: /\bfor\b|while\s*\(|\.(?:each|map|forEach)\(|query|select\b|\bjoin\b|index/i, faults: ['code', 'cpu', 'capacity'], risk: 0.6 },
  { pattern: /nil\b|null|none\b|undefined|optional|unwrap|throw|raise|panic|catch|except/i, faults: ['exception', 'code', 'crash', 'error_return'], risk: 0.6 },
  { pattern: /auth|token|jwt|tls|cert|secret|password|credential|permission|role\b|leeway|expir/i, faults: ['permission', 'certificate', 'code', 'configuration', 'error_return'], risk: 0.6 },
  { pattern: /schema|mapping|migrat|column|alter\s|field|proto/i, faults: ['code', 'data', 'configuration', 'exception'], risk: 0.7 },
  { pattern: /host|url|endpoint|address|port\b|dns/i, faults: ['configuration', 'dns', 'dependency', 'network_loss'], risk: 0.6 },
  { pattern: /\bv?\d+\.\d+\.\d+\b/, faults: ['crash', 'code', 'dependency', 'exception'], risk: 0.5 },
  { pattern: /image:|FROM\s/, faults: ['image', 'crash'], risk: 0.5 },
];

const letters = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
const SUFFIX = /(?:service|svc|server|api|app)$/;

/** Does a folder or scope word stand for a service? `depot` for `depotservice`, `till-service` for `tillservice`. */
export const isNamed = (word: string, service: string): boolean => {
  const a = letters(word).replace(SUFFIX, '');
  const b = letters(service).replace(SUFFIX, '');
  if (a.length >= 3 && a === b) return true;
  return word.length >= 5 && service.toLowerCase().split(/[-_.]/).length > 1 && service.toLowerCase().split(/[-_.]/).includes(word.toLowerCase());
};

const attributeFiles = (change: Change): readonly string[] => {
  const listed = change.attributes['files'];
  if (listed === undefined) return [];
  return (listed.slice(0, 20_000).match(/[\w@.-]+(?:\/[\w@.-]+)*\.?\w*/g) ?? []).slice(0, 200);
};

const wordsNaming = (files: readonly string[], summary: string | null): readonly string[] => [
  ...files.flatMap((file) => file.split('/')),
  ...(/^[\w#-]*\(([\w,/ -]{1,60})\)/.exec(summary ?? '')?.[1]?.split(/[,/ ]/) ?? []),
  ...(/^#([\w-]{2,60})/.exec(summary ?? '')?.slice(1) ?? []),
];

/** Lines that really differ; the error check that every Go line carries says nothing about nil. */
const changedText = (lines: DiffLines): string => {
  const added = new Set(lines.added);
  const removed = new Set(lines.removed);
  const net = [...lines.added.filter((line) => !removed.has(line)), ...lines.removed.filter((line) => !added.has(line))];
  return [...net, ...lines.files].join('\n').replaceAll(/err\s*[!=]=\s*nil|http\.Error|err\.Error/g, '');
};

const riskOf = (change: Change, files: readonly string[], lines: DiffLines): number => {
  const inertFiles = files.length > 0 && files.every((file) => INERT.test(file));
  if (inertFiles || (files.length === 0 && INERT_SUMMARY.test(change.summary ?? ''))) return 0.05;
  const text = changedText(lines);
  if (text === '') return INERT_SUMMARY.test(change.summary ?? '') ? 0.1 : 0.4;
  return Math.max(0.35, ...TOUCHES.filter(({ pattern }) => pattern.test(text)).map(({ risk }) => risk));
};

export const changeProfile = (change: Change, knownServices: readonly string[]): ChangeProfile => {
  const lines = diffLines(change.diff);
  const files = [...new Set([...lines.files, ...attributeFiles(change)])].sort();
  const words = wordsNaming(files, change.summary);
  const named = knownServices.filter((service) => words.some((word) => isNamed(word, service)));
  const services = new Set(change.service === null ? named : [change.service, ...named]);
  const text = changedText(lines);
  return {
    change,
    lines: { ...lines, files },
    services: [...services].sort(),
    shared: files.some((file) => SHARED.test(file)) || (services.size === 0 && files.length > 0),
    risk: riskOf(change, files, lines),
    edits: numberEdits(lines),
    faults: new Set(TOUCHES.filter(({ pattern }) => pattern.test(text)).flatMap(({ faults }) => faults)),
  };
};
