/** The secret half of an Amazon Web Services key pair behind its public half, as lists and commands of many tools write the two. */
import type { SpanSink } from './mask-span.ts';
import { isTokenLike, shapeOf } from './value-shape.ts';

/** 40 characters of base64 (AWS, Managing access keys) after a separator. */
const SECRET_HALF = /\\*["']?[ \t]*[,;:|/ \t][ \t]*\\*["']?([A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=])/y;

/** Handles what follows an access key that ends at `end`; returns where to go on. */
export const maskSecretHalf = (text: string, end: number, sink: SpanSink): number => {
  SECRET_HALF.lastIndex = end;
  const secret = SECRET_HALF.exec(text)?.[1];
  if (secret === undefined || shapeOf(secret).hexOnly || !isTokenLike(secret)) return end;
  return sink.add(SECRET_HALF.lastIndex - secret.length, SECRET_HALF.lastIndex, 'secret:aws-secret-key');
};
