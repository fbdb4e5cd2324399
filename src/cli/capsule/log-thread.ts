/** Entry of the thread that reads log files of a capsule. */
import { parentPort, workerData } from 'node:worker_threads';
import { peekLogs } from '../../capsule/read.ts';
import { LogReader } from '../../signals/logs/capsule/log-reader.ts';
import { readShare, type ShareRequest } from './log-share.ts';

const request = workerData as ShareRequest;
const reader = new LogReader(request);
readShare(request, peekLogs(request.path)?.logs ?? [], reader);
const reading = reader.reading();
// Columns change hands without being copied.
const { times, rows, places, runKeys, traceMarks } = reading.records.columns;
parentPort?.postMessage(reading, [times, rows, places, runKeys, traceMarks].flat().map(({ buffer }) => buffer as ArrayBuffer));
