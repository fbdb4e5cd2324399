/** Numbers for names that repeat by the thousand: a string is made of a name's bytes once. */
import { hashBytes, hashText } from './byte-hash.ts';
import { KeyIndex } from './key-index.ts';

const decoder = new TextDecoder('utf-8');

/** UTF-8 to text; invalid bytes become U+FFFD. */
export const textOfBytes = (bytes: Uint8Array, start: number, end: number): string => decoder.decode(bytes.subarray(start, end));

/** Distinct names whose numbers are remembered by their bytes; more have to be decoded each time, and are still told apart. */
const MAX_KNOWN = 200_000;

export class ByteNames {
  readonly names: string[] = [];
  private readonly numberOfKey = new KeyIndex();
  private readonly numberOfText = new Map<string, number>();

  ofBytes(bytes: Uint8Array, start: number, end: number): number {
    const key = hashBytes(bytes, start, end);
    const known = this.numberOfKey.get(key);
    return known >= 0 ? known : this.learn(key, textOfBytes(bytes, start, end));
  }

  ofText(text: string): number {
    return this.numberOfText.get(text) ?? this.learn(hashText(text), text);
  }

  private learn(key: number, text: string): number {
    let number = this.numberOfText.get(text);
    if (number === undefined) {
      number = this.names.length;
      this.names.push(text);
      this.numberOfText.set(text, number);
    }
    if (this.numberOfKey.size < MAX_KNOWN) this.numberOfKey.add(key, number);
    return number;
  }
}
