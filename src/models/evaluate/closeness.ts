/** How near two vectors point: cosine of the angle between them, -1 to 1; null where one of them has no direction. */
export const closeness = (a: Float32Array, b: Float32Array): number | null => {
  if (a.length !== b.length) return null;
  let [dot, ofA, ofB] = [0, 0, 0];
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? 0;
    dot += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA === 0 || ofB === 0 ? null : dot / Math.sqrt(ofA * ofB);
};
