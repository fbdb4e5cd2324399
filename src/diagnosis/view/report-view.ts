/** What a report is drawn from: a pure function of the capsule, its signals and the report; the same input gives the same view. */
import type { Capsule } from '../../domain/capsule.ts';
import type { Language } from '../../domain/language.ts';
import type { Report } from '../../domain/report.ts';
import type { ReportView } from '../../domain/report-view.ts';
import type { Signals } from '../diagnose.ts';
import { wordsOfLanguage } from '../words/words.ts';
import { citedFindings } from './cited-findings.ts';
import { patternRows } from './pattern-rows.ts';
import { seriesCharts } from './series-charts.ts';
import { serviceMap } from './service-map.ts';
import { timelineOf } from './timeline.ts';

export const reportViewOf = (capsule: Capsule, signals: Signals, report: Report, language: Language): ReportView => {
  const words = wordsOfLanguage(language);
  const cited = citedFindings(report, signals, capsule.window.start);
  const patterns = patternRows(report, signals.findings, cited);
  return {
    window: capsule.window,
    detectedAt: capsule.detectedAt,
    titles: report.hypotheses.map(({ rank, component, fault }) => ({ rank, kind: component.kind, component: words.componentName(component), fault: words.fault[fault] })),
    charts: seriesCharts(capsule, signals.metrics, report),
    map: serviceMap(capsule, report),
    timeline: timelineOf(capsule, report, cited),
    patterns: patterns.rows,
    patternsLeft: patterns.left,
    sources: [...cited.values()].flatMap(({ evidence, file }) => (file === null ? [] : [{ evidence: evidence.id, file }])),
  };
};
