/** `faultline mask`: a stream filter that takes secrets and personal data out of text. */
import { valueOf, type Command, type CommandContext, type CommandSpec, type ParsedArguments } from '../command.ts';
import { RULES } from '../arguments/log-options.ts';
import { usageError } from '../arguments/parse.ts';
import { EXIT_OK, EXIT_UNREADABLE } from '../exit-codes.ts';
import { drained, writeOut } from '../output.ts';
import { wordsFor } from '../words/words.ts';

const SPEC: CommandSpec = {
  name: 'mask',
  operands: '[PATH…|-]',
  summary: { en: 'Take secrets and personal data out of text', ko: '텍스트에서 비밀 정보와 개인 정보를 가립니다' },
  description: [
    {
      en: 'Reads standard input or files and writes the text with typed marks such as <secret:jwt> and <pii:email> instead. Trace ids, UUIDs and commit hashes stay. Runs as a filter: each line comes out as soon as it is complete.',
      ko: '표준 입력이나 파일을 읽어 <secret:jwt>, <pii:email> 같은 표시로 바꿔 출력합니다. 추적 id, UUID, 커밋 해시는 그대로 둡니다. 줄이 완성되는 대로 출력하는 필터입니다.',
    },
    {
      en: 'A rules file is YAML or JSON: a list of {name, pattern, kind}, with patterns in RE2 syntax and lower-case names. A match becomes <secret:NAME>, or the mark of its kind where it has one (kind pii:employee-id gives <pii:employee-id>); with a capture group only the group does.',
      ko: '규칙 파일은 YAML 또는 JSON이며 {name, pattern, kind}의 목록입니다. 패턴은 RE2 문법이고 이름은 소문자입니다. 일치한 부분은 <secret:NAME>이 되며, kind를 적으면 그 종류의 표시가 됩니다(kind가 pii:employee-id이면 <pii:employee-id>). 캡처 그룹이 있으면 그룹만 바뀝니다.',
    },
  ],
  options: [
    RULES,
  ],
  examples: [
    { command: 'faultline mask < app.log > clean.log', summary: { en: 'A copy that can be shared', ko: '공유할 수 있는 사본' } },
    { command: 'kubectl logs -f deploy/orders | faultline mask', summary: { en: 'While it runs', ko: '실행 중인 로그' } },
    { command: 'faultline mask app.log.gz --rules rules.yaml', summary: { en: 'With rules of your own', ko: '사용자 규칙 적용' } },
  ],
};

const run = async (parsed: ParsedArguments, context: CommandContext): Promise<number> => {
  const words = wordsFor(context.language);
  const operands = parsed.operands.length > 0 || context.stdin.isTTY ? parsed.operands : ['-'];
  if (operands.length === 0) throw usageError(words.missingInput(SPEC.name), words.missingInputHint);
  const [{ expandPaths }, { readInput }, { loadMasker }, { createMaskStream }] = await Promise.all([
    import('../input/expand-paths.ts'), import('../input/read-input.ts'), import('../logs/load-masker.ts'), import('../../signals/logs/mask/mask-stream.ts'),
  ]);
  const masker = loadMasker(valueOf(parsed, 'rules'), words);
  const inputs = await expandPaths(operands, words);
  const gaps: string[] = [...inputs.gaps];
  let unreadable = inputs.unreadable;
  for (const file of inputs.files) {
    const stream = createMaskStream(masker);
    const reading = await readInput(file, {
      stdin: context.stdin,
      words,
      onText: (bytes) => context.stdout.write(stream.write(bytes)),
      settle: () => drained(context.stdout),
    });
    await writeOut(stream.end(), context.stdout);
    gaps.push(...reading.gaps);
    unreadable ||= reading.outcome === 'unreadable';
  }
  for (const gap of gaps) if (!context.quiet) context.stderr.write(`faultline: ${gap}\n`);
  return unreadable ? EXIT_UNREADABLE : EXIT_OK;
};

export const mask: Command = { spec: SPEC, run };
