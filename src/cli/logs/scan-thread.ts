/** Entry of the thread that reads, decodes and scans files ahead of the one that understands them. */
import { workerData } from 'node:worker_threads';
import { BlockScanner } from '../../signals/logs/block-scanner.ts';
import { JSON_KEYS } from '../../signals/logs/json-keys.ts';
import { LineScanner } from '../../signals/logs/line-scanner.ts';
import { readInput } from '../input/read-input.ts';
import { wordsFor } from '../words/words.ts';
import type { ScanRequest } from './scan-ahead.ts';
import { RingWriter } from './scan-ring.ts';

const { files, shared, control, language } = workerData as ScanRequest;
const scanner = new LineScanner(JSON_KEYS, shared);
const ring = new RingWriter(control, scanner);
const words = wordsFor(language);
const scanAll = async (): Promise<void> => {
  for (const file of files) {
    const blocks = new BlockScanner(scanner, ring);
    const reading = await readInput(file, {
      stdin: process.stdin,
      words,
      onText: (bytes) => blocks.write(bytes),
      onProgress: (bytes) => ring.stored(bytes),
    });
    blocks.end();
    ring.endFile(reading);
  }
};
void scanAll();
