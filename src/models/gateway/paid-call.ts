/** What every call to a provider goes through, whatever it asks for: budget, breaker, booking, telemetry. */
import type { TokenUsage } from '../../ports/language-model.ts';
import { ModelError } from '../../ports/model-error.ts';
import type { ModelPrice } from '../../ports/model-settings.ts';
import type { CallTelemetry, ModelCallAttributes } from '../../ports/model-telemetry.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Budget, Reservation } from '../cost/budget.ts';
import { costUsd } from '../cost/prices.ts';
import type { CircuitBreaker } from '../resilience/circuit-breaker.ts';
import type { Runtime } from '../resilience/runtime.ts';

export interface PaidCall {
  readonly breaker: CircuitBreaker;
  readonly price: ModelPrice;
  /** Name of the provider in the configuration. */
  readonly provider: string;
  /** The most that it can be charged for. */
  readonly most: TokenUsage;
  readonly incident: string;
  readonly budget: Budget;
  readonly runtime: Runtime;
  readonly telemetry: CallTelemetry;
  readonly attributes: ModelCallAttributes;
}

export interface Given<T> {
  readonly value: T;
  readonly usage: TokenUsage;
  readonly responseModel: string | null;
}

export interface Paid<T> extends Given<T> {
  readonly costUsd: number;
}

const failureOf = (error: unknown): ModelError => (error instanceof ModelError ? error : new ModelError({ code: 'model_unavailable', message: messageOf(error), cause: error, mayBeBilled: true }));

const PROVIDER_FAULTS: ReadonlySet<string> = new Set(['model_unavailable', 'model_timeout']);
/** A full server is alive, and behind a gateway one model's limit says nothing of the others. */
const TELLS_NOTHING: ReadonlySet<string> = new Set(['model_rate_limited', 'model_aborted']);

const tellBreaker = (breaker: CircuitBreaker, error: ModelError): void => {
  if (PROVIDER_FAULTS.has(error.code)) breaker.failed();
  else if (TELLS_NOTHING.has(error.code)) breaker.released();
  else breaker.succeeded();
};

const reserved = ({ budget, runtime, incident, most, price }: PaidCall): Reservation => {
  let reservation: Reservation | null;
  try {
    reservation = budget.reserve(runtime.nowMs(), incident, costUsd(most, price));
  } catch (error) {
    throw new ModelError({ code: 'model_budget', message: messageOf(error), cause: error });
  }
  if (reservation === null) throw new ModelError({ code: 'model_budget', message: 'the budget leaves no room for this call' });
  return reservation;
};

/** @throws {ModelError} always of this type */
export const paidCall = async <T>(call: PaidCall, ask: () => Promise<Given<T>>): Promise<Paid<T>> => {
  const { breaker, price, provider, incident, runtime, attributes } = call;
  const startedMs = runtime.nowMs();
  const reservation = reserved(call);
  if (!breaker.admit()) {
    reservation.release();
    throw new ModelError({ code: 'model_circuit_open', message: `${provider} did not answer lately and is left alone for a while` });
  }
  const end = call.telemetry.startCall(attributes);
  const book = (usage: TokenUsage): number => {
    const usd = costUsd(usage, price);
    reservation.settle({ at: startedMs, task: attributes.task, incident, provider, model: attributes.model, ...usage, costUsd: usd });
    return usd;
  };
  try {
    const given = await ask();
    const usd = book(given.usage);
    breaker.succeeded();
    end({ usage: given.usage, costUsd: usd, responseModel: given.responseModel, durationMs: runtime.nowMs() - startedMs, errorCode: null });
    return { ...given, costUsd: usd };
  } catch (error) {
    const failure = failureOf(error);
    tellBreaker(breaker, failure);
    const usage = failure.usage ?? (failure.mayBeBilled ? call.most : null);
    const usd = usage === null ? 0 : book(usage);
    reservation.release();
    end({ usage, costUsd: usd, responseModel: null, durationMs: runtime.nowMs() - startedMs, errorCode: failure.code });
    throw failure;
  }
};
