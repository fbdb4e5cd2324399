/** Entry of the thread that reads half of a file. */
import { parentPort, workerData } from 'node:worker_threads';
import { createLogEngine } from '../../signals/logs/engine.ts';
import { createMasker } from '../../signals/logs/mask/masker.ts';
import { fileRange, type HalfRequest } from './half-reader.ts';

const request = workerData as HalfRequest;
const engine = createLogEngine({ ...request.filter, referenceMs: request.referenceMs, masker: createMasker() });
const sink = engine.open(request.name, { baseline: request.baseline, referenceMs: request.referenceMs });
for (const chunk of fileRange(request.path, request.start, request.end)) sink.write(chunk);
sink.end();
parentPort?.postMessage(engine.state());
