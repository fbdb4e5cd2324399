/** One invocation of `faultline`: find the command, parse its arguments, run it, turn any failure into words and an exit code. */
import { existsSync } from 'node:fs';
import { type Environment } from '../config/environment.ts';
import { LANGUAGES, type Language } from '../domain/language.ts';
import { AppError, messageOf } from '../shared/errors.ts';
import { nowMs } from '../shared/clock.ts';
import type { CommandContext, ParsedArguments } from './command.ts';
import { valueOf } from './command.ts';
import { parseArguments } from './arguments/parse.ts';
import { suggest } from './arguments/suggest.ts';
import { EXIT_DEFECT, EXIT_OK, EXIT_UNREADABLE, EXIT_USAGE } from './exit-codes.ts';
import { catalogue, loadCommand } from './registry.ts';
import { type CliWords, wordsFor } from './words/words.ts';

export interface Invocation {
  /** Without interpreter and script. */
  readonly args: readonly string[];
  readonly environment: Environment;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

const isLanguage = (text: string | null): text is Language => LANGUAGES.some((language) => language === text);

/** `--lang` counts even for messages about the other arguments, so it is looked for before they are parsed. */
const languageOf = (args: readonly string[], environment: Environment): Language => {
  const at = args.lastIndexOf('--lang');
  const given = at >= 0 ? (args[at + 1] ?? null) : (args.findLast((arg) => arg.startsWith('--lang='))?.slice('--lang='.length) ?? null);
  return isLanguage(given) ? given : environment.language;
};

const colorOf = (parsed: ParsedArguments): CommandContext['color'] => {
  const given = valueOf(parsed, 'color');
  return given === 'always' || given === 'never' ? given : 'auto';
};

/** What was asked for, on the command line or in a file that it names, cannot be understood. */
const NOT_UNDERSTOOD: ReadonlySet<string> = new Set(['usage', 'config_invalid', 'prompt_invalid']);

const exitCodeOf = (error: unknown): number => {
  if (!(error instanceof AppError)) return EXIT_DEFECT;
  if (NOT_UNDERSTOOD.has(error.code)) return EXIT_USAGE;
  if (error.code === 'capsule_invalid') return EXIT_UNREADABLE;
  return error.code.startsWith('input_') || error.code.startsWith('output_') ? EXIT_UNREADABLE : EXIT_DEFECT;
};

const describeError = (error: unknown, words: CliWords, debug: boolean): string => {
  const known = error instanceof AppError;
  const message = known ? error.message : words.defect(messageOf(error));
  const hint = known ? error.hint : words.defectHint;
  const stack = debug && error instanceof Error && error.stack !== undefined ? `\n${error.stack}` : '';
  return `faultline: ${message}${hint === null ? '' : `\n  ${hint}`}${stack}\n`;
};

const unknownCommand = (name: string, words: CliWords): AppError => {
  const near = suggest(name, catalogue.names);
  const isPath = near === null && existsSync(name);
  const hint = isPath ? words.didYouMean(`"faultline analyze ${name}"`) : near === null ? '' : words.didYouMean(`"faultline ${near}"`);
  return new AppError({ code: 'usage', message: words.unknownCommand(name), hint: `${hint} ${words.seeHelp('help')}`.trim() });
};

const dispatch = async (invocation: Invocation, language: Language): Promise<number> => {
  const words = wordsFor(language);
  const [first, ...rest] = invocation.args;
  if (first === '--version' || first === '-V' || first === '-v') {
    const { version } = await import('./version.ts');
    invocation.stdout.write(`faultline ${version()}\n`);
    return EXIT_OK;
  }
  const asksHelp = first === undefined || first === '--help' || first === '-h' || first.startsWith('--lang') || first.startsWith('--color');
  const command = await loadCommand(asksHelp ? 'help' : first);
  if (command === null) throw unknownCommand(first ?? '', words);
  const parsed = parseArguments(asksHelp ? invocation.args.filter((arg) => arg !== '--help' && arg !== '-h') : rest, command.spec, words);
  const context: CommandContext = { ...invocation, language, quiet: parsed.flags.has('quiet'), color: colorOf(parsed), nowMs, commands: catalogue };
  if (!parsed.flags.has('help')) return command.run(parsed, context);
  const { commandHelp } = await import('./help/format-help.ts');
  invocation.stdout.write(commandHelp(command.spec, language));
  return EXIT_OK;
};

/** Returns the exit code; never throws. */
export const runCli = async (invocation: Invocation): Promise<number> => {
  const language = languageOf(invocation.args, invocation.environment);
  try {
    return await dispatch(invocation, language);
  } catch (error) {
    // A reader that went away (`| head`) is no failure of ours.
    if (error instanceof AppError && error.code === 'output_closed') return EXIT_OK;
    invocation.stderr.write(describeError(error, wordsFor(language), invocation.environment.debug));
    return exitCodeOf(error);
  }
};
