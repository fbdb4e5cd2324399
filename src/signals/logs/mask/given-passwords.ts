/** Passwords as people write them to each other: `root pass x`, `login failed for kim with x`. */
import { isOddlyCased } from './spoken-values.ts';
import { classChanges, looksLikePassword } from './value-shape.ts';

/** `root pass x`, `the new pass x`, `use pass x`: whose it is, or what is done with it, as people write to each other. */
const PASS_OF = /\b(?:root|admin|administrator|db|database|user|wi-?fi|guest|ssh|vpn|sudo|login|ftp|smtp|imap|mail|e-?mail|account|server|router|router's|host|bmc|ipmi|idrac|ldap|portal|console|my|your|our|his|her|their|new|old|temp|temporary|default|current|use|with|and|the) $/i;

/** Names of classes, of files and of steps: `HttpClient4`, `gbuffer0.frag`, `inline-small-2`, `x86:call(`. */
const NO_GIVEN_PASS = /^[A-Z]{0,3}[a-z]{2,}(?:[A-Z][a-z]{2,})*\d{0,3}$|^[\w-]+\.[a-z]\w{0,4}$|^[a-z\d]+(?:[-_][a-z\d]+)*$|[:/=([]/;

/** A password by its form. */
export const isGivenPass = (value: string): boolean => !NO_GIVEN_PASS.test(value) && (isOddlyCased(value) || (looksLikePassword(value) && (classChanges(value) >= 4 || /[!#$%^&*?~]/.test(value))));

/** Whether `before`, the text before the word `pass`, says whose it is. */
export const isPassOf = (before: string): boolean => PASS_OF.test(before);

const LOGIN = /\b(?:log-?in|logged in|sign-?in|signed in|auth\w*|bind)\b/i;

/** `login failed for kim with x`: one run of letters of both cases and digits, as the names of mechanisms and protocols are not. */
export const isTriedWith = (before: string, value: string): boolean => value.length >= 8 && /^[A-Za-z0-9!#$%&*?@^~+]+$/.test(value) && /\d/.test(value) && !/^[A-Z]{2,}\d{2,}/.test(value) && classChanges(value) >= 5 && /[a-z]/.test(value) && /[A-Z]/.test(value) && isGivenPass(value) && LOGIN.test(before);
