/** Every command by name. One file a command, loaded only when asked for: start-up counts. */
import type { Command, CommandCatalogue } from './command.ts';

const LOADERS: Readonly<Record<string, () => Promise<Command>>> = {
  analyze: async () => (await import('./commands/analyze.ts')).analyze,
  patterns: async () => (await import('./commands/patterns.ts')).patterns,
  mask: async () => (await import('./commands/mask.ts')).mask,
  demo: async () => (await import('./commands/demo.ts')).demo,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  eval: async () => (await import('./commands/eval.ts')).evaluate,
  completion: async () => (await import('./commands/completion.ts')).completion,
  help: async () => (await import('./commands/help.ts')).help,
};

/** Null for a name that is no command. */
export const loadCommand = async (name: string): Promise<Command | null> => (Object.hasOwn(LOADERS, name) ? ((await LOADERS[name]?.()) ?? null) : null);

/** In the order of help. */
export const catalogue: CommandCatalogue = {
  names: Object.keys(LOADERS),
  loadSpecs: async () => (await Promise.all(Object.values(LOADERS).map((load) => load()))).map(({ spec }) => spec),
};
