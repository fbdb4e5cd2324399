/**
 * Finds the template of a row without mining: for rows that come when the table of rows is full.
 */
import { rowKey } from './row-key.ts';
import { WILDCARD } from './wildcard.ts';

export interface TemplateMatcher {
  /** Index of the most literal template that covers the tokens, or -1. */
  match(tokens: readonly string[]): number;
}

/** A wildcard takes one element more than these for every further token it is made of: neighbouring parameters fold into one. */
const MAX_ELEMENTS_OF_WILDCARD = 2;
/** Nodes looked at for one row; the tree of ordinary templates needs a few dozen. */
const MAX_VISITS = 512;

interface TreeNode {
  readonly literal: Map<string, TreeNode>;
  wildcard: TreeNode | null;
  /** How many elements of a row the wildcard that leads here may take. */
  maxElements: number;
  template: number;
}

const newNode = (): TreeNode => ({ literal: new Map(), wildcard: null, maxElements: 1, template: -1 });

/** A prefix tree over template elements. At every node the literal branch is tried before the wildcard. */
class TemplateTree implements TemplateMatcher {
  readonly #root = newNode();
  #visits = 0;

  add(tokens: readonly string[], template: number): void {
    let node = this.#root;
    const { texts, starts } = rowKey(tokens);
    texts.forEach((text, p) => {
      let next = text === WILDCARD ? node.wildcard : node.literal.get(text);
      if (next === null || next === undefined) {
        next = newNode();
        if (text === WILDCARD) node.wildcard = next;
        else node.literal.set(text, next);
      }
      next.maxElements = Math.max(next.maxElements, MAX_ELEMENTS_OF_WILDCARD + (starts[p + 1] ?? 0) - (starts[p] ?? 0));
      node = next;
    });
    if (node.template < 0) node.template = template;
  }

  match(tokens: readonly string[]): number {
    this.#visits = 0;
    return this.#find(this.#root, rowKey(tokens).texts, 0);
  }

  #find(node: TreeNode, texts: readonly string[], at: number): number {
    if (++this.#visits > MAX_VISITS) return -1;
    const text = texts[at];
    if (text === undefined) return node.template;
    const literal = node.literal.get(text);
    if (literal !== undefined) {
      const found = this.#find(literal, texts, at + 1);
      if (found >= 0) return found;
    }
    if (node.wildcard === null) return -1;
    for (let taken = 1; taken <= node.wildcard.maxElements && at + taken <= texts.length; taken++) {
      const found = this.#find(node.wildcard, texts, at + taken);
      if (found >= 0) return found;
    }
    return -1;
  }
}

/** `templates` are the token sequences of mined templates. Memory is proportional to their length. */
export const createMatcher = (templates: readonly (readonly string[])[]): TemplateMatcher => {
  const tree = new TemplateTree();
  templates.forEach((tokens, index) => tree.add(tokens, index));
  return tree;
};
