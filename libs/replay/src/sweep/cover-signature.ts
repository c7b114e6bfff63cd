import type { Outcome } from '@domeinbrug/coverage';

/** Who pays, on which days: two covers are the same when their pieces, {@link joined}, say the same. */
export function signatureOf(
  service: number,
  from: number,
  until: number,
  { payments, gap }: Outcome,
): string {
  if (payments.length === 0 && gap === null) return '';
  const paid = payments
    .map(({ funderKind, code, share, kind, rule, provider }) =>
      [funderKind, code, share, kind, rule, provider].join(),
    )
    .join('+');
  return `${service}|${from}|${until}|${paid}|${gap ?? ''}`;
}

/** Pieces that touch and say the same are one, however they were cut. */
export function joined(pieces: readonly string[]): string {
  const whole: { service: string; from: number; until: number; what: string }[] = [];
  for (const piece of pieces) {
    if (piece === '') continue;
    const [service, from, until, ...what] = piece.split('|') as [string, string, string, ...string[]];
    const last = whole.at(-1);
    const said = what.join('|');
    if (last?.service === service && last.until === Number(from) && last.what === said)
      last.until = Number(until);
    else whole.push({ service, from: Number(from), until: Number(until), what: said });
  }
  return whole.map((each) => Object.values(each).join('|')).join('\n');
}
