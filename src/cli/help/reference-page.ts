/** docs/reference/cli.md from the commands' declarations. */
import { GLOBAL_OPTIONS } from '../arguments/global-options.ts';
import type { CommandSpec, OptionSpec } from '../command.ts';
import { wordsFor } from '../words/words.ts';
import { optionLabel, optionText } from './format-help.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

const optionTable = (options: readonly OptionSpec[]): string =>
  ['| Option | What it does |', '|---|---|', ...options.map((option) => `| \`${optionLabel(option)}\` | ${cell(optionText(option, 'en', wordsFor('en')))} |`)].join('\n');

const section = (spec: CommandSpec): string =>
  [
    `## faultline ${spec.name}`,
    `\`faultline ${spec.name}${spec.options.length > 0 ? ' [OPTIONS]' : ''}${spec.operands === '' ? '' : ` ${spec.operands}`}\``,
    `${spec.summary.en}.`,
    ...spec.description.map((text) => text.en),
    ...(spec.options.length > 0 ? [optionTable(spec.options)] : []),
    ...(spec.examples.length > 0
      ? [`\`\`\`sh\n${spec.examples.map(({ command, summary }) => `# ${summary.en}\n${command}`).join('\n\n')}\n\`\`\``]
      : []),
  ].join('\n\n');

export const referencePage = (specs: readonly CommandSpec[]): string => {
  const words = wordsFor('en');
  return [
    '# Command line',
    '<!-- Made by scripts/docs-cli.mjs from src/cli/commands/; a test keeps it in step. Do not edit. -->',
    words.tagline,
    '## Options of every command',
    optionTable(GLOBAL_OPTIONS),
    '`faultline --version` prints the version.',
    '## Exit codes',
    words.exitCodeLines.map((line) => `- ${line.replace(/^(\d+)\s+/, '`$1` ')}`).join('\n'),
    '## Environment',
    '| Variable | What it does |\n|---|---|\n| `NO_COLOR` | no colours |\n| `FORCE_COLOR` | colours even when piped |\n| `COLUMNS` | width of the terminal report |\n| `LC_ALL`, `LC_MESSAGES`, `LANG` | Korean texts for `ko*`, else English |\n| `FAULTLINE_LANG` | the same, before the others |\n| `FAULTLINE_DEBUG` | print stack traces of unexpected errors |',
    ...specs.map(section),
  ].join('\n\n') + '\n';
};
