/** `Your Acme code: 482913`: what a message to a customer says of a code, a name in capitals between. */

const YOUR = /\b[Yy]our (?:[A-Z][\w&.-]{1,24} ){1,3}$/;

/** Whether `before`, the text before the word `code`, says whose code it is. */
export const isYourCode = (before: string): boolean => YOUR.test(before);
