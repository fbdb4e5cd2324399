/** Keys of JSON log records that decide what a record means, from the same tables the parser reads. */
import { LEVEL_NAMES, MESSAGE_NAMES, SERVICE_NAMES, STACK_NAMES, STATUS_NAMES, TIME_NAMES } from './formats/field-names.ts';
import { ROLE, type Role } from './line-scanner.ts';

/** A path's last part, its last two, …: nested objects and dotted keys are the same path. */
const suffixes = (path: string): string[] => {
  const parts = path.split('.');
  return parts.map((_, from) => parts.slice(from).join('.'));
};

const keys = (role: Role, names: readonly string[]): [string, Role][] => names.flatMap(suffixes).map((name) => [name, role]);

/** In lower case. Where a name stands in several tables the later role here wins: it keeps more of the value. */
export const JSON_KEYS: Readonly<Record<string, Role>> = Object.fromEntries([
  ...keys(ROLE.trace, STACK_NAMES),
  ...keys(ROLE.time, TIME_NAMES),
  ...keys(ROLE.shape, [...MESSAGE_NAMES, ...SERVICE_NAMES]),
  ...keys(ROLE.literal, [...LEVEL_NAMES, ...STATUS_NAMES]),
]);
