/** Classes of ASCII codes; of bytes outside ASCII none holds. */
export const isDigit = (c: number): boolean => c >= 48 && c <= 57;
export const isLetter = (c: number): boolean => (c | 32) >= 97 && (c | 32) <= 122;
