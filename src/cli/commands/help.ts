/** `faultline help [COMMAND]`. */
import type { Command } from '../command.ts';
import { EXIT_OK } from '../exit-codes.ts';
import { usageError } from '../arguments/parse.ts';
import { suggest } from '../arguments/suggest.ts';
import { commandHelp, overviewHelp } from '../help/format-help.ts';
import { wordsFor } from '../words/words.ts';

export const help: Command = {
  spec: {
    name: 'help',
    operands: '[COMMAND]',
    summary: { en: 'Show help for Faultline or one command', ko: 'Faultline 또는 한 명령의 도움말을 표시합니다' },
    description: [],
    options: [],
    examples: [{ command: 'faultline help analyze', summary: { en: 'Options and examples of one command', ko: '한 명령의 옵션과 예시' } }],
  },
  run: async ({ operands }, { stdout, language, commands }) => {
    const words = wordsFor(language);
    const specs = await commands.loadSpecs();
    const [name] = operands;
    if (name === undefined) {
      stdout.write(overviewHelp(specs, language));
      return EXIT_OK;
    }
    const spec = specs.find((candidate) => candidate.name === name);
    if (spec === undefined) {
      const near = suggest(name, commands.names);
      throw usageError(words.unknownCommand(name), near === null ? words.seeHelp('help') : words.didYouMean(`"faultline help ${near}"`));
    }
    stdout.write(commandHelp(spec, language));
    return EXIT_OK;
  },
};
