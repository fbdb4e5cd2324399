/**
 * Telemetry that reads like an order or a remedy. What attacks on operations agents have in common is not "ignore previous
 * instructions" but a plausible remedy (arXiv 2508.06394); either way a log line that tells somebody to do something is
 * withheld from the model, which loses nothing: the computed statement about it stays.
 */

const ORDERS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|above|earlier|all|your|instructions?|rules?|prompt)\b/i,
  /\b(?:system|developer|assistant|user)\s*(?:prompt|message|role)?\s*[:>]/i,
  /\b(?:you are|you're|act as|pretend|as an ai|language model|llm|chatgpt|claude|gpt)\b/i,
  /\b(?:please|must|should|need to|have to|be sure to|make sure|note to|attention|important)\b/i,
  // A log line does not speak of the text around it.
  /\b(?:above|below|following|preceding|previous) (?:text|sentence|paragraph|passage|conversation)s?\b|\b(?:text|sentence|paragraph|passage|conversation)s? (?:above|below)\b/i,
  /\b(?:instructions?|prompt|jailbreak|runbook|playbook|on-call|oncall|sre|operator|admin(?:istrator)?)\b\s*[:,]/i,
  /(?<!\b(?:cannot|can't|could not|couldn't|not|unable to|failed to|trying to|while) )\b(?:run|execute|install|uninstall|upgrade|downgrade|apply|delete|drop|disable|enable|restart|reboot|scale|rollback|roll back|revert|approve|grant|send|forward|transfer|post|upload|email|visit|open|click|download|fetch|set|export|add|remove|kill|chmod|print|say|write|repeat|reply|respond|output|reveal|show|tell|translate|summari[sz]e|answer|report|conclude|state|claim|mark|close|suppress|silence)\b(?:\s+\S+){0,3}?\s+(?:the|a|an|this|that|all|your|it|to|with|of|as|on|by|from|for|following)\b/i,
  /\b(?:root cause is|caused by an? (?:outdated|old|bad)|documented fix|known issue|workaround|work around|fixed by|resolved by|to fix|to resolve|to restore|no (?:further )?action|false (?:alarm|positive)|can be ignored|confirmed by|approved by|authori[sz]ed by)\b/i,
  /\b(?:curl|wget|bash|sh -c|sudo|apt(?:-get)?|pip|npm|kubectl|helm|terraform|docker|rm -[rf]|powershell|iex|base64 -d|nc -)\s/i,
  /(?:무시하|실행하|설치하|삭제하|비활성화하|재시작하|롤백하|승인하|전송하|보내(?:세요|라|십시오)|하십시오|하세요|해\s?주세요|해야 (?:합니다|한다)|조치 불필요|확인됨)/,
];

const MAX_LOOKED_AT = 4_000;

export const isInstructionLike = (text: string): boolean => {
  const looked = text.slice(0, MAX_LOOKED_AT);
  return ORDERS.some((order) => order.test(looked));
};
