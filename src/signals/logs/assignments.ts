/** Which row every event went to, in order; kept only for those who ask. */
import { currentRow, type Row } from './rows.ts';

const CHUNK = 65_536;
const FIELDS = 3;

/** Three 32-bit numbers an event: first line, number of lines, row; streams apart. */
export class Assignments {
  private readonly rows: Row[] = [];
  private readonly rowIndex = new Map<Row, number>();
  private readonly streams = new Map<string, Int32Array[]>();
  private readonly lengths = new Map<string, number>();

  /** @param line from 1 */
  add(stream: string, line: number, lines: number, row: Row): void {
    let index = this.rowIndex.get(row);
    if (index === undefined) {
      index = this.rows.length;
      this.rows.push(row);
      this.rowIndex.set(row, index);
    }
    const length = this.lengths.get(stream) ?? 0;
    let chunks = this.streams.get(stream);
    if (chunks === undefined) this.streams.set(stream, (chunks = []));
    const offset = length % CHUNK;
    if (offset === 0) chunks.push(new Int32Array(CHUNK * FIELDS));
    const chunk = chunks[chunks.length - 1];
    chunk?.set([line, lines, index], offset * FIELDS);
    this.lengths.set(stream, length + 1);
  }

  /** Events of each stream by first line, streams in the order they were first seen. */
  *list(): Generator<{ stream: string; line: number; lines: number; row: Row }> {
    for (const [stream, chunks] of this.streams) {
      const length = this.lengths.get(stream) ?? 0;
      for (let i = 0; i < length; i++) {
        const chunk = chunks[Math.floor(i / CHUNK)];
        const at = (i % CHUNK) * FIELDS;
        const row = this.rows[chunk?.[at + 2] ?? -1];
        if (row !== undefined) yield { stream, line: chunk?.[at] ?? 0, lines: chunk?.[at + 1] ?? 0, row: currentRow(row) };
      }
    }
  }
}
