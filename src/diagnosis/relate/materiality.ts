/** Whether an excess is worth mentioning to those who wait for it. */
import type { CallGraph } from './call-graph.ts';
import type { Health } from './health.ts';

/** An excess of less than this share of what its callers usually take does not hurt them. */
const MATERIAL_SHARE = 0.2;
const IMMATERIAL = 0.25;

/** 0.25 to 1: `excessMs` more a call, in shares of what the quickest of its callers usually takes. */
export const materiality = (health: Health, excessMs: number, graph: CallGraph, all: ReadonlyMap<string, Health>): number => {
  let least: number | null = null;
  for (const name of graph.callers.get(health.name) ?? []) {
    const usual = all.get(name)?.usualLatencyMs ?? null;
    if (usual !== null && usual > 0) least = Math.min(least ?? usual, usual);
  }
  return least === null ? 1 : Math.max(IMMATERIAL, Math.min(1, excessMs / least / MATERIAL_SHARE));
};
