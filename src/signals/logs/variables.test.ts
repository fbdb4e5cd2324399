import { describe, expect, it } from 'vitest';
import { Row } from './rows.ts';
import { addValues, variablesOf } from './variables.ts';

const tokensOf = (text: string): string[] => text.split(/(?= )/);

/** A row that counted one ERROR event for each message. */
const rowOf = (text: string, ...messages: string[]): Row => {
  const row = new Row(tokensOf(text), 'ERROR', null);
  for (const message of messages) {
    row.count++;
    addValues(row, message);
  }
  return row;
};

const valuesIn = (template: string, ...rows: Row[]): Record<number, string[]> =>
  Object.fromEntries(variablesOf(tokensOf(template), rows).map(({ index, values }) => [index, values.map(({ value, count }) => `${value} ×${count}`)]));

describe('values of the variables of a template', () => {
  it('are the words of the rows, and what stood for their own variables', () => {
    const rows = [rowOf('gate opened by alice in <*>', 'gate opened by alice in 12ms'), rowOf('gate opened by bob in <*>', 'gate opened by bob in 9ms', 'gate opened by bob in 12ms')];
    expect(valuesIn('gate opened by <*> in <*>', ...rows)).toEqual({ 0: ['bob ×2', 'alice ×1'], 1: ['12ms ×2', '9ms ×1'] });
  });

  it('may be several words', () => {
    const rows = [rowOf('backup of orders failed: disk full', 'x'), rowOf('backup of order items failed: no such host', 'x')];
    expect(valuesIn('backup of <*> failed: <*>', ...rows)).toEqual({ 0: ['order items ×1', 'orders ×1'], 1: ['disk full ×1', 'no such host ×1'] });
  });

  it.each([
    ['two variables side by side share more words than there are', 'moved <*> <*> away', 'moved a b c away'],
    ['words of the template stand among the values', 'from <*> to <*>', 'from a to b to c'],
    ['several words hold a variable of their own', 'user <*> left', 'user anna <*> left'],
  ])('are not told where %s', (_name, template, row) => {
    expect(valuesIn(template, rowOf(row, 'x'))).toEqual({});
  });

  it('leave one open and keep the others', () => {
    expect(valuesIn('<*> moved <*> <*>', rowOf('cron moved a b c', 'x'))).toEqual({ 0: ['cron ×1'] });
  });
});
