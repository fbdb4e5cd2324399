// Takes a picture of Faultline in a real terminal: runs it inside tmux, reads the screen back with its colours and
// writes docs/images/analyze.svg. Text stays text; light or dark follows the reader. Needs tmux.
//   node scripts/picture.mjs
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const COLUMNS = 104;
const SHOWN = 'faultline analyze examples/order-outage';
const RUN = 'node bin/faultline.mjs analyze examples/order-outage --color always --lang en';
/** The picture ends before this line: two of the next steps are enough, and the patterns are a page of their own. */
const END = /^ +3\. /;
const DEADLINE_MS = 30_000;
const ESC = String.fromCharCode(27);
const SGR = new RegExp(`(${ESC}\\[[0-9;]*m)`, 'g');

// ---- the terminal

const tmux = (...args) => execFileSync('tmux', ['-L', `faultline-picture-${process.pid}`, '-f', '/dev/null', ...args], { encoding: 'utf8', cwd: root });

/** The screen after the program has ended, one string a row, colours as SGR sequences. */
const screen = async () => {
  tmux('new-session', '-d', '-x', String(COLUMNS), '-y', '300', `cd '${root}' && unset NO_COLOR && ${RUN}; printf 'THE END'; sleep 60`);
  try {
    const deadline = Date.now() + DEADLINE_MS;
    while (!tmux('capture-pane', '-p').includes('THE END')) {
      if (Date.now() > deadline) throw new Error('the program did not end in time');
      await wait(200);
    }
    return tmux('capture-pane', '-e', '-p').split('\n');
  } finally {
    tmux('kill-server');
  }
};

// ---- SGR (ECMA-48) to styled runs

const FOREGROUND = { 31: 'red', 32: 'green', 33: 'yellow', 34: 'blue', 35: 'magenta', 36: 'cyan', 30: 'ink', 97: 'paper' };
const BACKGROUND = { 41: 'red', 43: 'yellow', 44: 'blue', 47: 'gray' };

const applyCode = (style, code) => {
  if (code === 0) return {};
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 39) return { ...style, color: undefined };
  if (code === 49) return { ...style, background: undefined };
  if (FOREGROUND[code] !== undefined) return { ...style, color: FOREGROUND[code] };
  if (BACKGROUND[code] !== undefined) return { ...style, background: BACKGROUND[code] };
  return style;
};

/** tmux writes a style once, where it begins, also over the ends of rows. */
let style = {};

/** One row to `{ text, column, style }`. Every character of the report is one column wide. */
const runsOf = (row) => {
  const runs = [];
  let column = 0;
  for (const part of row.split(SGR)) {
    if (part.startsWith(ESC)) {
      for (const code of part.slice(2, -1).split(';')) style = applyCode(style, Number(code));
    } else if (part !== '') {
      runs.push({ text: part, column, style });
      column += [...part].length;
    }
  }
  return runs;
};

// ---- SVG

const CELL = 8.4;
const ROW = 19;
const PAD = 20;
const BAR = 34;
const BLOCKS = '▁▂▃▄▅▆▇█';
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const round = (value) => String(Math.round(value * 100) / 100);
const classOf = ({ bold, dim, color }) => [bold && 'b', dim && 'd', color && `f-${color}`].filter(Boolean).join(' ');

/** Blocks and rules are drawn, as fonts disagree about them: `{ path, rest }`, the rest being what stays text. */
const drawn = (text, x, top) => {
  let path = '';
  let rest = '';
  let ruleFrom = -1;
  const cells = [...text];
  cells.forEach((cell, index) => {
    const left = x + index * CELL;
    const level = BLOCKS.indexOf(cell) + 1;
    if (cell === '─' && ruleFrom < 0) ruleFrom = left;
    if (cell === '─' && cells[index + 1] !== '─') {
      path += `M${round(ruleFrom)} ${round(top + ROW / 2)}h${round(left + CELL - ruleFrom)}v1h-${round(left + CELL - ruleFrom)}z`;
      ruleFrom = -1;
    }
    if (level > 0) path += `M${round(left)} ${round(top + ROW - 3)}v-${round((level / 8) * (ROW - 4))}h${round(CELL - 1)}v${round((level / 8) * (ROW - 4))}z`;
    if (cell === '│') path += `M${round(left + CELL / 2)} ${round(top)}h1v${ROW}h-1z`;
    rest += level > 0 || cell === '─' || cell === '│' ? ' ' : cell;
  });
  return { path, rest };
};

/** Words with their places: a font of another width then shifts no column. */
const pieces = (text) => [...text.matchAll(/\S+(?: \S+)*/g)].map((match) => ({ text: match[0], at: Array.from(text.slice(0, match.index)).length }));

const rowSvg = (row, index) => {
  const top = BAR + PAD / 2 + index * ROW;
  return runsOf(row)
    .map(({ text, column, style: own }) => {
      const x = PAD + column * CELL;
      const { path, rest } = drawn(text, x, top);
      const name = classOf(own);
      const attribute = name === '' ? '' : ` class="${name}"`;
      const back = own.background === undefined ? '' : `<rect class="f-${own.background}" x="${round(x)}" y="${round(top + 1)}" width="${round([...text].length * CELL)}" height="${ROW - 2}" rx="3"/>`;
      const shapes = path === '' ? '' : `<path${attribute} d="${path}"/>`;
      const words = pieces(rest).map((piece) => {
        const width = round([...piece.text].length * CELL);
        return `<text${attribute} x="${round(x + piece.at * CELL)}" y="${round(top + 14)}" textLength="${width}" lengthAdjust="spacingAndGlyphs">${escape(piece.text)}</text>`;
      });
      return back + shapes + words.join('');
    })
    .join('');
};

const STYLE = `
svg{--paper:#fff;--ink:#1f2328;--edge:#d1d9e0;--red:#cf222e;--green:#1a7f37;--yellow:#9a6700;--blue:#0969da;--magenta:#8250df;--cyan:#1b7c83;--gray:#d1d9e0;--badge:#fff}
@media(prefers-color-scheme:dark){svg{--paper:#0d1117;--ink:#e6edf3;--edge:#30363d;--red:#ff7b72;--green:#3fb950;--yellow:#d29922;--blue:#58a6ff;--magenta:#d2a8ff;--cyan:#39c5cf;--gray:#8b949e;--badge:#0d1117}}
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;fill:var(--ink);white-space:pre}
path{fill:var(--ink)}.b{font-weight:700}.d{opacity:.62}
.f-red{fill:var(--red)}.f-green{fill:var(--green)}.f-yellow{fill:var(--yellow)}.f-blue{fill:var(--blue)}.f-magenta{fill:var(--magenta)}.f-cyan{fill:var(--cyan)}.f-gray{fill:var(--gray)}.f-ink,.f-paper{fill:var(--badge)}
.card{fill:var(--paper);stroke:var(--edge)}.dot{fill:var(--edge)}`.replaceAll('\n', '');

const toSvg = (rows) => {
  const width = Math.round(2 * PAD + COLUMNS * CELL);
  const height = Math.round(BAR + PAD * 1.5 + rows.length * ROW);
  const dots = [20, 38, 56].map((x) => `<circle class="dot" cx="${x}" cy="18" r="5.5"/>`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Terminal: faultline analyze">
<title>faultline analyze on three services' logs: one incident, its chain, impact, causes and next steps</title>
<style>${STYLE}</style>
<rect class="card" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="10"/>${dots}
${rows.map(rowSvg).filter((svg) => svg !== '').join('\n')}
</svg>
`;
};

const lines = await screen();
const end = lines.findIndex((line) => END.test(line.replaceAll(SGR, '')));
const shown = lines.slice(0, Math.max(0, end));
if (end < 20) throw new Error(`this is no report:\n${lines.join('\n')}`);
while (shown.at(-1)?.trim() === '') shown.pop();
const svg = toSvg([`${ESC}[2m$${ESC}[0m ${ESC}[1m${SHOWN}${ESC}[0m`, '', ...shown, `${ESC}[0m${' '.repeat(21)}${ESC}[2m…${ESC}[0m`]);
mkdirSync(join(root, 'docs', 'images'), { recursive: true });
writeFileSync(join(root, 'docs', 'images', 'analyze.svg'), svg);
console.log(`docs/images/analyze.svg: ${shown.length} rows, ${Math.round(svg.length / 1024)} KiB`);
