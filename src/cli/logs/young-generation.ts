/**
 * Memory of large runs. V8 doubles its young generation, up to three times 32 MiB on current versions, whenever much survives a collection; mining keeps what it makes, so the
 * whole of it was resident for nothing: with the space as it begins, large files take as long and up to a third less memory. Source: V8, `flag-definitions.h`, `semi_space_growth_factor`.
 */
import { setFlagsFromString } from 'node:v8';

const GROWTH = { none: 1, usual: 2 } as const;
const setGrowth = (factor: number): void => setFlagsFromString(`--semi-space-growth-factor=${factor}`);

/** Flags are part of what bytecode is checked for, so they are as they were when the program loads more of itself, and when it ends. */
export const withSmallYoungGeneration = async <T>(work: () => Promise<T>): Promise<T> => {
  setGrowth(GROWTH.none);
  try {
    return await work();
  } finally {
    setGrowth(GROWTH.usual);
  }
};
