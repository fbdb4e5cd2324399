/** Which faults a log statement speaks for, by what it is, and by the words of known failures. */
import type { Finding } from '../../../domain/finding.ts';
import type { Fault } from '../../../domain/report.ts';
import { isErrorLevel } from '../../../domain/severity.ts';
import { matchKnownFailures } from '../knowledge/match-known-failures.ts';
import type { Statement } from './statements.ts';

/** How far the words of a known failure may carry: they support, they do not prove. */
const KNOWN_WEIGHT = 0.7;

/** `rose`: the statement is new or more frequent; else it vanished. */
export const faultsOfStatement = ({ template, level, exception }: Statement, rose: boolean): Finding['faults'] => {
  const faults: Partial<Record<Fault, number>> = rose
    ? isErrorLevel(level) || exception !== null
      ? { exception: exception === null ? 0.5 : 0.8, error_return: exception === null ? 0.8 : 0.5, code: 0.6, configuration: 0.2 }
      : { code: 0.4, error_return: 0.3, configuration: 0.3 }
    : { exception: 0.7, error_return: 0.5, code: 0.6 };
  if (!rose) return faults;
  const known = matchKnownFailures({ texts: [template], types: exception === null ? [] : [exception] })[0];
  if (known !== undefined && known.failure.rank !== 'wrapper') faults[known.failure.fault] = Math.max(faults[known.failure.fault] ?? 0, KNOWN_WEIGHT);
  return faults;
};
