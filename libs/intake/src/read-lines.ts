/** One line without its end, numbered from 1; without text when it could not be read. */
export type Line = {
  number: number;
  /** The first byte after the line and its end: where reading may begin again. */
  end: number;
} & ({ text: string } | { text?: undefined; failure: 'too-long' | 'not-utf8' });

/** How much of a file lies behind the reader: lines, and the bytes that they and their ends take. */
export interface Behind {
  lines: number;
  bytes: number;
}

const lineFeed = 0x0a;

/**
 * Splits a stream of UTF-8 into its lines, leaving out those with white space only; gives those of one chunk together.
 * Holds at most one line of `maxBytes` and one chunk; of a longer line only the number is kept.
 * @param behind what the stream leaves out, when it begins in the middle of a file
 */
export async function* readLines(
  stream: AsyncIterable<Uint8Array | string>,
  maxBytes: number,
  behind: Behind = { lines: 0, bytes: 0 },
): AsyncGenerator<Line[]> {
  let number = behind.lines + 1;
  let chunkStart = behind.bytes;
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  const hold = (piece: Uint8Array): void => {
    bytes += piece.length;
    if (bytes > maxBytes) pieces = [];
    else pieces.push(piece);
  };
  for await (const chunk of stream) {
    const buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    const lines: Line[] = [];
    let start = 0;
    for (let end = buffer.indexOf(lineFeed); end >= 0; end = buffer.indexOf(lineFeed, start)) {
      hold(buffer.subarray(start, end));
      const line = lineOf(pieces, bytes > maxBytes);
      if (line) lines.push({ number, end: chunkStart + end + 1, ...line });
      [number, pieces, bytes, start] = [number + 1, [], 0, end + 1];
    }
    hold(buffer.subarray(start));
    chunkStart += buffer.length;
    if (lines.length > 0) yield lines;
  }
  const last = lineOf(pieces, bytes > maxBytes);
  if (last) yield [{ number, end: chunkStart, ...last }];
}

type LineText = { text: string } | { failure: 'too-long' | 'not-utf8' };

/** Nothing for a line with white space only. */
function lineOf(pieces: Uint8Array[], tooLong: boolean): LineText | undefined {
  if (tooLong) return { failure: 'too-long' };
  const text = decoded(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces));
  if (text === undefined) return { failure: 'not-utf8' };
  return text.trim() === '' ? undefined : { text };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Without a byte order mark; `undefined` when the bytes are no UTF-8. */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
