/** Log levels and incident severities, with their order. */

export const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** 0 (unknown) … 6 (FATAL): higher is worse. */
export const levelRank = (level: LogLevel | null): number => (level === null ? 0 : LOG_LEVELS.indexOf(level) + 1);

export const isErrorLevel = (level: LogLevel | null): boolean => level === 'ERROR' || level === 'FATAL';

/** P1 wakes people up, P4 can wait. */
export const SEVERITIES = ['P1', 'P2', 'P3', 'P4'] as const;
export type Severity = (typeof SEVERITIES)[number];
