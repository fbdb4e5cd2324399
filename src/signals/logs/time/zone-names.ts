/**
 * Abbreviated zones that logs print after a time, with their offsets in minutes. Where two zones share a name the one
 * that prints it in practice is meant: CST is US Central, IST India, BST British Summer Time.
 */
const ZONES: Readonly<Record<string, number>> = {
  UTC: 0, GMT: 0, WET: 0, WEST: 60, BST: 60, CET: 60, CEST: 120, EET: 120, EEST: 180, MSK: 180, SAST: 120, IST: 330,
  ICT: 420, WIB: 420, SGT: 480, HKT: 480, AWST: 480, KST: 540, JST: 540, ACST: 570, AEST: 600, AEDT: 660, NZST: 720,
  NZDT: 780, EST: -300, EDT: -240, CST: -360, CDT: -300, MST: -420, MDT: -360, PST: -480, PDT: -420, AKST: -540,
  HST: -600, BRT: -180, ART: -180,
};

export const ZONE_NAMES: readonly string[] = Object.keys(ZONES);

const packName = (name: string): number => {
  let key = 0;
  for (let i = 0; i < name.length; i++) key = key * 32 + (name.charCodeAt(i) - 64);
  return key;
};
const BY_PACKED = new Map<number, number>(ZONE_NAMES.map((name) => [packName(name), ZONES[name] as number]));

/** The offset in milliseconds of three or four capital letters packed by 32, or NaN. */
export const packedZoneOffsetMs = (packed: number): number => {
  const minutes = BY_PACKED.get(packed);
  return minutes === undefined ? Number.NaN : minutes * 60_000;
};

/** The offset in milliseconds of an abbreviated zone, or NaN. */
export const namedZoneOffsetMs = (name: string): number => {
  const minutes = Object.hasOwn(ZONES, name) ? ZONES[name] : undefined;
  return minutes === undefined ? Number.NaN : minutes * 60_000;
};
