/** Tables on standard output: a title, aligned columns, a line of explanation. */

export type Cell = string | number | null;

const textOf = (cell: Cell): string => (cell === null ? '–' : String(cell));

export const printTable = (title: string, columns: readonly string[], rows: readonly (readonly Cell[])[], note = ''): void => {
  const texts = [columns, ...rows.map((row) => row.map(textOf))];
  const widths = columns.map((_, column) => Math.max(...texts.map((row) => (row[column] ?? '').length)));
  const isNumeric = columns.map((_, column) => rows.every((row) => typeof row[column] !== 'string' || /^[×\d.,%–kM/ ]*$/.test(row[column])));
  console.log(`\n${title}`);
  for (const row of texts) console.log(`  ${row.map((cell, column) => (isNumeric[column] === true ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd()}`);
  if (note !== '') console.log(`  ${note}`);
};

/** 1,234,567 as 1.23M. */
export const short = (value: number): string => (value >= 1e6 ? `${(value / 1e6).toFixed(2)}M` : value >= 1e4 ? `${Math.round(value / 1e3)}k` : String(Math.round(value)));

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};
