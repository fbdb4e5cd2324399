/** Streams a zip archive by its local headers, so that a cut one gives the members before the cut. */
import { Unzip, UnzipInflate } from 'fflate';
import { messageOf } from '../shared/errors.ts';
import type { ArchiveEntry } from './archive.ts';

interface OpenMember {
  readonly path: string;
  readonly ready: Uint8Array[];
  failure: string | null;
  done: boolean;
}

/** Members in order; folders are left out. An end before the end is told to `onCut`. */
export function* zipEntries(chunks: Iterable<Uint8Array>, onCut: (reason: string) => void): Generator<ArchiveEntry> {
  const iterator = chunks[Symbol.iterator]();
  const members: OpenMember[] = [];
  let ended = false;
  const unzip = new Unzip((file) => {
    const member: OpenMember = { path: file.name, ready: [], failure: null, done: false };
    members.push(member);
    file.ondata = (error, data, final) => {
      if (error !== null) member.failure = messageOf(error);
      else if (data.length > 0) member.ready.push(data.slice());
      if (final || error !== null) member.done = true;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  const advance = (): void => {
    const next = iterator.next();
    ended = next.done === true;
    try {
      // The disk reader reuses its buffer, the unzipper keeps what it is given.
      unzip.push(next.done === true ? new Uint8Array(0) : next.value.slice(), ended);
    } catch (error) {
      if (!ended) onCut(messageOf(error));
      ended = true;
    }
  };
  const bytesOf = function* (member: OpenMember): Generator<Uint8Array> {
    for (;;) {
      yield* member.ready.splice(0);
      if (member.done || ended) break;
      advance();
    }
    yield* member.ready.splice(0);
    if (member.failure !== null || !member.done) onCut(`${member.path}: ${member.failure ?? 'ends inside a member'}`);
  };
  for (;;) {
    const member = members.shift();
    if (member !== undefined) {
      if (!member.path.endsWith('/')) yield { path: member.path, chunks: bytesOf(member) };
    } else if (ended) return;
    else advance();
  }
}
