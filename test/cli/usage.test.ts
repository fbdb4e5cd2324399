/** Arguments, help, version, completion and exit codes of the real program. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT_DEFECT, EXIT_INTERRUPTED, EXIT_OK, EXIT_UNREADABLE, EXIT_USAGE } from '../../src/cli/exit-codes.ts';
import { faultline, ROOT } from './run-faultline.ts';

describe('version and help', () => {
  it('prints the version of package.json', async () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(await faultline(['--version'])).toEqual({ code: 0, stdout: `faultline ${manifest.version}\n`, stderr: '' });
  });

  it.each([[[]], [['--help']], [['help']]])('%j lists the commands', async (args: string[]) => {
    const { code, stdout } = await faultline(args);
    expect(code).toBe(0);
    for (const name of ['analyze', 'patterns', 'mask', 'demo', 'completion']) expect(stdout).toContain(`  ${name}`);
  });

  it.each([[['analyze', '--help']], [['help', 'analyze']], [['analyze', '-h']]])('%j shows options and examples', async (args: string[]) => {
    const { code, stdout } = await faultline(args);
    expect(code).toBe(0);
    expect(stdout).toContain('--since TIME');
    expect(stdout).toContain('faultline analyze today.log --baseline yesterday.log');
  });

  it.each(['en', 'ko'])('names every exit code in %s', async (language) => {
    const { stdout } = await faultline(['--help', '--lang', language]);
    for (const code of [EXIT_OK, EXIT_DEFECT, EXIT_USAGE, EXIT_UNREADABLE, EXIT_INTERRUPTED]) expect(stdout).toMatch(new RegExp(`^  ${code}  \\S`, 'm'));
  });

  it.each(['en', 'ko'])('shows the marks of mask as mask writes them in %s', async (language) => {
    const { stdout } = await faultline(['mask', '--help', '--lang', language]);
    for (const mark of ['<secret:jwt>', '<pii:email>', '<secret:NAME>']) expect(stdout).toContain(mark);
    expect(stdout).not.toMatch(/<(?!secret:|pii:)[A-Za-z-]+>/);
  });

  it.each([
    [['--help'], { LANG: 'ko_KR.UTF-8' }],
    [['--help', '--lang', 'ko'], {}],
    [['--help'], { LANG: 'en_US.UTF-8', LC_ALL: 'ko_KR.UTF-8' }],
  ])('%j in Korean with %j', async (args: string[], environment: Record<string, string>) => {
    expect((await faultline(args, { environment })).stdout).toContain('사용법');
  });
});

describe('wrong usage ends with 2 and says what would be right', () => {
  it.each([
    [['anlyze'], /there is no command "anlyze"[\s\S]*faultline analyze/],
    [['package.json'], /faultline analyze package\.json/],
    [['analyze', '--fromat', 'json', 'x'], /no option --fromat[\s\S]*--format/],
    [['analyze', '--format', 'jsn', 'x'], /cannot be "jsn"[\s\S]*json/],
    [['analyze', '--since'], /--since needs a value/],
    [['analyze', '--since', '--until', '-3h', 'x'], /--since needs a value/],
    [['analyze', '--since', 'soon', 'x'], /"soon" is no time[\s\S]*-3h/],
    [['analyze', '--since', '2025-02-02', '--until', '2025-02-01', 'x'], /range is empty/],
    [['analyze', '--timezone', 'Mars/Base', 'x'], /Mars\/Base[\s\S]*Asia\/Seoul/],
    [['analyze', '--level', 'eror', 'x'], /eror[\s\S]*error/],
    [['analyze', '--baseline', 'no-such-thing', 'x'], /neither a file/],
    [['analyze', '--json=yes', 'x'], /takes no value/],
    [['demo', 'x'], /takes no argument/],
    [['completion', 'tcsh'], /bash, zsh, fish/],
    [['help', 'analyse'], /analyze/],
    [['mask', '--rules', 'no-such-file.yaml'], /no-such-file\.yaml/],
  ])('%j', async (args: string[], message: RegExp) => {
    const { code, stdout, stderr } = await faultline(args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('%s knows commands and options', async (shell) => {
    const { code, stdout } = await faultline(['completion', shell]);
    expect(code).toBe(0);
    expect(stdout).toContain('patterns');
    expect(stdout).toMatch(/(?:--|-l )baseline/);
  });
});
