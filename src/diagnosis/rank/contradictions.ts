/** What speaks against a suspect: trouble elsewhere that began before it and is joined to it by calls. */
import type { Finding } from '../../domain/finding.ts';
import { reachability, type CallGraph } from '../relate/call-graph.ts';
import type { Suspect } from './rank-components.ts';

/** Sampling blurs onsets; a minute earlier is earlier. */
const EARLIER_MS = 60_000;
/** Weaker rivals contradict nobody. */
const MIN_SHARE = 0.5;
const MAX_CONTRADICTIONS = 3;

const leadOf = (suspect: Suspect): Finding | null => suspect.supports.find((finding) => finding.kind !== 'change' && finding.onset !== null) ?? null;

/** Adds to each suspect the leading evidence of up to three rivals that would explain it: callees in trouble, and neighbours whose trouble came first. */
export const withContradictions = (suspects: readonly Suspect[], graph: CallGraph): readonly Suspect[] => {
  const reach = reachability(graph.callees);
  const best = new Map<string, Suspect>();
  for (const suspect of suspects) if (!best.has(suspect.component.name)) best.set(suspect.component.name, suspect);
  const rivals = [...best.values()].slice(0, 20);
  return suspects.map((suspect) => {
    const own = leadOf(suspect);
    const { name } = suspect.component;
    const against: Finding[] = [];
    for (const rival of rivals) {
      const lead = leadOf(rival);
      const other = rival.component.name;
      if (lead === null || other === name || rival.score < MIN_SHARE * suspect.score || against.length >= MAX_CONTRADICTIONS) continue;
      const calls = reach(name).has(other);
      const joined = calls || reach(other).has(name);
      const earlier = own?.onset !== null && own?.onset !== undefined && lead.onset !== null && lead.onset <= own.onset - EARLIER_MS;
      const notLater = own?.onset === null || own?.onset === undefined || lead.onset === null || lead.onset <= own.onset + EARLIER_MS / 4;
      if ((joined && earlier) || (calls && notLater)) against.push(lead);
    }
    return against.length === 0 ? suspect : { ...suspect, contradictions: [...new Map([...suspect.contradictions, ...against].map((finding) => [finding.id, finding])).values()] };
  });
};
