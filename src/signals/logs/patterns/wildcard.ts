/** What stands for the part of a message that varies. */
export const WILDCARD = '<*>';
