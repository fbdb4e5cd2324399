/** The indented `Key: value` text of `kubectl describe` as a tree. */

export interface DescribeNode {
  readonly key: string;
  readonly value: string;
  readonly indent: number;
  /** The line as printed. */
  readonly line: string;
  readonly children: readonly DescribeNode[];
}

export interface DescribeBlock {
  readonly nodes: readonly DescribeNode[];
  readonly lines: readonly string[];
}

interface OpenNode extends DescribeNode {
  readonly children: OpenNode[];
}

const indentOf = (line: string): number => {
  let indent = 0;
  while (indent < line.length && (line[indent] === ' ' || line[indent] === '\t')) indent++;
  return indent;
};

const nodeOf = (line: string): OpenNode => {
  const indent = indentOf(line);
  const text = line.trim();
  const colon = /:(?=\s|$)/.exec(text)?.index ?? -1;
  const key = colon < 0 ? text : text.slice(0, colon);
  return { key, value: colon < 0 ? '' : text.slice(colon + 1).trim(), indent, line, children: [] };
};

const treeOf = (lines: readonly string[]): DescribeNode[] => {
  const roots: OpenNode[] = [];
  const open: OpenNode[] = [];
  for (const line of lines) {
    if (line.trim() === '') continue;
    const node = nodeOf(line);
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= node.indent) open.pop();
    (open.at(-1)?.children ?? roots).push(node);
    open.push(node);
  }
  return roots;
};

const startsBlock = (lines: readonly string[], index: number): boolean =>
  /^Name:\s+\S/.test(lines[index] ?? '') && (index === 0 || (lines[index - 1] ?? '').trim() === '');

/** One block an object: each begins with `Name:` in the first column after a blank line. */
export const describeBlocks = (text: string): DescribeBlock[] => {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const blocks: DescribeBlock[] = [];
  let start = -1;
  for (let index = 0; index <= lines.length; index++) {
    if (index < lines.length && !startsBlock(lines, index)) continue;
    if (start >= 0) {
      const part = lines.slice(start, index);
      blocks.push({ nodes: treeOf(part), lines: part });
    }
    start = index;
  }
  return blocks;
};

/** The first child with that key. */
export const child = (nodes: readonly DescribeNode[], key: string): DescribeNode | undefined => nodes.find((node) => node.key === key);

export const childrenOf = (nodes: readonly DescribeNode[], key: string): readonly DescribeNode[] => child(nodes, key)?.children ?? [];

export const valueOf = (nodes: readonly DescribeNode[], key: string): string | null => {
  const value = child(nodes, key)?.value ?? '';
  return value === '' || value === '<none>' || value === '<unset>' ? null : value;
};

/** The value on the key's own line and on the lines below it (labels, tolerations, finalizers). */
export const valuesOf = (nodes: readonly DescribeNode[], key: string): readonly string[] => {
  const node = child(nodes, key);
  if (node === undefined) return [];
  return [node.value, ...node.children.map((item) => item.line.trim())].filter((value) => value !== '' && !/^<(?:none|unset)>$/.test(value));
};

/** Every line below a node, depth first, for tables inside describe. */
export const linesBelow = (node: DescribeNode | undefined): readonly string[] => {
  if (node === undefined) return [];
  const lines: string[] = [];
  const pending: DescribeNode[] = [...node.children].reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    lines.push(next.line);
    for (let index = next.children.length - 1; index >= 0; index--) {
      const item = next.children[index];
      if (item !== undefined) pending.push(item);
    }
  }
  return lines;
};
