/** What people print beside kubectl: `systemctl status` of node services and connection tests (`nc -zv`, `curl`). */

export interface NodeService {
  readonly node: string;
  /** Without `.service`: kubelet, containerd, kube-proxy … */
  readonly unit: string;
  /** `active`, `inactive`, `failed`, `activating` … */
  readonly active: string;
  readonly detail: string;
  readonly file: string;
  /** The journal lines printed below the status, last first dozen. */
  readonly journal: readonly string[];
}

export interface ConnectionCheck {
  /** Service or host name that was dialled. */
  readonly target: string;
  readonly port: number | null;
  readonly ok: boolean;
  readonly text: string;
  readonly file: string;
}

const MAX_CHARS = 2_000;
const MAX_JOURNAL_LINES = 12;

/**
 * `● kubelet.service - …` then `Active: inactive (dead) since …`; null when the text is none.
 * Source: systemctl(1).
 */
export const readSystemctlStatus = (text: string, node: string | null, file: string): NodeService | null => {
  const unit = /(?:^|\s)[●○×↻*]?\s?([\w@.-]{1,100})\.service\b/.exec(text)?.[1];
  const active = /^\s*Active:\s+(\w{1,20})\s*(\([^)\n]{0,60}\)[^\n]{0,200})?/m.exec(text);
  if (unit === undefined || active === null) {
    const down = /Unit ([\w@.-]{1,100})\.service could not be found/.exec(text)?.[1];
    return down === undefined || node === null ? null : { node, unit: down, active: 'not-found', detail: text.slice(0, MAX_CHARS), file, journal: [] };
  }
  const host = node ?? /^Node:\s*(\S{1,253})/m.exec(text)?.[1] ?? null;
  const blank = text.search(/\n\s*\n/);
  const journal =
    blank < 0
      ? []
      : text
          .slice(blank)
          .split('\n')
          .filter((line) => line.trim() !== '')
          .slice(-MAX_JOURNAL_LINES);
  return host === null ? null : { node: host, unit, active: active[1] ?? '', detail: active[0].trim(), file, journal };
};

const FAILED = /refused|timed? ?out|unreachable|no route|failed|could not|cannot|unable|reset by peer|not known|can't|bad address/i;
const SUCCEEDED = /\b(?:open|succeeded|connected)\b/i;

/** Output of a connection test. `target` and `port` come from the record when known. */
export const readConnectionCheck = (text: string, target: string | null, port: number | null, file: string): ConnectionCheck | null => {
  const head = text.slice(0, 2_000);
  const named = /^(?:Connection to )?([a-z0-9][\w.-]{0,252})\s+\(?(?:[\d.]{7,15}|\[?[\da-f:]{3,39}\]?)?[:\s)]*(\d{1,5})?/i.exec(head);
  const host = target ?? named?.[1] ?? null;
  const failed = FAILED.test(head);
  if (host === null || (!failed && !SUCCEEDED.test(head))) return null;
  return {
    target: host,
    port: port ?? (named?.[2] === undefined ? null : Number(named[2])),
    ok: !failed && SUCCEEDED.test(head),
    text: head.slice(0, MAX_CHARS).trim(),
    file,
  };
};
