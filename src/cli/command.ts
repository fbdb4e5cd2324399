/** What a command declares. Parsing, `--help`, shell completion and docs/reference/cli.md are all made from this. */
import type { Environment } from '../config/environment.ts';
import type { Language, Localized } from '../domain/language.ts';

export interface OptionSpec {
  /** Long name without dashes: `since`. */
  readonly name: string;
  /** One letter without dash. */
  readonly short?: string;
  readonly type: 'flag' | 'value';
  /** Shown for the value: `TIME`. */
  readonly placeholder?: string;
  /** The only values allowed, where they are known. */
  readonly values?: readonly string[];
  /** The value names a file: completion offers files. */
  readonly file?: boolean;
  readonly multiple?: boolean;
  readonly summary: Localized;
}

export interface Example {
  readonly command: string;
  readonly summary: Localized;
}

export interface CommandSpec {
  readonly name: string;
  /** Positional arguments as shown in usage: `[PATH…]`. Empty: the command takes none. */
  readonly operands: string;
  readonly summary: Localized;
  /** Paragraphs for `--help` and the reference page. */
  readonly description: readonly Localized[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly Example[];
  /** Words offered for the first operand by completion; absent: files. */
  readonly operandValues?: readonly string[];
}

/** Values of one invocation: the last one given for plain options, all of them for `multiple` ones. */
export interface ParsedArguments {
  readonly operands: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** The last value of an option, or null. */
export const valueOf = (parsed: ParsedArguments, name: string): string | null => parsed.values.get(name)?.at(-1) ?? null;

/** Everything a command may touch of the world around it. */
export interface CommandContext {
  readonly environment: Environment;
  readonly language: Language;
  readonly quiet: boolean;
  readonly color: 'auto' | 'always' | 'never';
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly nowMs: () => number;
  /** All commands, for help, completion and the reference page. */
  readonly commands: CommandCatalogue;
}

export interface CommandCatalogue {
  readonly names: readonly string[];
  loadSpecs(): Promise<readonly CommandSpec[]>;
}

/** Returns the exit code. */
export interface Command {
  readonly spec: CommandSpec;
  run(parsed: ParsedArguments, context: CommandContext): Promise<number>;
}
