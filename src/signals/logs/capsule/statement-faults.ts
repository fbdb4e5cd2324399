/** Which faults a log statement speaks for, by what it is, and by the words of known failures. */
import type { Finding } from '../../../domain/finding.ts';
import type { Fault } from '../../../domain/report.ts';
import { isErrorLevel } from '../../../domain/severity.ts';
import { matchKnownFailures } from '../knowledge/match-known-failures.ts';
import type { Statement } from './statements.ts';

/** How far the words of a known failure may carry: they support, they do not prove. */
const KNOWN_WEIGHT = 0.7;
const EXTERNAL_WEIGHT = 0.8;

const URL_HOST = /\bhttps?:\/\/([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})\b/i;
const INSIDE = /(?:\.svc|\.local|\.internal|\.localdomain|localhost)$|\.svc\.|^[\d.]+$/i;

/** The outside system a complaint names: the host of a URL that is of no cluster or private zone. */
export const externalHostOf = ({ sample }: Statement): string | null => {
  const host = URL_HOST.exec(sample)?.[1]?.toLowerCase() ?? null;
  return host === null || INSIDE.test(host) ? null : host;
};

/** `rose`: the statement is new or more frequent; else it vanished. */
export const faultsOfStatement = (statement: Statement, rose: boolean): Finding['faults'] => {
  const { template, level, exception } = statement;
  const faults: Partial<Record<Fault, number>> = rose
    ? isErrorLevel(level) || exception !== null
      ? { exception: exception === null ? 0.5 : 0.8, error_return: exception === null ? 0.8 : 0.5, code: 0.6, configuration: 0.2 }
      : { code: 0.4, error_return: 0.3, configuration: 0.3 }
    : { exception: 0.7, error_return: 0.5, code: 0.6 };
  // A complaint that is no longer written is relief.
  if (!rose) return isErrorLevel(level) ? {} : faults;
  // What its writer calls ordinary names no failure, whoever's words it repeats.
  if (level !== null && level !== 'WARN' && !isErrorLevel(level)) return faults;
  const known = matchKnownFailures({ texts: [template], types: exception === null ? [] : [exception] })[0];
  if (known !== undefined && known.failure.rank !== 'wrapper') faults[known.failure.fault] = Math.max(faults[known.failure.fault] ?? 0, KNOWN_WEIGHT);
  if (externalHostOf(statement) !== null && (isErrorLevel(level) || level === 'WARN')) faults.dependency = Math.max(faults.dependency ?? 0, EXTERNAL_WEIGHT);
  return faults;
};
