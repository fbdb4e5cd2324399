/** Bytes of unknown encoding ► UTF-8 text bytes. Looks at the first bytes once, then passes on without copying. */
import { type ContentKind, detectContent } from './detect-content.ts';

/** Enough to judge by; smaller first chunks (pipes) are gathered up to this. */
const HEAD_BYTES = 1024;

export interface TextSink {
  /** The chunk's memory may be used again after the call. */
  write(chunk: Uint8Array): void;
  end(): void;
  /** Null until enough was seen. */
  readonly content: ContentKind | null;
}

/**
 * @param accept decides on content that is no text (archives, binary data); false drops everything
 */
export const createTextSink = (onText: (bytes: Uint8Array) => void, accept: (content: ContentKind) => boolean): TextSink => {
  let head: Uint8Array | null = new Uint8Array(0);
  let content: ContentKind | null = null;
  let dropped = false;
  let decoder: InstanceType<typeof TextDecoder> | null = null;

  const pass = (chunk: Uint8Array): void => {
    if (dropped || chunk.length === 0) return;
    if (decoder === null) onText(chunk);
    else onText(Buffer.from(decoder.decode(chunk, { stream: true })));
  };
  const begin = (first: Uint8Array): void => {
    head = null;
    content = detectContent(first);
    if (content.kind === 'utf-16le' || content.kind === 'utf-16be') decoder = new TextDecoder(content.kind);
    else if (content.kind !== 'text') dropped = !accept(content);
    pass(content.kind === 'text' ? first.subarray(content.skipBytes) : first);
  };
  return {
    get content() {
      return content;
    },
    write: (chunk) => {
      if (head === null) pass(chunk);
      else if (head.length + chunk.length >= HEAD_BYTES) begin(head.length === 0 ? chunk : Buffer.concat([head, chunk]));
      else head = Buffer.concat([head, chunk]);
    },
    end: () => {
      if (head !== null && head.length > 0) begin(head);
      if (decoder !== null && !dropped) onText(Buffer.from(decoder.decode()));
    },
  };
};
