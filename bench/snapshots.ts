/**
 * What the diagnosis needs of a capsule, clean or damaged, without the bulk: findings of logs, traces, cluster state and releases, the metrics, and who
 * called whom. Written once and read many times, because ranking is tried far more often than signals are read.
 * Whoever changes an engine of logs, traces or cluster state deletes the folder.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Capsule } from '../src/domain/capsule.ts';
import type { Spans } from '../src/domain/spans.ts';
import { cleaned, signalsOf } from '../src/diagnosis/analyze-capsule.ts';
import type { Signals } from '../src/diagnosis/diagnose.ts';
import { fingerprint } from '../src/shared/hash.ts';
import { DAMAGES } from './damage/damages.ts';
import { labelledCapsules, loadCapsule, type LabelledCapsule } from './labelled-capsules.ts';

export interface Snapshot {
  readonly set: string;
  readonly id: string;
  /** Name in `DAMAGES`, or `none`. */
  readonly damage: string;
  readonly label: LabelledCapsule['label'];
  readonly capsule: Capsule;
  readonly findings: Signals['findings'];
  readonly gaps: readonly string[];
  readonly seen: Signals['seen'];
}

export const CLEAN = 'none';
const NOTHING = { floats: new Float64Array(0), bytes: new Uint8Array(0), ints: new Int32Array(0) };

/** Who called whom, and when. */
const lightSpans = (spans: Spans): Spans => ({ ...spans, operations: NOTHING.ints, pods: NOTHING.ints, durationMs: NOTHING.floats, failed: NOTHING.bytes, traceKeys: NOTHING.floats, spanKeys: NOTHING.floats });

const snapshotOf = (one: LabelledCapsule, damage: string, capsule: Capsule): Snapshot => {
  const signals = signalsOf(capsule);
  const logs = capsule.logs.map(({ file, kind, sizeBytes }) => ({ file, kind, sizeBytes }));
  return { set: one.set, id: one.id, damage, label: one.label, capsule: { ...capsule, spans: lightSpans(capsule.spans), logs: logs as unknown as Capsule['logs'] }, findings: signals.findings, gaps: signals.gaps, seen: signals.seen };
};

const revived = (snapshot: Snapshot): Snapshot => ({ ...snapshot, capsule: { ...snapshot.capsule, logs: snapshot.capsule.logs.map((file) => ({ ...file, chunks: () => [] })) } });

const namesOf = ({ label }: LabelledCapsule): readonly string[] => label.components.map(({ name }) => name);

/** So many cases of a set, evenly spread, are damaged; the others are looked at as they are. */
const MAX_DAMAGED = 15;

/** Every case of the capsules at `root` with the damages it gets, the undamaged one first. */
export const plannedCases = (root: string, damages: readonly string[]): readonly { readonly one: LabelledCapsule; readonly damages: readonly string[] }[] => {
  const cases = labelledCapsules(root);
  return [...new Set(cases.map(({ set }) => set))].flatMap((set) => {
    const own = cases.filter((one) => one.set === set);
    const step = Math.ceil(own.length / MAX_DAMAGED);
    return own.map((one, index) => ({ one, damages: index % step === 0 ? [CLEAN, ...damages] : [CLEAN] }));
  });
};

/** Snapshots of one case under each damage that changes it. `folder`: where they are kept; null: nowhere. */
export const snapshotsOf = async (one: LabelledCapsule, damages: readonly string[], folder: string | null): Promise<readonly Snapshot[]> => {
  const fileOf = (damage: string): string => join(folder ?? '', `${one.set}-${one.id}-${fingerprint(damage)}.bin`);
  const found: Snapshot[] = [];
  let capsule: Capsule | null = null;
  for (const damage of damages) {
    if (folder !== null && existsSync(fileOf(damage))) {
      const kept = deserialize(readFileSync(fileOf(damage))) as Snapshot | null;
      if (kept !== null) found.push(revived(kept));
      continue;
    }
    capsule ??= await loadCapsule(one);
    const damaged = damage === CLEAN ? capsule : (DAMAGES[damage]?.(capsule, namesOf(one)) ?? capsule);
    const snapshot = damage !== CLEAN && damaged === capsule ? null : snapshotOf(one, damage, cleaned(damaged));
    if (folder !== null) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(fileOf(damage), serialize(snapshot));
    }
    if (snapshot !== null) found.push(revived(snapshot));
  }
  return found;
};
