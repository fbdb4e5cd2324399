/** `--help` texts from the commands' declarations. */
import type { Language, Localized } from '../../domain/language.ts';
import { GLOBAL_OPTIONS } from '../arguments/global-options.ts';
import type { CommandSpec, OptionSpec } from '../command.ts';
import { type CliWords, wordsFor } from '../words/words.ts';

const WIDTH = 88;

/** Breaks at spaces; later lines are indented. */
const wrap = (text: string, width: number, indent: string): string => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${indent}`);
};

export const optionLabel = (option: OptionSpec): string =>
  `${option.short === undefined ? '' : `-${option.short}, `}--${option.name}${option.type === 'value' ? ` ${option.placeholder ?? 'VALUE'}` : ''}`;

/** What the option does, what it may be, whether it repeats. */
export const optionText = (option: OptionSpec, language: Language, words: CliWords): string =>
  [
    option.summary[language],
    ...(option.values === undefined ? [] : [words.oneOf(option.values)]),
    ...(option.multiple === true ? [words.repeatable] : []),
  ].join('; ');

const optionLines = (options: readonly OptionSpec[], language: Language, words: CliWords): string => {
  const column = 24;
  return options
    .map((option) => {
      const label = optionLabel(option);
      const pad = label.length + 2 <= column ? label.padEnd(column) : `${label}\n${' '.repeat(column + 2)}`;
      return `  ${pad}${wrap(optionText(option, language, words), WIDTH - column - 2, ' '.repeat(column + 2))}`;
    })
    .join('\n');
};

export const commandHelp = (spec: CommandSpec, language: Language): string => {
  const words = wordsFor(language);
  const paragraphs = spec.description.map((text: Localized) => wrap(text[language], WIDTH, ''));
  const examples = spec.examples.map(({ command, summary }) => `  ${summary[language]}\n    ${command}`);
  return [
    `${words.usage}: faultline ${spec.name}${spec.options.length > 0 ? ' [OPTIONS]' : ''}${spec.operands === '' ? '' : ` ${spec.operands}`}`,
    `${spec.summary[language]}.`,
    ...paragraphs,
    ...(spec.options.length > 0 ? [`${words.options}:\n${optionLines(spec.options, language, words)}`] : []),
    `${words.globalOptions}:\n${optionLines(GLOBAL_OPTIONS, language, words)}`,
    ...(examples.length > 0 ? [`${words.examples}:\n${examples.join('\n')}`] : []),
  ].join('\n\n') + '\n';
};

export const overviewHelp = (specs: readonly CommandSpec[], language: Language): string => {
  const words = wordsFor(language);
  const [analyze] = specs;
  const examples = (analyze?.examples ?? []).slice(0, 3).map(({ command, summary }) => `  ${summary[language]}\n    ${command}`);
  return [
    words.tagline,
    `${words.usage}: faultline COMMAND [OPTIONS] [PATH…]`,
    `${words.commands}:\n${specs.map((spec) => `  ${spec.name.padEnd(12)} ${spec.summary[language]}`).join('\n')}`,
    `${words.globalOptions}:\n${optionLines(GLOBAL_OPTIONS, language, words)}`,
    `${words.examples}:\n${examples.join('\n')}`,
    `${words.exitCodes}:\n${words.exitCodeLines.map((line) => `  ${line}`).join('\n')}`,
    words.moreHelp,
  ].join('\n\n') + '\n';
};
