/** Does what a change edits show up in what the telemetry shows? Numbers, places in the code, and words that few changes share. */
import type { Finding } from '../../domain/finding.ts';
import type { ChangeProfile } from '../../signals/changes/change-profile.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import type { Suspect } from './rank-components.ts';

export interface ContentMatch {
  /** 0: nothing in common; 1 and more: hardly by accident. */
  readonly points: number;
  /** A setting's number matches a series: the change is one of configuration. */
  readonly setting: boolean;
  /** Sentences with what matched. */
  readonly reasons: readonly string[];
}

const IDENTIFIER = /[A-Za-z_][A-Za-z0-9_]{3,60}/g;
/** Words of every programming language, log line and change, which identify nothing. */
const COMMON = new Set(
  ('return error errors false true null none func function const class public private static void string number this self that with from import package struct type interface while break continue switch case default ' +
    'else then when async await throw throws catch finally final defer range make append http https json info warn debug fatal trace request requests response service services server client handler context ' +
    'status code codes message timeout failed failure failing called calls call upstream downstream normally runs median took time times lost into between longer value values after before because cause root')
    .split(' '),
);
const MAX_WORDS = 2_000;

/** Identifiers and, of camelCase and snake_case ones, nothing smaller: their parts are too common. */
const identifiersOf = (text: string): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const match of text.matchAll(IDENTIFIER)) {
    const word = match[0].toLowerCase();
    if (!COMMON.has(word)) found.add(word);
    if (found.size >= MAX_WORDS) break;
  }
  return found;
};

const withoutNumbers = (line: string): string => line.replaceAll(/\d+/g, '0').replaceAll(/\s+/g, ' ');

/** Identifiers that only one side of a diff has (what merely moved cancels out), and those of lines where nothing but a number or version changed. */
const editedIdentifiers = ({ lines }: ChangeProfile): ReadonlySet<string> => {
  const added = identifiersOf(lines.added.join('\n'));
  const removed = identifiersOf(lines.removed.join('\n'));
  const bumped = new Set(lines.removed.filter((line) => !lines.added.includes(line)).map(withoutNumbers));
  const bumps = lines.added.filter((line) => !lines.removed.includes(line) && bumped.has(withoutNumbers(line)));
  const found = new Set(identifiersOf(bumps.join('\n')));
  for (const word of added) if (!removed.has(word)) found.add(word);
  for (const word of removed) if (!added.has(word)) found.add(word);
  return found;
};

/** How many changes edit each identifier: what all of them edit tells nothing. */
const documentFrequency = (profiles: readonly ChangeProfile[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const profile of profiles) for (const word of editedIdentifiers(profile)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 0.02 * Math.max(Math.abs(a), Math.abs(b));

/** A setting went from 50 to 10, and so did a series. */
const numberReason = (profile: ChangeProfile, metrics: MetricAnalysis): string | null => {
  for (const edit of profile.edits) {
    if (edit.from === edit.to) continue;
    for (const { shift, selector } of metrics.series) {
      if (shift !== null && shift.strength >= 2 && near(shift.expected, edit.from) && near(shift.observed, edit.to)) return `it sets ${edit.key} from ${edit.from} to ${edit.to}, and ${selector} follows`;
    }
  }
  return null;
};

/** Base name of a source file, which a stack frame repeats. */
const fileReason = (profile: ChangeProfile, text: string): string | null => {
  for (const file of profile.lines.files) {
    const name = file.split('/').at(-1) ?? '';
    if (/\.(?:go|java|kt|py|js|ts|rb|cs|php|rs|scala|c|cc|cpp)$/.test(name) && text.includes(name)) return `it edits ${file}, which the errors name`;
  }
  return null;
};

/** Texts of telemetry: only what is new or worse, and never what a person could have written as a verdict. */
const CLAIM = /root\s*cause|culprit|to blame|ignore (?:all|any|previous)|you (?:must|should)/i;

const textOf = (findings: readonly Finding[]): string =>
  findings
    .filter((finding) => (finding.kind === 'log_pattern' || finding.kind === 'trace') && finding.role !== 'context')
    .flatMap((finding) => [finding.indicator, String(finding.observed ?? '')].concat(finding.samples))
    .filter((text) => !CLAIM.test(text))
    .join('\n')
    .slice(0, 100_000);

/** Builds the matcher of one capsule. Telemetry of the suspect counts, and of those that suffer with it. */
export const contentMatcher = (profiles: readonly ChangeProfile[], metrics: MetricAnalysis, findings: readonly Finding[]): ((profile: ChangeProfile, suspect: Suspect) => ContentMatch) => {
  const frequency = documentFrequency(profiles);
  const texts = new Map<string, string>();
  const names = [...new Set([...metrics.series.map(({ series }) => (series.labels['service'] ?? '').toLowerCase()), ...profiles.map(({ change }) => (change.service ?? '').toLowerCase())])];
  const shifted = metrics.series.filter(({ shift }) => shift !== null && shift.strength >= 3);
  return (profile, suspect) => {
    const { name } = suspect.component;
    const text = texts.get(name) ?? textOf(findings.filter((finding) => finding.component.name === name));
    texts.set(name, text);
    const reasons: string[] = [];
    let points = 0;
    const note = (reason: string | null, worth: number): void => {
      if (reason === null) return;
      reasons.push(reason);
      points += worth;
    };
    const setting = numberReason(profile, metrics);
    note(setting, 2);
    note(fileReason(profile, text), 1.5);
    const words = new Set([...identifiersOf(text), ...shifted.filter((one) => Object.values(one.series.labels).includes(name)).flatMap((one) => one.series.name.toLowerCase().split('_'))]);
    const shared = [...editedIdentifiers(profile)].filter((word) => words.has(word) && !names.some((service) => service.includes(word)) && (frequency.get(word) ?? 0) <= Math.max(1, profiles.length / 10)).sort();
    if (shared.length > 0) note(`it edits ${shared.slice(0, 4).join(', ')}, which the telemetry names`, Math.min(1, shared.length * 0.35));
    return { points, setting: setting !== null, reasons };
  };
};
