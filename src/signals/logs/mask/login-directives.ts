/** `password x` where the words before it say that a password follows, whatever it looks like: netrc, tools for networks, commands of devices. */
import { isChosen, isStored } from './directive-values.ts';
import { isPlaceholder, looksLikePassword } from './value-shape.ts';

/** curl's and ftp's netrc(5), on one line. */
const NETRC = /\b(?:machine \S{1,120}|default)\s{1,8}login \S{1,120}\s{1,8}$/;
/** Programs whose grammar has `password VALUE`: nmcli(1), wpa_cli(8), netsh, iwconfig(8). */
const NETWORK_TOOL = /\b(?:nmcli|mysqladmin|wpa_cli|netsh|iwctl|connmanctl|networksetup)\b.{0,120}$/;
/** `user kim password x`, `ip ftp password x`, `set system login user kim authentication …`. */
const ACCOUNT = /(?:\b(?:login|user|username|account|uid|as) ["']?[\w.@\\-]{1,64}["']?,? (?:with |and )?|\bip (?:ftp|http|scp|rcmd|ssh)(?: client)? |\bset (?:system|authentication|user) \S{1,64} |\bnew |\b(?:ppp|pppoe|l2tp|dialer)\b.{0,40})$/i;
/** Phrases of three words or more, as people choose. */
const PHRASE = /^[a-z]{3,}(?:-[a-z]{3,}){2,}$/;

/** Whether `content` is the password that the text `before` its key asks for. */
export const isAskedFor = (before: string, content: string): boolean => {
  if (content.length < 4 || isPlaceholder(content) || /^[{$%(]/.test(content)) return false;
  if (NETRC.test(before) || NETWORK_TOOL.test(before)) return !/^(?:is|was|for|from|has|not|required|failed)\b/.test(content);
  if (!/^[!-~]+$/.test(content) || !ACCOUNT.test(before)) return false;
  return looksLikePassword(content) || isChosen(content) || PHRASE.test(content) || /^[a-z]{4,}\d{2,}$/.test(content) || (isStored(content, false) && content.length >= 12);
};
