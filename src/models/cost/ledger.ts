/** What was spent, call by call: one line of JSON each, one file a UTC day, appended, so that processes can share it. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { toRfc3339, type EpochMs } from '../../domain/time.ts';
import type { ModelTask } from '../../ports/language-model.ts';
import { isObject, parseObject } from '../../shared/json-fields.ts';

export interface Spending {
  readonly at: EpochMs;
  readonly task: ModelTask;
  readonly incident: string;
  readonly provider: string;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number;
}

export interface Ledger {
  add(spending: Spending): void;
  /** US dollars of the UTC day of `at`, of all incidents or one. */
  spentUsd(at: EpochMs, incident?: string): number;
  /** Entries of the UTC day of `at`. */
  entries(at: EpochMs): readonly Spending[];
}

const dayOf = (at: EpochMs): string => toRfc3339(at).slice(0, 10);

interface Day {
  readonly entries: Spending[];
  totalUsd: number;
  readonly byIncident: Map<string, number>;
}

const newDay = (): Day => ({ entries: [], totalUsd: 0, byIncident: new Map() });

const count = (day: Day, spending: Spending): void => {
  day.entries.push(spending);
  day.totalUsd += spending.costUsd;
  day.byIncident.set(spending.incident, (day.byIncident.get(spending.incident) ?? 0) + spending.costUsd);
};

export const memoryLedger = (): Ledger => {
  const days = new Map<string, Day>();
  const dayAt = (at: EpochMs): Day => {
    const known = days.get(dayOf(at));
    if (known !== undefined) return known;
    // Yesterday is history: only today counts against a budget.
    days.clear();
    const day = newDay();
    days.set(dayOf(at), day);
    return day;
  };
  return {
    add: (spending) => count(dayAt(spending.at), spending),
    spentUsd: (at, incident) => (incident === undefined ? dayAt(at).totalUsd : (dayAt(at).byIncident.get(incident) ?? 0)),
    entries: (at) => dayAt(at).entries,
  };
};

const isSpending = (value: unknown): value is Spending =>
  isObject(value) && typeof value['costUsd'] === 'number' && Number.isFinite(value['costUsd']) && typeof value['incident'] === 'string' && typeof value['at'] === 'number';

interface ReadDay {
  readonly day: Day;
  readonly sizeBytes: number;
}

/** Reads a day's file again only when another process has written to it. */
export const fileLedger = (folder: string): Ledger => {
  const spend = join(folder, 'spend');
  mkdirSync(spend, { recursive: true });
  let name = '';
  let read: ReadDay = { day: newDay(), sizeBytes: -1 };
  const pathOf = (day: string): string => join(spend, `${day}.ndjson`);
  const current = (at: EpochMs): Day => {
    const today = dayOf(at);
    const path = pathOf(today);
    const sizeBytes = existsSync(path) ? statSync(path).size : 0;
    if (name === today && read.sizeBytes === sizeBytes) return read.day;
    const day = newDay();
    if (sizeBytes > 0) {
      for (const line of readFileSync(path, 'utf8').split('\n')) {
        const entry: unknown = parseObject(line);
        if (isSpending(entry)) count(day, entry);
      }
    }
    name = today;
    read = { day, sizeBytes };
    return day;
  };
  return {
    add: (spending) => {
      const day = current(spending.at);
      const line = `${JSON.stringify(spending)}\n`;
      appendFileSync(pathOf(dayOf(spending.at)), line);
      const sizeBytes = statSync(pathOf(dayOf(spending.at))).size;
      // Anything more than our own line is another process's: the next question reads the file again.
      if (sizeBytes !== read.sizeBytes + Buffer.byteLength(line)) {
        name = '';
        return;
      }
      count(day, spending);
      read = { day, sizeBytes };
    },
    spentUsd: (at, incident) => (incident === undefined ? current(at).totalUsd : (current(at).byIncident.get(incident) ?? 0)),
    entries: (at) => current(at).entries,
  };
};
