/** Span names without the ids and secrets that careless instrumentation puts into them. */
import { createMasker } from '../logs/mask/masker.ts';

const MAX_CHARS = 200;
const ID = /(?<![\p{L}])(?:[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|[0-9a-fA-F]*\d[0-9a-fA-F]{7,}|\d+)(?![\p{L}\d])/gu;

/** Turns span names into operation names, remembering what it has seen; UUIDs, long hex and numbers become `{}`. */
export class OperationNames {
  private readonly known = new Map<string, string>();
  private readonly masker = createMasker();

  of(spanName: string): string {
    const known = this.known.get(spanName);
    if (known !== undefined) return known;
    const short = spanName.length > MAX_CHARS ? spanName.slice(0, MAX_CHARS) : spanName;
    const name = this.masker.mask(short).replace(ID, '{}');
    if (this.known.size < 50_000) this.known.set(spanName, name);
    return name;
  }
}
