/** Entries ► a numbered pack inside a token budget, chosen by information; what is required is shortened, never dropped. */
import type { EvidenceEntry, EvidencePack, PackedEntry } from './evidence-entry.ts';
import { isInstructionLike } from './instruction-like.ts';
import { neutralise, templateOf } from './neutralise.ts';
import { estimateTokens } from './token-estimate.ts';

export interface PackOptions {
  readonly budgetTokens: number;
  /** Takes secrets and personal data out; runs on everything, whether or not it ran before. */
  readonly mask: (text: string) => string;
}

/** Characters of a statement, and of its telemetry, from generous to bare. */
const SIZES = [700, 400, 220, 120, 60, 36] as const;
const MAX_TELEMETRY = 2;
const MAX_ENTRIES = 400;
/** Number, separators and line end. */
const FRAME_TOKENS = 6;

interface Prepared {
  readonly entry: EvidenceEntry;
  readonly order: number;
  readonly statement: string;
  readonly telemetry: readonly string[];
}

const cut = (text: string, size: number): string => (text.length <= size ? text : `${text.slice(0, size - 1).replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`);

const prepared = (entry: EvidenceEntry, order: number, mask: (text: string) => string, withhold: () => void): Prepared => {
  const telemetry: string[] = [];
  for (const raw of entry.telemetry.slice(0, MAX_TELEMETRY)) {
    const text = neutralise(templateOf(mask(raw)));
    if (text === '') continue;
    if (isInstructionLike(raw) || isInstructionLike(text)) withhold();
    else telemetry.push(text);
  }
  return { entry, order, statement: safeStatement(mask(entry.statement), withhold), telemetry };
};

/** What Faultline says stays; what it quotes goes through the same gate as telemetry. */
const safeStatement = (statement: string, withhold: () => void): string => {
  const withoutOrders = statement.replaceAll(/[“"][^”"]{0,2000}[”"]/g, (quoted) => {
    if (!isInstructionLike(quoted)) return quoted;
    withhold();
    return '(text withheld)';
  });
  // Names and labels are not quoted, and whoever names a pod can write in them.
  if (!isInstructionLike(withoutOrders)) return neutralise(withoutOrders);
  withhold();
  return '(text withheld)';
};

const textAt = ({ statement, telemetry }: Prepared, size: number): string => {
  const shown = telemetry.map((text) => cut(text, size)).filter((text) => !statement.includes(text));
  return cut(statement, size) + (shown.length === 0 || size < 100 ? '' : ` / log: ${shown.join(' / ')}`);
};

const costOf = (text: string): number => estimateTokens(text) + FRAME_TOKENS;

/** The most generous size at which all of them fit; the barest where none does. */
const sizeFor = (items: readonly Prepared[], budget: number): number =>
  SIZES.find((size) => items.reduce((sum, item) => sum + costOf(textAt(item, size)), 0) <= budget) ?? SIZES[SIZES.length - 1] ?? 36;

const byInformation = (a: Prepared, b: Prepared): number => b.entry.bits - a.entry.bits || a.order - b.order;

interface Chosen {
  readonly item: Prepared;
  readonly text: string;
}

/** Required entries may take four fifths; where even the barest form of all does not fit, the most surprising stay. */
const chooseRequired = (items: readonly Prepared[], budget: number): readonly Chosen[] => {
  const size = sizeFor(items, budget * 0.8);
  const chosen: Chosen[] = [];
  let left = budget;
  for (const item of [...items].sort(byInformation)) {
    const text = textAt(item, size);
    if (costOf(text) > left) continue;
    left -= costOf(text);
    chosen.push({ item, text });
  }
  return chosen;
};

const density = (item: Prepared): number => item.entry.bits / costOf(textAt(item, 220));

const chooseOptional = (items: readonly Prepared[], budget: number): readonly Chosen[] => {
  const chosen: Chosen[] = [];
  let left = budget;
  for (const item of [...items].sort((a, b) => density(b) - density(a) || a.order - b.order)) {
    const text = textAt(item, 220);
    if (costOf(text) > left) continue;
    left -= costOf(text);
    chosen.push({ item, text });
  }
  return chosen;
};

export const buildPack = (entries: readonly EvidenceEntry[], { budgetTokens, mask }: PackOptions): EvidencePack => {
  let withheld = 0;
  const items = entries.slice(0, MAX_ENTRIES).map((entry, order) => prepared(entry, order, mask, () => withheld++));
  const required = chooseRequired(items.filter(({ entry }) => entry.required), budgetTokens);
  const spent = required.reduce((sum, { text }) => sum + costOf(text), 0);
  const optional = chooseOptional(items.filter(({ entry }) => !entry.required), budgetTokens - spent);
  const chosen = [...required, ...optional].sort((a, b) => a.item.order - b.item.order);
  const packed = chosen.map(({ item, text }, index): PackedEntry => ({ number: index + 1, ref: item.entry.ref, text, telemetry: item.telemetry }));
  return {
    entries: packed,
    leftOut: entries.length - packed.length,
    withheld,
    tokens: chosen.reduce((sum, { text }) => sum + costOf(text), 0),
  };
};

/**
 * The pack as the prompt shows it. Angle brackets cannot occur inside: {@link neutralise} replaced them, so nothing in the
 * data can close the block.
 */
export const packText = (pack: EvidencePack): string =>
  `<evidence>\n${pack.entries.map(({ number, text }) => `${number}. ${text}`).join('\n')}\n</evidence>`;
