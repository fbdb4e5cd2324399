/** Measured cases ► a table: a row a case and model, and where there are several cases a row that sums up each model. */
import type { Language } from '../../domain/language.ts';
import type { Evaluation } from '../../models/evaluate/evaluate-case.ts';
import { displayWidth, padEnd } from '../../render/display-width.ts';
import { plainLine } from '../../render/plain-text.ts';
import { modelWordsFor, type ModelWords, usdText } from './words.ts';

export interface EvalRow {
  readonly name: string;
  readonly row: Evaluation;
}

const NONE = '–';
const decimal = (value: number | null, digits: number): string => (value === null ? NONE : value.toFixed(digits));

const cellsOf = ({ name, row }: EvalRow, words: ModelWords): readonly string[] => [
  plainLine(name), row.model, row.valid ? words.yes : (row.error ?? words.no), String(row.sentences), String(row.removed), String(row.left), usdText(row.costUsd), `${row.durationMs} ms`,
  row.score === null ? NONE : `${row.score}/16`, decimal(row.closeness, 2),
];

/** Of an even number the lower of the two in the middle. */
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[(values.length - 1) >> 1] ?? 0;

const mean = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
};

const percent = (part: number, whole: number): string => (whole === 0 ? NONE : `${Math.round((100 * part) / whole)} %`);

/** Rates of what can be counted, medians and means of the rest. */
const summaryOf = (model: string, rows: readonly Evaluation[], words: ModelWords): readonly string[] => {
  const total = (pick: (row: Evaluation) => number): number => rows.reduce((sum, row) => sum + pick(row), 0);
  const sentences = total((row) => row.sentences);
  const score = mean(rows.map((row) => row.score));
  return [
    words.allCases(rows.length), model, percent(rows.filter(({ valid }) => valid).length, rows.length), String(sentences),
    percent(total((row) => row.removed), sentences), percent(total((row) => row.left), sentences), usdText(total((row) => row.costUsd)), `${median(rows.map((row) => row.durationMs))} ms`,
    score === null ? NONE : `${score.toFixed(1)}/16`, decimal(mean(rows.map((row) => row.closeness)), 2),
  ];
};

const aligned = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))));
  return rows.map((row) => row.map((cell, column) => padEnd(cell, widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
};

export const evalTable = (rows: readonly EvalRow[], language: Language): string => {
  const words = modelWordsFor(language);
  const models = [...new Set(rows.map(({ row }) => row.model))];
  const summaries = models.map((model) => rows.flatMap(({ row }) => (row.model === model ? [row] : []))).filter((ofModel) => ofModel.length > 1);
  const body = [words.evalColumns, ...rows.map((row) => cellsOf(row, words)), ...summaries.map((ofModel) => summaryOf(ofModel[0]?.model ?? '', ofModel, words))];
  const prompts = [...new Set(rows.map(({ row }) => row.prompt))].join(', ');
  return `${aligned(body)}\n\n${words.prompts}: ${prompts === '' ? NONE : prompts}\n`;
};
