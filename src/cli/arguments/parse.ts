/** Arguments ► values, by a command's declaration. Built on node:util's tokens; all messages are ours. */
import { parseArgs } from 'node:util';
import { AppError } from '../../shared/errors.ts';
import type { CommandSpec, OptionSpec, ParsedArguments } from '../command.ts';
import type { CliWords } from '../words/words.ts';
import { GLOBAL_OPTIONS } from './global-options.ts';
import { suggest } from './suggest.ts';

type OptionToken = Extract<NonNullable<ReturnType<typeof parseArgs>['tokens']>[number], { kind: 'option' }>;

export const optionsOf = (spec: CommandSpec): readonly OptionSpec[] => [...spec.options, ...GLOBAL_OPTIONS];

/** The command line cannot be understood: exit code 2. */
export const usageError = (message: string, hint: string): AppError => new AppError({ code: 'usage', message, hint });

const unknownOption = (token: OptionToken, spec: CommandSpec, words: CliWords): AppError => {
  const known = optionsOf(spec).map((option) => option.name);
  const near = token.rawName.startsWith('--') ? suggest(token.name, known) : null;
  const hint = near === null ? words.seeHelp(spec.name) : `${words.didYouMean(`--${near}`)} ${words.seeHelp(spec.name)}`;
  return usageError(words.unknownOption(token.rawName, spec.name), hint);
};

const checkedValue = (token: OptionToken, option: OptionSpec, spec: CommandSpec, words: CliWords): string => {
  const value = token.value;
  // `--since -3h` is a value, `--since --until` is a forgotten one.
  if (value === undefined || (!token.inlineValue && value.startsWith('--')))
    throw usageError(words.needsValue(token.rawName, option.placeholder ?? 'VALUE'), words.seeHelp(spec.name));
  if (option.values !== undefined && !option.values.includes(value)) {
    const near = suggest(value, option.values);
    const hint = words.allowedValues(option.values);
    throw usageError(words.badValue(token.rawName, value), near === null ? hint : `${words.didYouMean(near)} ${hint}`);
  }
  return value;
};

const tokensOf = (args: readonly string[], options: readonly OptionSpec[]) =>
  parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      options.map((option) => [
        option.name,
        {
          type: option.type === 'flag' ? ('boolean' as const) : ('string' as const),
          ...(option.short === undefined ? {} : { short: option.short }),
        },
      ]),
    ),
  }).tokens;

/** Throws a `usage` AppError naming what is wrong and what would be right. */
export const parseArguments = (args: readonly string[], spec: CommandSpec, words: CliWords): ParsedArguments => {
  const options = optionsOf(spec);
  const byName = new Map(options.map((option) => [option.name, option]));
  const operands: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  for (const token of tokensOf(args, options)) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = byName.get(token.name);
    if (option === undefined) throw unknownOption(token, spec, words);
    if (option.type === 'flag') {
      if (token.value !== undefined) throw usageError(words.takesNoValue(token.rawName), words.seeHelp(spec.name));
      flags.add(option.name);
    } else {
      const value = checkedValue(token, option, spec, words);
      if (option.multiple === true) values.set(option.name, [...(values.get(option.name) ?? []), value]);
      else values.set(option.name, [value]);
    }
  }
  const [first] = operands;
  if (spec.operands === '' && first !== undefined && !flags.has('help'))
    throw usageError(words.unexpectedOperand(first, spec.name), words.seeHelp(spec.name));
  return { operands, flags, values };
};
