import { fstatSync, readSync } from 'node:fs';

const WINDOW_BYTES = 1 << 20;

/** Reads a file from its beginning to its end, in large bites. */
export class FileCursor {
  private readonly window = Buffer.alloc(WINDOW_BYTES);
  private windowStart = 0;
  private windowEnd = 0;
  offset = 0;
  readonly size: number;

  constructor(private readonly fd: number) {
    this.size = fstatSync(fd).size;
  }

  get left(): number {
    return this.size - this.offset;
  }

  skip(bytes: number): void {
    this.offset += bytes;
  }

  /** So many bytes, at most a window; good until the next read. The caller sees to it that they are there. */
  take(bytes: number): Buffer {
    if (this.offset < this.windowStart || this.offset + bytes > this.windowEnd) {
      this.windowStart = this.offset;
      this.windowEnd = this.offset + readSync(this.fd, this.window, 0, WINDOW_BYTES, this.offset);
    }
    const start = this.offset - this.windowStart;
    this.offset += bytes;
    return this.window.subarray(start, start + bytes);
  }

  /** Fills a part of memory. */
  into(target: Uint8Array): void {
    for (let done = 0; done < target.length;) {
      const some = Math.min(target.length - done, WINDOW_BYTES);
      target.set(this.take(some), done);
      done += some;
    }
  }
}
