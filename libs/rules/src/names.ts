import { nearestName } from '@domeinbrug/terms';

/** The value of a key that the record itself has; never one that every object has, such as `constructor`. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** ` Did you mean guidance?`, or nothing when no name is near; follows a sentence. */
export function suggestion(written: string, known: Iterable<string>): string {
  const nearest = nearestName(written, known);
  return nearest === undefined ? '' : ` Did you mean ${nearest}?`;
}
