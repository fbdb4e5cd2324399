/** Reports and digests ► the same in a model's words, as far as the evidence carries them. Never throws for a model's sake. */
import type { Digest, LogIncident } from '../../domain/digest.ts';
import type { Language } from '../../domain/language.ts';
import type { LlmNote } from '../../domain/llm-note.ts';
import type { Report } from '../../domain/report.ts';
import type { ModelSettings } from '../../ports/model-settings.ts';
import type { ModelTelemetry } from '../../ports/model-telemetry.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { PromptLoader } from '../prompts/load-prompt.ts';
import { wordIncident, wordReport } from './apply-wording.ts';
import { caseOfIncident } from './case-of-incident.ts';
import { caseOfReport } from './case-of-report.ts';
import { wordCase, type WordingContext } from './word-case.ts';

export interface NarrateOptions {
  readonly language: Language;
  readonly signal: AbortSignal;
}

export interface Narrator {
  report(report: Report, options: NarrateOptions): Promise<Report>;
  /** The most severe incidents get words; the rest keep theirs. */
  digest(digest: Digest, options: NarrateOptions): Promise<Digest>;
}

export interface NarratorParts {
  readonly gateway: Gateway;
  readonly prompts: PromptLoader;
  readonly telemetry: ModelTelemetry;
  readonly settings: Pick<ModelSettings, 'evidenceTokens'>;
  /** Takes secrets and personal data out of everything that leaves the house. */
  readonly mask: (text: string) => string;
}

/** A digest is short: nobody reads the ninth incident's prose. */
const MAX_INCIDENTS = 5;
/** A reason to ask nobody again in this digest. */
const HOPELESS: ReadonlySet<string> = new Set(['model_auth', 'model_not_configured', 'model_circuit_open', 'model_aborted', 'model_bad_request']);

interface Worded {
  readonly incident: LogIncident;
  readonly note: LlmNote;
}

/** One note for a digest of several incidents: the first that a model wrote, all costs and removals together, and who wrote which. */
const combined = (worded: readonly Worded[], rest: readonly LogIncident[]): LlmNote | null => {
  const notes = worded.map(({ note }) => note);
  const lead = notes.find(({ tier }) => tier !== 'deterministic') ?? notes[0];
  if (lead === undefined) return null;
  const total = (pick: (note: LlmNote) => number): number => notes.reduce((sum, note) => sum + pick(note), 0);
  const budget = notes.findLast((note) => note.budget !== undefined)?.budget;
  return {
    ...lead,
    cost_usd: total((note) => note.cost_usd ?? 0),
    tokens: { input: total((note) => note.tokens?.input ?? 0), output: total((note) => note.tokens?.output ?? 0) },
    ...(budget === undefined ? {} : { budget }),
    incidents: [
      ...worded.map(({ incident: { id }, note }) => ({ id, tier: note.tier, reason: note.reason ?? null })),
      ...rest.map(({ id }) => ({ id, tier: 'deterministic', reason: null })),
    ],
    worded: worded.flatMap(({ incident: { id }, note }) => (note.worded ?? []).map((field) => `${id} ${field}`)),
    removed: worded.flatMap(({ incident: { id }, note }) => (note.removed ?? []).map((removed) => ({ ...removed, field: `${id} ${removed.field}` }))),
  };
};

export const createNarrator = (parts: NarratorParts): Narrator => {
  const contextOf = ({ language, signal }: NarrateOptions): WordingContext => ({ ...parts, evidenceTokens: parts.settings.evidenceTokens, language, signal });
  const wordOne = async (incident: LogIncident, digest: Digest, options: NarrateOptions): Promise<Worded> => {
    const { wording, note } = await wordCase(caseOfIncident(incident, digest), 'digest', contextOf(options));
    return { incident: wording === null ? incident : wordIncident(incident, wording), note };
  };
  return {
    report: async (report, options) => {
      // Nothing happened: there is nothing to word.
      if (report.verdict === 'no_incident') return report;
      const { wording, note } = await wordCase(caseOfReport(report), 'narrate', contextOf(options));
      return { ...(wording === null ? report : wordReport(report, wording)), llm: note };
    },
    digest: async (digest, options) => {
      // The first tells whether anybody answers; the others need not wait for each other.
      const [first, ...others] = digest.incidents.slice(0, MAX_INCIDENTS);
      if (first === undefined) return digest;
      const lead = await wordOne(first, digest, options);
      const isHopeless = lead.note.tier === 'deterministic' && HOPELESS.has(lead.note.reason ?? '');
      const worded = [lead, ...(isHopeless ? [] : await Promise.all(others.map((incident) => wordOne(incident, digest, options))))];
      const rest = digest.incidents.slice(worded.length);
      return { ...digest, incidents: [...worded.map(({ incident }) => incident), ...rest], llm: combined(worded, rest) };
    },
  };
};
