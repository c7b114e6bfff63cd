import { OPEN_END } from '@domeinbrug/calendar';
import { NONE } from '@domeinbrug/journey';
import { EXTENSION } from './kinds.js';
import type { FactRow } from './rows.js';
import { boundsOf, KIND, numberAt, type FactColumns } from './segment.js';

/**
 * Goes through a client's current facts as `readFacts` gives them, one at a time: it is itself the row, and its
 * numbers hold until the next. For those that read millions: rows cost no memory, and only what is asked for is read.
 */
export class FactCursor implements FactRow {
  kind = 0;
  private row = 0;
  private isExtended = false;
  private following = 0;
  private end = 0;

  constructor(private readonly columns: FactColumns) {}

  /** Before the first fact of a block. */
  begin(start: number, count: number): this {
    [this.following, this.end] = boundsOf(this.columns, start, count);
    return this;
  }

  /** Stands at the next fact; `false` when there is none. */
  next(): boolean {
    if (this.following >= this.end) return false;
    this.isExtended = this.columns.kind[this.following] === EXTENSION;
    if (this.isExtended) this.following++;
    this.row = this.following++;
    this.kind = this.columns.kind[this.row]! & KIND;
    return true;
  }

  get from(): number {
    return numberAt(this.columns.from, this.row, this.isExtended, NONE);
  }

  get until(): number {
    return numberAt(this.columns.until, this.row, this.isExtended, OPEN_END);
  }

  get code(): number {
    return numberAt(this.columns.code, this.row, this.isExtended, NONE);
  }

  get provider(): number {
    return numberAt(this.columns.provider, this.row, this.isExtended, NONE);
  }

  get extra(): number {
    return numberAt(this.columns.extra, this.row, this.isExtended, NONE);
  }
}
