import { noCounts } from '../figures/window-figures.js';
import { clientCounts, type ClientCounts } from '../run/replay-slice.js';
import { guardCounts } from './guard-counts.js';
import { guardWindow } from './guard-window.js';
import { privacyRule, withoutPrivacy } from './privacy-rule.js';

const k10 = privacyRule('k10')!;

describe('counts of people', () => {
  const counts = (changes: Partial<ClientCounts>): ClientCounts => ({
    ...(Object.fromEntries(clientCounts.map((name) => [name, 40])) as ClientCounts),
    ...changes,
  });

  it('are rounded, and those of few withheld', () => {
    expect(guardCounts(counts({ clients: 44, open: 3 }), false, k10)).toMatchObject({
      clients: 40,
      open: null,
      daysGained: 40,
    });
  });

  it.each([
    ['few gained', { gaining: 3 }, false],
    ['few lost', { losing: 9 }, false],
    ['the change of covered days is not told', {}, true],
  ])('come without days gained and lost where %s', (_, changes, hidesCovered) => {
    expect(guardCounts(counts(changes), hidesCovered, k10)).toMatchObject({
      daysGained: null,
      daysLost: null,
    });
  });
});

describe('a window', () => {
  const of = (clients: number, opened: number): ReturnType<typeof noCounts> => ({
    ...noCounts(),
    clients,
    opened,
    offeredDays: 42 * opened,
  });
  const window = (baseline: number, alternative: number, changedClients: number) => ({
    window: 'handover',
    baseline: of(baseline, 2 * baseline),
    alternative: of(alternative, 2 * alternative),
    change: of(alternative - baseline, 2 * (alternative - baseline)),
    changedClients,
  });

  it('is told by people, not by runs', () => {
    expect(guardWindow(window(0, 6, 6), k10).alternative.opened).toBeNull();
    expect(guardWindow(window(0, 20, 20), k10).alternative).toMatchObject({ clients: 20, opened: 40 });
  });

  it('rounds days that others tell of as well', () => {
    expect(guardWindow(window(0, 20, 20), k10).change.offeredDays).toBe(1_500);
    expect(guardWindow(window(0, 20, 20), withoutPrivacy).change.offeredDays).toBe(1_680);
  });

  it('tells one side where few differ', () => {
    const { baseline, alternative } = guardWindow(window(20, 23, 3), k10);
    expect([baseline.opened, alternative.opened]).toEqual([40, null]);
  });
});
