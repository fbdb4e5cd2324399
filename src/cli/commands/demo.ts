/** `faultline demo`: the shipped example incident, analysed. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Command } from '../command.ts';
import { writeOut } from '../output.ts';
import { packageRoot } from '../package-root.ts';
import { wordsFor } from '../words/words.ts';
import { analyzeWith } from './analyze.ts';

/** Relative where that is shorter: the report names the folder often. */
const shortest = (path: string): string => {
  const near = relative('.', path);
  return near.startsWith('..') ? path : near;
};

export const demo: Command = {
  spec: {
    name: 'demo',
    operands: '',
    summary: { en: 'Analyse the example incident that comes with Faultline', ko: '함께 제공되는 예제 장애를 분석합니다' },
    description: [],
    options: [],
    examples: [{ command: 'faultline demo', summary: { en: 'See what a report looks like', ko: '보고서 미리 보기' } }],
  },
  run: async (_parsed, context) => {
    const words = wordsFor(context.language);
    const folder = join(packageRoot(), 'examples', 'order-outage');
    if (!existsSync(folder)) throw new AppError({ code: 'input_unreadable', message: words.demoMissing });
    if (!context.quiet) await writeOut(`${words.demoIntro}\n\n`, context.stdout);
    const code = await analyzeWith([shortest(folder)], context);
    if (!context.quiet) await writeOut(`\n${words.demoNext.map((line) => `  ${line}`).join('\n')}\n`, context.stdout);
    return code;
  },
};
