/** "Did you mean": the nearest known word. */

/** Optimal string alignment distance (Levenshtein with adjacent swaps), texts cut at 40 characters. */
export const editDistance = (left: string, right: string): number => {
  const a = left.slice(0, 40);
  const b = right.slice(0, 40);
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
};

/** The known word that was most likely meant, or null when none is near. */
export const suggest = (word: string, known: readonly string[]): string | null => {
  const lower = word.toLowerCase();
  const prefixed = lower.length >= 2 ? known.filter((candidate) => candidate.startsWith(lower)) : [];
  if (prefixed.length === 1) return prefixed[0] ?? null;
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(lower.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(lower, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
};
