/** What the report tells beside its hypotheses: who else shows symptoms and why they are no cause, and which changes were spared. */
import type { Capsule, Change } from '../../domain/capsule.ts';
import type { Finding } from '../../domain/finding.ts';
import type { EpochMs } from '../../domain/time.ts';
import { findingOf, hurts } from '../../signals/metrics/metric-findings.ts';
import type { MetricAnalysis } from '../../signals/metrics/analyze-metrics.ts';
import { seriesComponent } from '../../signals/metrics/series-component.ts';
import { wordsOf } from '../../signals/metrics/vocabulary.ts';
import { onsetOfSuspect } from '../rank/attribute-change.ts';
import type { Suspect } from '../rank/rank-components.ts';
import { reachability, type CallGraph } from '../relate/call-graph.ts';
import type { Bystander, SparedChange } from '../words/words.ts';

export interface StoryInput {
  readonly capsule: Capsule;
  readonly graph: CallGraph;
  readonly metrics: MetricAnalysis;
  /** Of all other signals. */
  readonly findings: readonly Finding[];
  /** Services that visibly suffer, sorted. */
  readonly affected: readonly string[];
}

/** Weaker shifts are no symptoms. */
const MIN_STRENGTH = 4;
/** Sampling blurs onsets. */
const LATER_MS = 60_000;
const SLACK_MS = 20_000;
const MAX_BYSTANDERS = 12;
/** From this confidence on a hypothesis about another component may be a fault of its own. */
const OWN_FAULT = 0.5;

const shiftsOf = (metrics: MetricAnalysis): readonly Finding[] =>
  metrics.series.flatMap((analysis) => (analysis.shift === null || analysis.shift.strength < MIN_STRENGTH || !hurts(analysis.meaning, analysis.shift) ? [] : [findingOf(analysis, analysis.shift)]));

const stronger = (a: Finding | undefined, b: Finding): Finding => (a === undefined || b.strength > a.strength || (b.strength === a.strength && b.id < a.id) ? b : a);

/** Systems of the call graph that send no telemetry of their own but that a metric of somebody else names: `stripe` in `stripe_api_success_rate`. */
const namedOutsiders = (graph: CallGraph, shifts: readonly Finding[], own: ReadonlySet<string>): ReadonlyMap<string, Finding> => {
  const byWord = new Map<string, Finding>();
  for (const finding of shifts) for (const word of new Set(wordsOf(finding.indicator))) byWord.set(word, stronger(byWord.get(word), finding));
  const found = new Map<string, Finding>();
  for (const name of graph.names) {
    const finding = name.length < 4 || own.has(name) ? undefined : byWord.get(name.toLowerCase());
    if (finding !== undefined) found.set(name, finding);
  }
  return found;
};

/** The strongest sign of each component: its own suspicion's lead, else a metric, else whatever another signal says. */
const signsOf = ({ graph, metrics, findings, affected }: StoryInput, judged: readonly Suspect[]): { readonly signs: ReadonlyMap<string, Finding>; readonly outsiders: ReadonlyMap<string, Finding> } => {
  const shifts = shiftsOf(metrics);
  const signs = new Map<string, Finding>();
  const wanted = new Set([...affected, ...judged.map(({ component }) => component.name)]);
  const own = new Set(metrics.series.map(({ series }) => seriesComponent(series)?.name ?? ''));
  for (const { component } of findings) own.add(component.name);
  for (const finding of shifts) if (wanted.has(finding.component.name) && finding.component.kind !== 'edge') signs.set(finding.component.name, stronger(signs.get(finding.component.name), finding));
  const others = new Map<string, Finding>();
  for (const finding of findings) if (finding.role !== 'context' && finding.kind !== 'change') others.set(finding.component.name, stronger(others.get(finding.component.name), finding));
  for (const name of wanted) {
    const other = others.get(name);
    if (!signs.has(name) && other !== undefined) signs.set(name, other);
  }
  for (const suspect of [...judged].reverse()) {
    const lead = suspect.supports.find((finding) => finding.kind !== 'change' && finding.onset !== null);
    if (lead !== undefined && suspect.component.kind !== 'edge') signs.set(suspect.component.name, lead);
  }
  const outsiders = namedOutsiders(graph, shifts, own);
  for (const [name, finding] of outsiders) signs.set(name, finding);
  return { signs, outsiders };
};

const earliestOf = ({ supports }: Suspect): EpochMs | null => {
  const onsets = supports.flatMap(({ kind, onset, strength }) => (kind === 'change' || onset === null || (kind === 'metric' && strength < MIN_STRENGTH) ? [] : [onset]));
  return onsets.length === 0 ? null : Math.min(...onsets);
};

/** Everybody but the blamed one who shows symptoms, consequences first, then by name. */
export const bystandersOf = (input: StoryInput, judged: readonly (Suspect & { readonly confidence: number })[]): readonly Bystander[] => {
  const [first] = judged;
  if (first === undefined) return [];
  const blamed = first.component.name;
  const onset = onsetOfSuspect(first);
  const reach = reachability(input.graph.callees);
  const earliest = earliestOf(first);
  const { signs, outsiders } = signsOf(input, judged);
  const bystanders = [...signs].filter(([name]) => name !== blamed && name !== first.component.source).map(([name, sign]): Bystander => {
    const lagMs = onset === null || sign.onset === null ? null : sign.onset - onset;
    const isExternal = outsiders.has(name);
    const relation = reach(name).has(blamed) ? 'caller' : reach(blamed).has(name) ? 'callee' : 'unconnected';
    const ownFault = judged.some((suspect) => suspect.component.name === name && suspect.confidence >= OWN_FAULT);
    const isLater = lagMs !== null && lagMs >= LATER_MS;
    const beforeLead = lagMs !== null && lagMs <= -LATER_MS;
    // The blamed one's best sign need not be its first: a caller is early only where it precedes them all.
    const isEarlier = beforeLead && !(relation === 'caller' && earliest !== null && sign.onset !== null && sign.onset > earliest - LATER_MS);
    const isConsequence = !ownFault && !isEarlier && (relation === 'caller' || (relation === 'callee' && isLater));
    return { name, relation, isConsequence, isEarlier, lagMs: beforeLead && !isEarlier ? null : lagMs, sign, isExternal, isDirect: relation === 'callee' ? input.graph.callees.get(blamed)?.has(name) === true : input.graph.callees.get(name)?.has(blamed) === true };
  });
  return bystanders.sort((a, b) => Number(b.isConsequence) - Number(a.isConsequence) || (a.name < b.name ? -1 : 1)).slice(0, MAX_BYSTANDERS);
};

const KINDS: readonly Change['kind'][] = ['deployment', 'config', 'migration', 'feature_flag', 'infrastructure', 'scaling', 'commit'];

const reasonOf = (change: Change, blamed: string, onset: EpochMs | null, graph: CallGraph): SparedChange['reason'] | null => {
  if (onset !== null && change.time > onset + SLACK_MS) return 'after';
  if (change.service === null || change.service === blamed) return null;
  const reach = reachability(graph.callees);
  if (graph.names.includes(change.service) && !reach(blamed).has(change.service)) return 'not_called';
  return null;
};

/** The two most tempting changes that are not to blame although they lie near the trouble: the nearest in time first. */
export const sparedChanges = ({ capsule, graph, metrics, findings }: StoryInput, judged: readonly Suspect[]): readonly SparedChange[] => {
  const [first] = judged;
  if (first === undefined) return [];
  const onset = onsetOfSuspect(first);
  const at = onset ?? capsule.detectedAt;
  const signs = [...shiftsOf(metrics), ...findings.filter(({ role, kind }) => role !== 'context' && kind !== 'change')];
  const isQuiet = (change: Change): boolean => change.service !== null && !signs.some(({ component, onset: began, strength }) => component.name === change.service && strength >= 1 && (began === null || began >= change.time - SLACK_MS));
  const spared = capsule.changes.flatMap((change) => {
    const reason = change.id === first.changeId || change.time < capsule.window.start || change.time >= capsule.window.end ? null : reasonOf(change, first.component.name, onset, graph);
    return reason === null ? [] : [{ change, reason, isQuiet: isQuiet(change) }];
  });
  spared.sort((a, b) => KINDS.indexOf(a.change.kind) - KINDS.indexOf(b.change.kind) || Math.abs(a.change.time - at) - Math.abs(b.change.time - at) || (a.change.id < b.change.id ? -1 : 1));
  return spared.slice(0, 2);
};
