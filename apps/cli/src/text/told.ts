/** `1,234`, with a sign where it is a change, `…` where it is not told. */
export function told(count: number | null, isChange = false): string {
  if (count === null) return '…';
  return `${isChange && count > 0 ? '+' : ''}${count.toLocaleString('en-GB')}`;
}
