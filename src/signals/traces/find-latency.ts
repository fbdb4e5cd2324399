/** Time that is lost in a service or on the way to it, and who suffers from it. */
import type { Finding } from '../../domain/finding.ts';
import type { Fault } from '../../domain/report.ts';
import type { LatencyBlame } from './latency-blame.ts';
import { blameForLatency } from './latency-blame.ts';
import type { Phases } from './phases.ts';
import { slotStart } from './phases.ts';
import type { DurationShift } from './shift.ts';
import type { ServiceShift, SpanDurations } from './span-durations.ts';
import { traceFinding } from './trace-finding.ts';

/** Normal spreads by which calls into a service must slow down to be told. */
const MIN_SYMPTOM = 3;

export const findLatency = (durations: SpanDurations, phases: Phases): Finding[] => [
  ...blameForLatency(durations).map((blame) => blameFinding(blame, phases)),
  ...durations.entries.filter(({ shift }) => shift.strength >= MIN_SYMPTOM).map((entry) => symptomFinding(entry, phases)),
];

const blameFinding = (blame: LatencyBlame, phases: Phases): Finding => {
  const { clearest, service, pod } = blame;
  const { shift } = clearest;
  const where = 'caller' in clearest ? `between ${clearest.caller} and ${clearest.callee}` : `in ${service}'s own code`;
  return traceFinding({
    id: `trace:latency:${service}`,
    service,
    pod,
    ...('caller' in clearest ? { source: clearest.caller, destination: clearest.callee } : {}),
    faults: faultsOf(blame),
    role: 'cause',
    strength: blame.strength,
    onset: slotStart(phases, shift.onsetSlot),
    indicator: 'caller' in clearest ? `gap ${clearest.caller} > ${clearest.callee}` : `self time ${shift.operation}`,
    summary: `Time is lost ${where}: ${shift.operation} took ${change(shift)}.`,
    observed: round(shift.suspectMs),
    expected: round(shift.normalMs),
  });
};

const symptomFinding = ({ service, pod, shift }: ServiceShift, phases: Phases): Finding =>
  traceFinding({
    id: `trace:slow:${service}`,
    service,
    pod,
    faults: {},
    role: 'symptom',
    strength: Math.log2(1 + shift.strength),
    onset: slotStart(phases, shift.onsetSlot),
    indicator: `duration ${shift.operation}`,
    summary: `Calls into ${service} are slow: ${shift.operation} took ${change(shift)}.`,
    observed: round(shift.suspectMs),
    expected: round(shift.normalMs),
  });

/**
 * A slow network shows on the way in and nowhere else; a service short of CPU loses time in its own code and on the way out, where
 * its client code waits for a turn.
 */
const faultsOf = ({ selfStrength, inboundStrength, outboundStrength, strength }: LatencyBlame): Partial<Record<Fault, number>> => {
  const busy = (selfStrength + outboundStrength) / strength;
  const inbound = inboundStrength / strength;
  return {
    network_delay: round(0.1 + 0.7 * inbound),
    cpu: round(0.2 + 0.5 * busy),
    network_loss: round(0.05 + 0.2 * inbound),
    ...(selfStrength > 0 ? { code: 0.3, memory: 0.2, disk: 0.2, capacity: 0.3 } : { capacity: 0.2 }),
  };
};

const round = (value: number): number => Math.round(value * 100) / 100;
const change = ({ suspectMs, normalMs, normalCount, suspectCount }: DurationShift): string =>
  `${round(suspectMs)} ms at the median, normally ${round(normalMs)} ms (${suspectCount} calls against ${normalCount})`;
