/** One line without its end, numbered from 1; without text when it could not be read. */
export type Line =
  { number: number; text: string } | { number: number; text?: undefined; failure: 'too-long' | 'not-utf8' };

const lineFeed = 0x0a;

/**
 * Splits a stream of UTF-8 into its lines, leaving out those with white space only. Holds at most one line of
 * `maxBytes` and one chunk; of a longer line only the number is kept.
 */
export async function* readLines(
  stream: AsyncIterable<Uint8Array | string>,
  maxBytes: number,
): AsyncGenerator<Line> {
  let number = 1;
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  const hold = (piece: Uint8Array): void => {
    bytes += piece.length;
    if (bytes > maxBytes) pieces = [];
    else pieces.push(piece);
  };
  for await (const chunk of stream) {
    const buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    let start = 0;
    for (let end = buffer.indexOf(lineFeed); end >= 0; end = buffer.indexOf(lineFeed, start)) {
      hold(buffer.subarray(start, end));
      yield* lineOf(number, pieces, bytes > maxBytes);
      [number, pieces, bytes, start] = [number + 1, [], 0, end + 1];
    }
    hold(buffer.subarray(start));
  }
  yield* lineOf(number, pieces, bytes > maxBytes);
}

function* lineOf(number: number, pieces: Uint8Array[], tooLong: boolean): Generator<Line> {
  if (tooLong) {
    yield { number, failure: 'too-long' };
    return;
  }
  const text = decoded(Buffer.concat(pieces));
  if (text === undefined) yield { number, failure: 'not-utf8' };
  else if (text.trim() !== '') yield { number, text };
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
