export interface Row { readonly tokens: readonly string[]; readonly count: number }
export interface MinedTemplates { readonly templates: readonly string[]; readonly templateOf: Int32Array }
export const mineTemplates = (rows: readonly Row[]): MinedTemplates => {
  const index = new Map<string, number>();
  const templateOf = new Int32Array(rows.length);
  rows.forEach((row, i) => {
    const text = row.tokens.join('');
    let id = index.get(text);
    if (id === undefined) { id = index.size; index.set(text, id); }
    templateOf[i] = id;
  });
  return { templates: [...index.keys()], templateOf };
};
