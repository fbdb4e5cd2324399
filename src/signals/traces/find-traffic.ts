/** How often services are called, over covered time: floods, and services that fell silent. */
import type { Finding } from '../../domain/finding.ts';
import type { Fault } from '../../domain/report.ts';
import { strengthOf } from './echo.ts';
import type { Phases } from './phases.ts';
import { slotStart } from './phases.ts';
import type { SliceContrast } from './slices.ts';
import { Slices } from './slices.ts';
import type { SpanTable } from './span-table.ts';
import { traceFinding } from './trace-finding.ts';

const MIN_STRENGTH = 3;
const FLOOD: Partial<Record<Fault, number>> = { traffic: 0.7, capacity: 0.2 };
const SILENCE: Partial<Record<Fault, number>> = { crash: 0.4, traffic: 0.2, network_loss: 0.2, scheduling: 0.2 };

/**
 * One finding a service whose calls from outside of it became many times as many, or ceased. Silence is a symptom: most services
 * are silent because their callers stopped calling. A flood is a cause where it enters, at a service nobody else calls.
 */
export const findTraffic = ({ spans, startMs }: SpanTable, phases: Phases): Finding[] => {
  const { names, services: serviceOfSpan, parents } = spans;
  const services = new Map<string, { readonly number: number; called: boolean }>();
  const slices = new Slices(phases);
  for (let index = 0; index < spans.length; index++) {
    const service = serviceOfSpan[index] ?? 0;
    const name = names[service] ?? '';
    if (name === '') continue;
    const at = startMs[index] ?? 0;
    slices.cover(at);
    const parent = parents[index] ?? -1;
    if (parent >= 0 && serviceOfSpan[parent] === service) continue;
    let known = services.get(name);
    if (known === undefined) {
      known = { number: services.size, called: false };
      services.set(name, known);
    }
    if (parent >= 0) known.called = true;
    slices.add(known.number, at);
  }
  const contrasts = new Map(slices.contrasts().map((contrast) => [contrast.key, contrast]));
  return [...services]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([service, { number, called }]) => {
      const found = contrasts.get(number);
      return found === undefined || !isTelling(found) ? [] : [toFinding(service, called, found, phases)];
    });
};

const isTelling = ({ kind, contrast, hasBaseline }: SliceContrast): boolean =>
  hasBaseline && strengthOf(contrast) >= MIN_STRENGTH && (kind === 'burst' ? contrast.surprise > 0 : contrast.surprise < 0);

const toFinding = (service: string, called: boolean, { contrast, count, normalCount }: SliceContrast, phases: Phases): Finding => {
  const rose = contrast.surprise > 0;
  return traceFinding({
    id: `trace:traffic:${service}`,
    service,
    pod: null,
    faults: rose ? FLOOD : SILENCE,
    role: rose && !called ? 'cause' : 'symptom',
    strength: strengthOf(contrast),
    onset: slotStart(phases, contrast.onsetSlot),
    indicator: 'calls per time',
    summary: `${service} ${rose ? 'is called far more often' : 'is hardly called any more'}: ${count} calls, ${rose ? 'above twice the normal most' : 'some'} in ${contrast.hits} of ${contrast.total} time slices (normally ${normalCount} calls, in ${contrast.normalHits} of ${contrast.normalTotal}).`,
    observed: count,
    expected: normalCount,
  });
};
