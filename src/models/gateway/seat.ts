/** One model in a chain with what belongs to it: its price and its provider's breaker. */
import type { LanguageModel } from '../../ports/language-model.ts';
import type { KnownPrice } from '../cost/prices.ts';
import type { CircuitBreaker } from '../resilience/circuit-breaker.ts';

export interface Seat {
  readonly model: LanguageModel;
  readonly price: KnownPrice;
  readonly breaker: CircuitBreaker;
}
