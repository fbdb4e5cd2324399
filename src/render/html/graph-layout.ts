/**
 * A directed graph in layers from left to right. The steps are those of K. Sugiyama, S. Tagawa, M. Toda, "Methods for visual understanding of
 * hierarchical system structures" (1981): cycles broken, longest-path layers, long edges through virtual nodes, barycentre order.
 */

export interface LayoutEdge {
  readonly source: string;
  readonly destination: string;
}

export interface Place {
  /** Layer, from 0. */
  readonly column: number;
  /** Vertical middle, in rows; the tallest layer begins at 0. */
  readonly row: number;
}

export interface GraphLayout {
  readonly places: ReadonlyMap<string, Place>;
  /** Per edge, in the order given: where it passes between its ends, from source to destination. */
  readonly ways: readonly (readonly Place[])[];
  readonly columns: number;
  readonly rows: number;
}

const SWEEPS = 8;
/** A virtual node needs less room than a box. */
const VIRTUAL_ROWS = 0.45;

const neighboursOf = (names: readonly string[], edges: readonly LayoutEdge[]): ReadonlyMap<string, string[]> => {
  const next = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const { source, destination } of edges) if (next.has(destination)) next.get(source)?.push(destination);
  return next;
};

/** Depth first from those whom nobody calls; an edge back to an open node is turned round. Post-order, callees first. */
const breakCycles = (names: readonly string[], edges: readonly LayoutEdge[]): { readonly order: readonly string[]; readonly turned: ReadonlySet<number> } => {
  const outgoing = new Map<string, number[]>(names.map((name) => [name, []]));
  const called = new Set<string>();
  edges.forEach(({ source, destination }, index) => {
    outgoing.get(source)?.push(index);
    called.add(destination);
  });
  const state = new Map<string, 'open' | 'done'>();
  const order: string[] = [];
  const turned = new Set<number>();
  const visit = (name: string): void => {
    state.set(name, 'open');
    for (const index of outgoing.get(name) ?? []) {
      const next = edges[index]?.destination ?? name;
      if (state.get(next) === 'open') turned.add(index);
      else if (outgoing.has(next) && !state.has(next)) visit(next);
    }
    state.set(name, 'done');
    order.push(name);
  };
  for (const name of [...names.filter((one) => !called.has(one)), ...names]) if (!state.has(name)) visit(name);
  return { order, turned };
};

const layersOf = (order: readonly string[], edges: readonly LayoutEdge[]): ReadonlyMap<string, number> => {
  const names = [...order].reverse();
  const next = neighboursOf(names, edges);
  const layers = new Map(names.map((name) => [name, 0]));
  const called = new Set(edges.map(({ destination }) => destination));
  for (const name of names) for (const callee of next.get(name) ?? []) layers.set(callee, Math.max(layers.get(callee) ?? 0, (layers.get(name) ?? 0) + 1));
  // Whom nobody calls stands right before whom it calls.
  for (const name of names) {
    const callees = next.get(name) ?? [];
    if (!called.has(name) && callees.length > 0) layers.set(name, Math.min(...callees.map((callee) => layers.get(callee) ?? 0)) - 1);
  }
  return layers;
};

interface Cell {
  readonly key: string;
  readonly virtual: boolean;
  /** Keys of cells in the layer before, and after. */
  readonly left: string[];
  readonly right: string[];
}

/** Cells by layer, and for each edge the keys it passes. */
const cellsOf = (layers: ReadonlyMap<string, number>, edges: readonly LayoutEdge[]): { readonly table: Cell[][]; readonly keys: readonly (readonly string[])[] } => {
  const table: Cell[][] = Array.from({ length: 1 + Math.max(0, ...layers.values()) }, () => []);
  const cells = new Map<string, Cell>();
  const put = (key: string, layer: number, virtual: boolean): void => {
    const cell: Cell = { key, virtual, left: [], right: [] };
    cells.set(key, cell);
    table[layer]?.push(cell);
  };
  for (const name of [...layers.keys()].sort()) put(`n${name}`, layers.get(name) ?? 0, false);
  const keys = edges.map(({ source, destination }, index) => {
    const from = layers.get(source) ?? 0;
    const to = layers.get(destination) ?? 0;
    const inner = Array.from({ length: Math.max(0, to - from - 1) }, (_, i) => `v${index}.${from + 1 + i}`);
    inner.forEach((key, i) => put(key, from + 1 + i, true));
    const chain = [`n${source}`, ...inner, `n${destination}`];
    for (let i = 1; i < chain.length; i++) {
      cells.get(chain[i - 1] ?? '')?.right.push(chain[i] ?? '');
      cells.get(chain[i] ?? '')?.left.push(chain[i - 1] ?? '');
    }
    return inner;
  });
  return { table, keys };
};

const sortLayer = (layer: Cell[], side: 'left' | 'right', positions: ReadonlyMap<string, number>): void => {
  const centre = new Map(layer.map((cell, index) => {
    const known = cell[side].map((key) => positions.get(key) ?? 0);
    return [cell.key, known.length === 0 ? index : known.reduce((sum, at) => sum + at, 0) / known.length] as const;
  }));
  layer.sort((a, b) => (centre.get(a.key) ?? 0) - (centre.get(b.key) ?? 0) || (a.key < b.key ? -1 : 1));
};

const rowsOf = (layer: readonly Cell[]): number => layer.reduce((sum, { virtual }) => sum + (virtual ? VIRTUAL_ROWS : 1), 0);

/** Middles of the cells of each layer; every layer stands in the middle of the tallest. */
const placed = (table: readonly (readonly Cell[])[]): { readonly at: ReadonlyMap<string, Place>; readonly rows: number } => {
  const rows = Math.max(1, ...table.map(rowsOf));
  const at = new Map<string, Place>();
  table.forEach((layer, column) => {
    let row = (rows - rowsOf(layer)) / 2;
    for (const { key, virtual } of layer) {
      const size = virtual ? VIRTUAL_ROWS : 1;
      at.set(key, { column, row: row + size / 2 });
      row += size;
    }
  });
  return { at, rows };
};

/** Edges whose ends are not in `names` must have been left out. Deterministic. */
export const layoutGraph = (names: readonly string[], edges: readonly LayoutEdge[]): GraphLayout => {
  const { order, turned } = breakCycles(names, edges);
  const forward = edges.map((edge, index) => (turned.has(index) ? { source: edge.destination, destination: edge.source } : edge));
  const layers = layersOf(order, forward);
  const { table, keys } = cellsOf(layers, forward);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isForward = sweep % 2 === 0;
    for (const layer of isForward ? table : [...table].reverse()) sortLayer(layer, isForward ? 'left' : 'right', new Map([...placed(table).at].map(([key, { row }]) => [key, row])));
  }
  const { at, rows } = placed(table);
  const ways = keys.map((inner, index) => {
    const way = inner.flatMap((key) => at.get(key) ?? []);
    return turned.has(index) ? way.reverse() : way;
  });
  return { places: new Map(names.map((name) => [name, at.get(`n${name}`) ?? { column: 0, row: 0 }])), ways, columns: table.length, rows };
};
