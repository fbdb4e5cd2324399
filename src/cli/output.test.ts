import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { drained } from './output.ts';

/** A stream that is full after every byte, until it is told to go on. */
const slowStream = (): { readonly stream: NodeJS.WriteStream; readonly goOn: () => void } => {
  let taken = (): void => {};
  const stream = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => void (taken = done) });
  return { stream: stream as unknown as NodeJS.WriteStream, goOn: () => taken() };
};

describe('a full output', () => {
  it('is waited for again and again without listeners left behind', async () => {
    const { stream, goOn } = slowStream();
    for (let round = 0; round < 30; round++) {
      stream.write('x');
      const wait = drained(stream);
      goOn();
      await wait;
    }
    expect(['drain', 'close', 'error'].map((event) => stream.listenerCount(event))).toEqual([0, 0, 0]);
  });

  it('is not waited for once its reader went away', async () => {
    const { stream } = slowStream();
    stream.write('x');
    const wait = drained(stream);
    stream.destroy();
    await expect(wait).resolves.toBeUndefined();
  });
});
