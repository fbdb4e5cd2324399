/** Labelled capsules on disk: one folder a set, one folder a capsule, `labels.json` beside them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Capsule } from '../src/domain/capsule.ts';
import type { Component, Fault } from '../src/domain/report.ts';
import { readCapsule } from '../src/capsule/read.ts';

export interface Label {
  readonly verdict: 'root_cause' | 'no_incident';
  readonly components: readonly { readonly kind: string; readonly name: string }[];
  readonly fault: Fault | null;
  readonly fault_also?: readonly Fault[];
  readonly change_id?: string | null;
  readonly score_change?: boolean;
}

export interface LabelledCapsule {
  readonly set: string;
  readonly id: string;
  readonly label: Label;
  readonly path: string;
}

/** `root` is one set or a folder of sets. */
export const labelledCapsules = (root: string): readonly LabelledCapsule[] => {
  const folders = existsSync(join(root, 'labels.json')) ? [root] : readdirSync(root).sort().map((name) => join(root, name));
  return folders.flatMap((folder) => {
    const file = join(folder, 'labels.json');
    if (!existsSync(file)) return [];
    const labels = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Label>>;
    return Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, label]) => ({ set: basename(folder), id, label, path: join(folder, id) }));
  });
};

export const loadCapsule = (one: LabelledCapsule): Promise<Capsule> => readCapsule(one.path, {});

const withoutReplica = (name: string): string => name.toLowerCase().replace(/-[a-z0-9]{5,10}-[a-z0-9]{5}$/, '');

/** Does a hypothesis name a component that the label accepts? A pod counts as its service. */
export const isRight = (component: Component, label: Label): boolean =>
  label.components.some(({ name }) => {
    const want = name.toLowerCase();
    return component.name.toLowerCase() === want || withoutReplica(component.name) === want || (component.pod !== null && withoutReplica(component.pod) === want);
  });
