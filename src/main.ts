/** Composition root: the process's streams and environment meet the command line. */
import { readEnvironment } from './config/environment.ts';
import { runCli } from './cli/run.ts';

// `| head` closes the pipe early; that ends the work quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.exitCode = 3;
});
process.stderr.on('error', () => {});
process.on('SIGINT', () => process.exit(130));

const main = async (): Promise<void> => {
  process.exitCode = await runCli({
    args: process.argv.slice(2),
    environment: readEnvironment(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
  });
};

// Not awaited at the top: a script whose bytecode is kept cannot.
void main();
