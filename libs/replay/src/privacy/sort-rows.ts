type Labels = readonly (string | null)[];

/** The order of rows in a table: by label after label, by code unit, the unknown (`null`) last. */
export function compareLabels(left: Labels, right: Labels): number {
  for (const [at, label] of left.entries()) {
    const other = right[at] ?? null;
    if (label === other) continue;
    if (label === null) return 1;
    return other === null || label < other ? -1 : 1;
  }
  return 0;
}

/**
 * The rows in the order of a table. Throws `RangeError` when two rows have the same labels: no line would then have one
 * row a label, and subtraction could no longer be guarded.
 */
export function sortRows<Row extends { labels: Labels }>(rows: readonly Row[]): Row[] {
  const sorted = rows.toSorted((left, right) => compareLabels(left.labels, right.labels));
  const twice = sorted.find((row, at) => at > 0 && compareLabels(row.labels, sorted[at - 1]!.labels) === 0);
  if (twice)
    throw new RangeError(`Two rows have the labels ${JSON.stringify(twice.labels)}; add them up first.`);
  return sorted;
}
