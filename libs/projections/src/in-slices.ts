/** A statement of PostgreSQL takes 65,535 values and one of SQLite 32,766; text of rows is cut for the sake of memory. */
const most = 10_000;

/** So many at a time, in order. */
export function* inSlices<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += most) yield all.slice(start, start + most);
}
