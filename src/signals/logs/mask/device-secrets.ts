/** Passwords and keys that people choose, in the configuration of network devices: `neighbor PEER password x`, `pre-shared-key ascii-text "x"` (Cisco IOS, Junos, VRP, SR OS command references). */
import { isStored } from './directive-values.ts';
import { isMereWord, isSpokenPassword } from './spoken-values.ts';
import { looksLikePassword } from './value-shape.ts';

/** Names that only such a configuration has. */
const DEVICE_KEYS = /^(?:pre-?shared-(?:key|secret)|authentication-key|shared-(?:secret|key)|plain-?text-password|key-string|wpa\d?-?psk|set-key|(?:area|domain|hello|encrypted|lsp)-(?:authentication-)?password|authentication-password|privacy-password)$/;
/** Commands whose last argument is a password, up to its key. */
const COMMAND = /(?:\b(?:username|neighbor|peer|local-user|sent-username|peer-group|radius-server host|tacacs-server host) \S{1,64}(?: (?:privilege \d{1,2}|remote-as \d{1,10}|ldp|ebgp-multihop(?: \d{1,3})?|role \S{1,32}|(?:auth|acct)-port \d{1,5}))*|\b(?:chap|pap|isis|vtp|enable|root-authentication|line (?:vty|con(?:sole)?|aux)(?: \d{1,2}){1,2})) $/i;
/** `peer public key x`. */
const PUBLIC = /\b(?:public|verif\w*|host) $/i;
/** `enable password encryption` and the like are sentences. */
const MAY_BE_PROSE = /\benable $/i;

export interface DeviceDirective {
  /** The key in lower case. */
  readonly key: string;
  /** The line before the key. */
  readonly before: string;
  /** The kind word between key and value, with the blanks around; empty where there is none. */
  readonly kind: string;
  /** The line says that it is of a device. */
  readonly device: boolean;
  readonly quoted: boolean;
  /** Nothing but the end of the command, or a clause of the key (`address 10.0.0.9`), follows. */
  readonly last: boolean;
}

/** Whether `content` is the secret that the directive asks for; a mere word only where nothing else can stand. */
export const isDeviceSecret = (content: string, { key, before, kind, device, quoted, last }: DeviceDirective): boolean => {
  if (content.length < 4 || !/^[!-~]+$/.test(content) || /^[\w.-]+[=:(](?!=?$)/.test(content)) return false;
  const named = DEVICE_KEYS.test(key);
  const command = COMMAND.test(before) && !PUBLIC.test(before);
  if (!named && !command && !(device && (last || /\d/.test(kind)))) return false;
  if (isSpokenPassword(content) || (command && last && looksLikePassword(content))) return last || named || command;
  if (kind !== '' && isStored(content, key === 'key' && !device)) return true;
  if (!isMereWord(content)) return false;
  if (named) return (quoted || kind !== '' || device) && last;
  return last && (command ? !MAY_BE_PROSE.test(before) : /\d/.test(kind));
};
