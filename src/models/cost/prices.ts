/** What a model costs, from the configuration, else from the table beside this file. */
import { z } from 'zod';
import type { TokenUsage } from '../../ports/language-model.ts';
import type { ModelPrice, ProviderSettings } from '../../ports/model-settings.ts';
import table from './prices.json' with { type: 'json' };

const PriceTable = z.object({
  as_of: z.iso.date(),
  source: z.string(),
  usd_per_million_tokens: z.record(z.string(), z.object({ input: z.number(), output: z.number() })),
});
const PRICES = PriceTable.parse(table);

export const PRICES_AS_OF = PRICES.as_of;

/** Assumed where nothing is known: dearer than most, so that a budget is never passed unseen. */
const UNKNOWN: ModelPrice = { inputUsd: 5, outputUsd: 25 };
const FREE: ModelPrice = { inputUsd: 0, outputUsd: 0 };

export interface KnownPrice extends ModelPrice {
  readonly source: 'configuration' | 'table' | 'own_server' | 'assumed';
}

const LOOPBACK = /^https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::|\/|$)/;

/** A dated or regional name (`gpt-4o-2024-08-06`, `us.amazon.nova-lite-v1:0`) is priced as its longest known part. */
const inTable = (model: string): ModelPrice | null => {
  const names = Object.keys(PRICES.usd_per_million_tokens).filter((name) => model === name || (model.includes(name) && /^(?:[-@:]\d|[-:]v\d|:|$)/.test(model.slice(model.indexOf(name) + name.length))));
  const best = names.sort((a, b) => b.length - a.length)[0];
  const price = best === undefined ? undefined : PRICES.usd_per_million_tokens[best];
  return price === undefined ? null : { inputUsd: price.input, outputUsd: price.output };
};

export const priceOf = (model: string, provider: ProviderSettings, own: Readonly<Record<string, ModelPrice>>): KnownPrice => {
  const configured = own[`${provider.name}/${model}`] ?? own[model];
  if (configured !== undefined) return { ...configured, source: 'configuration' };
  if (provider.baseUrl !== null && LOOPBACK.test(provider.baseUrl)) return { ...FREE, source: 'own_server' };
  const listed = inTable(model);
  return listed === null ? { ...UNKNOWN, source: 'assumed' } : { ...listed, source: 'table' };
};

export const costUsd = ({ inputTokens, outputTokens }: TokenUsage, price: ModelPrice): number => (inputTokens * price.inputUsd + outputTokens * price.outputUsd) / 1_000_000;
