/**
 * Where a thread of this program begins. As source the entry lies beside the module that starts it; in the compiled program beside the main one,
 * above the module's chunk.
 */
export const threadEntry = (startedBy: string, name: string): URL => new URL(startedBy.endsWith('.ts') ? `./${name}.ts` : `../${name}.cjs`, startedBy);
