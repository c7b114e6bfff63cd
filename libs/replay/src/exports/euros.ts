/** Whole cents as euros with two decimals, such as `-12.05`; no rounding takes place. */
export function eurosOf(cents: number): string {
  const whole = Math.abs(cents);
  const euros = `${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;
  return cents < 0 ? `-${euros}` : euros;
}
