/** The documentation as data: pages, their links, and their shell blocks with the output shown below each. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** Paths of every page from the root of the repository. */
export const PAGES: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file))
    .sort(),
];

/** Pages whose shell blocks are run. */
export const RUN_PAGES = ['README.md', 'docs/README.ko.md', 'docs/get-started.md', 'docs/logs.md', 'docs/capsule.md', 'docs/errors.md'] as const;

export const readPage = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

const FENCE = /^```(\w*)[^\n]*\n([\s\S]*?)^```$/gm;

/** A page without its code: a link in a code block is no link. */
const prose = (text: string): string => text.replace(FENCE, '').replace(/`[^`\n]*`/g, '');

export interface Link {
  readonly target: string;
  /** Path from the root of the repository; the page itself where the link is only an anchor. */
  readonly file: string;
  readonly anchor: string | null;
}

/** Links of a page that stay inside the repository. */
export const relativeLinks = (page: string): readonly Link[] =>
  [...prose(readPage(page)).matchAll(/\]\(([^()\s]+)\)/g)]
    .map((match) => match[1] ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor = null] = target.split('#');
      return { target, file: path === '' ? page : relative(ROOT, resolve(ROOT, page, '..', path)), anchor };
    });

/** Anchors as GitHub makes them from headings. */
export const anchorsOf = (page: string): ReadonlySet<string> => {
  const headings = [...readPage(page).replace(FENCE, '').matchAll(/^#{1,6} (.+)$/gm)].map((match) => match[1] ?? '');
  return new Set(headings.map((heading) => heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-')));
};

export interface OutputBlock {
  /** As shown on the page. */
  readonly text: string;
  /** First line shown, and the first not shown any more; null: from the first, to the last. */
  readonly from: RegExp | null;
  readonly until: RegExp | null;
  /** Place of `text` on the page. */
  readonly start: number;
  readonly end: number;
}

export interface ShellBlock {
  readonly script: string;
  /** Why it is not run; null: it is. */
  readonly notRun: string | null;
  readonly outputs: readonly OutputBlock[];
}

const SHELL = /(?:<!-- not run: (.+?) -->\n)?^```sh\n([\s\S]*?)^```$/gm;
/** `<!-- output -->` or `<!-- output /first/ -->` or `<!-- output /first/ /first that is left out/ -->`. */
const OUTPUT = /<!-- output(?: \/(.+?)\/)?(?: \/(.+?)\/)? -->\n```text\n([\s\S]*?)^```$/gm;

const pattern = (source: string | undefined): RegExp | null => (source === undefined ? null : new RegExp(source));

/** The page's shell blocks in order, each with the output blocks up to the next one. */
export const shellBlocks = (text: string): readonly ShellBlock[] => {
  const outputs = [...text.matchAll(OUTPUT)].map((match) => {
    const shown = match[3] ?? '';
    const start = match.index + match[0].length - 3 - shown.length;
    return { text: shown, from: pattern(match[1]), until: pattern(match[2]), start, end: start + shown.length };
  });
  const shells = [...text.matchAll(SHELL)];
  return shells.map((match, index) => {
    const until = shells[index + 1]?.index ?? text.length;
    return { script: match[2] ?? '', notRun: match[1] ?? null, outputs: outputs.filter(({ start }) => start > match.index && start < until) };
  });
};
