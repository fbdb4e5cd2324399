/** Tables with left-aligned columns, as `kubectl get` and the tables inside `kubectl describe` print them. */

export interface TextTable {
  readonly headers: readonly string[];
  /** One record a row: header ► cell, trimmed; a missing cell is ''. */
  readonly rows: readonly Readonly<Record<string, string>>[];
}

const MAX_COLUMNS = 40;

interface Column {
  readonly name: string;
  readonly start: number;
}

/** Headers are upper case words, at least two spaces apart; single spaces belong to the name (`ACCESS MODES`). */
const columnsOf = (header: string): Column[] => {
  const columns: Column[] = [];
  const pattern = /\S+(?: \S+)*/g;
  for (const match of header.matchAll(pattern)) {
    columns.push({ name: match[0], start: match.index });
    if (columns.length >= MAX_COLUMNS) break;
  }
  return columns;
};

const cut = (line: string, columns: readonly Column[]): Record<string, string> => {
  const row: Record<string, string> = {};
  columns.forEach((column, index) => {
    row[column.name] = line.slice(column.start, columns[index + 1]?.start ?? line.length).trim();
  });
  return row;
};

/** A row whose cells do not respect the header's columns (a collector re-spaced them) is split at runs of two spaces. */
const resplit = (line: string, columns: readonly Column[]): Record<string, string> => {
  const cells = line.trim().split(/\s{2,}|\t/);
  const row: Record<string, string> = {};
  columns.forEach((column, index) => {
    row[column.name] = (index === columns.length - 1 ? cells.slice(index).join('  ') : (cells[index] ?? '')).trim();
  });
  return row;
};

const fits = (line: string, columns: readonly Column[]): boolean =>
  columns.every((column) => column.start === 0 || line.length <= column.start || line[column.start - 1] === ' ');

/** Reads the header line and the rows below it. */
export const readTable = (header: string, lines: readonly string[]): TextTable => {
  const columns = columnsOf(header);
  const rows = lines.filter((line) => line.trim() !== '').map((line) => (fits(line, columns) ? cut(line, columns) : resplit(line, columns)));
  return { headers: columns.map((column) => column.name), rows };
};

/** Is it the header of a `kubectl get` or `kubectl top` table? All upper case, first column known. */
export const isTableHeader = (line: string): boolean =>
  /^(?:NAMESPACE|NAME|LAST SEEN|POD)\s{2,}[A-Z]/.test(line) && !/[a-z]{3}/.test(line.replace(/\((?:cores|bytes)\)/g, ''));
