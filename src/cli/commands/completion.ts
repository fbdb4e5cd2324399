/** `faultline completion bash|zsh|fish`. */
import { usageError } from '../arguments/parse.ts';
import type { Command } from '../command.ts';
import { EXIT_OK } from '../exit-codes.ts';
import { completionScript, SHELLS } from '../help/completion-scripts.ts';
import { wordsFor } from '../words/words.ts';

export const completion: Command = {
  spec: {
    name: 'completion',
    operands: 'bash|zsh|fish',
    operandValues: SHELLS,
    summary: { en: 'Print a completion script for a shell', ko: '셸 자동 완성 스크립트를 출력합니다' },
    description: [],
    options: [],
    examples: [
      { command: 'source <(faultline completion bash)', summary: { en: 'bash, for this session', ko: 'bash, 현재 세션' } },
      { command: 'faultline completion zsh > "${fpath[1]}/_faultline"', summary: { en: 'zsh, for good', ko: 'zsh, 영구 적용' } },
      { command: 'faultline completion fish > ~/.config/fish/completions/faultline.fish', summary: { en: 'fish, for good', ko: 'fish, 영구 적용' } },
    ],
  },
  run: async ({ operands }, { stdout, language, commands }) => {
    const words = wordsFor(language);
    const shell = SHELLS.find((name) => name === operands[0]);
    if (shell === undefined) throw usageError(words.badValue('completion', operands[0] ?? ''), words.allowedValues(SHELLS));
    stdout.write(completionScript(shell, await commands.loadSpecs()));
    return EXIT_OK;
  },
};
