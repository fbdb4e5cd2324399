/** What each stage of a diagnosis costs, in one process and one thread; run by `bench/capsule-scale.ts` in a process of its own. */
import { readCapsule } from '../../src/capsule/read.ts';
import { signalsBesideLogs, withLogs } from '../../src/diagnosis/analyze-capsule.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { analyzeMetrics } from '../../src/signals/metrics/analyze-metrics.ts';
import { readLogs } from '../../src/signals/logs/capsule/log-reader.ts';
import { traceFindings } from '../../src/signals/traces/trace-findings.ts';

const stages: { readonly stage: string; readonly cpuSeconds: number }[] = [];
let before = process.cpuUsage();
const done = (stage: string): void => {
  const { user, system } = process.cpuUsage(before);
  stages.push({ stage, cpuSeconds: (user + system) / 1e6 });
  before = process.cpuUsage();
};

const capsule = await readCapsule(process.argv[2] ?? '', {});
done('read spans and metrics');
traceFindings(capsule);
done('traces');
analyzeMetrics(capsule);
done('metrics');
const beside = signalsBesideLogs(capsule);
before = process.cpuUsage();
const reader = readLogs(capsule);
done('read logs');
const signals = withLogs(beside, reader);
done('logs');
diagnose(capsule, signals, 'en');
done('diagnosis');
console.log(JSON.stringify(stages));
