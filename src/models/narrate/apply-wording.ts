/** Grounded wording ► the texts of a report or an incident. Only prose changes: nothing here can touch a rank, a confidence, a command. */
import type { LogIncident, NextAction } from '../../domain/digest.ts';
import type { Report } from '../../domain/report.ts';
import type { GroundedWording } from '../grounding/ground-narration.ts';

const withReasons = (actions: readonly NextAction[], { reasons }: GroundedWording): readonly NextAction[] =>
  actions.map((action, index) => {
    const reason = reasons.get(index);
    return reason === undefined ? action : { ...action, summary: `${action.summary.replace(/\.?$/, '.')} ${reason}` };
  });

export const wordReport = (report: Report, wording: GroundedWording): Report => ({
  ...report,
  summary: wording.summary ?? report.summary,
  hypotheses: report.hypotheses.map((hypothesis) => ({ ...hypothesis, summary: wording.hypotheses.get(hypothesis.rank) ?? hypothesis.summary })),
  impact: { ...report.impact, summary: wording.impact ?? report.impact.summary },
  next_actions: withReasons(report.next_actions, wording),
});

export const wordIncident = (incident: LogIncident, wording: GroundedWording): LogIncident => ({
  ...incident,
  summary: wording.summary ?? incident.summary,
  impact: wording.impact ?? incident.impact,
  hypotheses: incident.hypotheses.map((hypothesis, index) => ({ ...hypothesis, summary: wording.hypotheses.get(index + 1) ?? hypothesis.summary })),
  next_actions: withReasons(incident.next_actions, wording),
});
