/** Errors name what happened: two types of exception are two statements. `ECONNREFUSED` is the C library's way to say so. */
const ERROR_NAME = /(?:Exception|Error|Throwable|Failure|Timeout)$|^E[A-Z]{4,}$/;

export const isErrorName = (word: string): boolean => ERROR_NAME.test(word);
