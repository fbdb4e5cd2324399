/** The ways a timestamp is written. A layout says how to read one, never which instant it is. */

/**
 * One number a layout, so that the reader's switch is a jump. Digits never decide between two of these:
 * where the order of day, month and year can only be told from their values, one layout covers the readings.
 */
export const TIME_LAYOUT = {
  /** `2025-02-01T14:05:01.214+09:00`, `2025/02/01 14:05:01`, `2005-06-03-15.42.50.675872`, `2025-02-01 오후 2:05:01`, `2025-02-01][14:05:01`. */
  iso: 1,
  /** `20171223-22:15:29:606`, `20250201T140501Z`, `20250201140501`. */
  compact: 2,
  /** `17/06/09 20:10:40`: year, month, day; where that is no date month, day, year, then day, month, year. */
  shortYear: 3,
  /** `081109 203615`, `081109 20:36:15`: year, month, day. */
  compactShortYear: 4,
  /** `10.30 16:49:06`, `03-17 16:13:38.811`: month and day, no year. */
  monthDay: 5,
  /** `01/Feb/2025:14:05:01 +0900`, `20 Dec 2024 08:00:00.000`, `Sun, 06 Nov 1994 08:49:37 GMT`. */
  dayMonthName: 6,
  /** `Sun Dec 04 04:47:44.123456 2005`. */
  ctime: 7,
  /** `Jun 14 15:16:01`, `Jun 14 2025 15:16:01`, `Feb 01, 2025 2:05:01 PM`, `feb/01/2025 14:05:01`. */
  monthNameDay: 8,
  /** `0201 14:05:01.123456` as klog and glog write it after the level letter, `0201/140501.123456` as Chromium does. */
  klog: 9,
  /** `02/01/2025 2:05:01 PM`: month first with `/` and `-` unless it is above 12; day first with `.`. */
  dayMonthYear: 10,
  /** Seconds (10 digits), milliseconds (13), microseconds (16) or nanoseconds (19) since 1970, a fraction allowed. */
  epoch: 11,
  /** `2025년 2월 1일 오후 2:05:01`, `2025년 2월 1일 14시 5분 1초`. */
  korean: 12,
  /** `14:05:01.123`, `2:05PM`: no date. */
  timeOnly: 13,
  /** `2025 Feb  1 14:05:01`. */
  yearMonthName: 14,
} as const;
export type TimeLayout = (typeof TIME_LAYOUT)[keyof typeof TIME_LAYOUT];

export interface FoundTimestamp {
  readonly start: number;
  readonly end: number;
  readonly layout: TimeLayout;
}

/** What a timestamp does not say itself. */
export interface TimeContext {
  /** Offset from UTC, in milliseconds, of a wall clock reading that names no zone. */
  naiveOffsetMs(epochLocalMs: number): number;
  /** When the log was read or ended: a date without a year is the latest one not after this and a day, a time without a date not after this and five minutes. */
  readonly referenceMs: number;
}
