/** Entry of the thread that reads a half of the input. */
import { parentPort, workerData } from 'node:worker_threads';
import { createLogEngine } from '../../signals/logs/engine.ts';
import { createMasker } from '../../signals/logs/mask/masker.ts';
import { parseMaskRules } from '../../signals/logs/mask/user-rules.ts';
import { readPart, type SecondRequest } from './second-reader.ts';

const request = workerData as SecondRequest;
const masker = createMasker(request.rules === null ? {} : { rules: parseMaskRules(request.rules) });
const engine = createLogEngine({ ...request.filter, referenceMs: request.nowMs, masker });
for (const part of request.parts) readPart(part, engine, request).end();
parentPort?.postMessage(engine.state());
