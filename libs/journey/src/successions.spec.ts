import { parseDay } from '@domeinbrug/calendar';
import { days } from '../../../test/build/answers.js';
import { event, momentOf, moved, registered, wmo, wmoEnded } from '../../../test/build/events.js';
import { foldJourney } from './fold-journey.js';
import type { JourneyEvent } from './journey-event.js';
import type { JourneyFacts } from './journey-facts.js';
import type { CodeSuccession } from './reference.js';

const later = momentOf('2030-01-01T00:00:00Z');
const succeeded = (
  code: number,
  by: number,
  firstDay: string,
  more: Partial<CodeSuccession> = {},
): CodeSuccession => ({
  source: 'urn:domeinbrug',
  id: `${code}-${by}-${firstDay}`,
  level: 'municipality',
  code,
  by,
  firstDay: parseDay(firstDay),
  recordedAt: momentOf('2025-12-01T00:00:00Z'),
  ...more,
});
const foldWith = (successions: CodeSuccession[], events: JourneyEvent[], knownAt = later): JourneyFacts =>
  foldJourney(events, knownAt, { successions, codes: null });
const homesOf = (successions: CodeSuccession[], ...events: JourneyEvent[]): string[] =>
  foldWith(successions, events).homes.map((home) => `${home.code} ${days(home)}`);

describe('a merger', () => {
  const merger = succeeded(363, 9001, '2026-01-01');

  it('gives who lives there another home from its first day on', () => {
    expect(homesOf([merger], registered('2024-01-01'))).toEqual([
      '363 2024-01-01 - 2025-12-31',
      '9001 2026-01-01 - open',
    ]);
  });

  it('is what ended the one and opened the other', () => {
    const { homes, events } = foldWith([merger], [registered('2024-01-01')]);
    expect(events[homes[0]!.ended]).toMatchObject({ type: 'code-succeeded', id: merger.id });
    expect(events[homes[1]!.opened]).toMatchObject({ type: 'code-succeeded', id: merger.id });
  });

  it('is followed through the next one, whatever order they came in', () => {
    const next = succeeded(9001, 9002, '2027-01-01');
    for (const all of [
      [merger, next],
      [next, merger],
    ]) {
      expect(homesOf(all, registered('2024-01-01'))).toEqual([
        '363 2024-01-01 - 2025-12-31',
        '9001 2026-01-01 - 2026-12-31',
        '9002 2027-01-01 - open',
      ]);
    }
  });

  it('and the next on one day are one step', () => {
    const next = succeeded(9001, 9002, '2026-01-01');
    expect(homesOf([merger, next], registered('2024-01-01'))).toEqual([
      '363 2024-01-01 - 2025-12-31',
      '9002 2026-01-01 - open',
    ]);
  });

  it('reads a registration under the old code after its first day as one under the new', () => {
    expect(homesOf([merger], registered('2026-03-01'))).toEqual(['9001 2026-03-01 - open']);
  });

  it('leaves alone who moved away before it, and touches nobody who never lived there', () => {
    const away = [registered('2024-01-01'), moved('0344', '2025-06-01')];
    expect(homesOf([merger], ...away)).toEqual(['363 2024-01-01 - 2025-05-31', '344 2025-06-01 - open']);
    const elsewhere = foldWith([merger], [registered('2024-01-01', { municipality: '0344' })]);
    expect(elsewhere.events).toHaveLength(1);
    expect(elsewhere.successions).toEqual([]);
  });

  it('is no move', () => {
    const moveTo = (municipality: string): string[] =>
      foldWith([merger], [registered('2024-01-01'), moved(municipality, '2026-01-01')]).triggers.move.map(
        (day) => days({ from: day, until: day + 1 }).slice(0, 10),
      );
    expect(foldWith([merger], [registered('2024-01-01')]).triggers.move).toEqual([]);
    expect(moveTo('9001')).toEqual([]);
    expect(moveTo('0344')).toEqual(['2026-01-01']);
  });

  it('takes no part before it was recorded', () => {
    const before = momentOf('2025-11-30T00:00:00Z');
    expect(foldWith([merger], [registered('2024-01-01')], before)).toEqual(
      foldWith([], [registered('2024-01-01')], before),
    );
  });

  it('is put right by a later line about the same code, and taken back by one that names the code itself', () => {
    const right = succeeded(363, 9002, '2027-01-01', { recordedAt: momentOf('2025-12-02T00:00:00Z') });
    const back = succeeded(363, 363, '2026-01-01', { recordedAt: momentOf('2025-12-03T00:00:00Z') });
    expect(homesOf([right, merger], registered('2024-01-01'))).toEqual([
      '363 2024-01-01 - 2026-12-31',
      '9002 2027-01-01 - open',
    ]);
    expect(homesOf([back, right, merger], registered('2024-01-01'))).toEqual(['363 2024-01-01 - open']);
  });

  it('of codes that succeed each other in a circle ends too', () => {
    const circle = [succeeded(363, 9001, '2026-01-01'), succeeded(9001, 363, '2027-01-01')];
    expect(homesOf(circle, registered('2024-01-01')).length).toBeGreaterThan(0);
  });

  it.each([
    ['insurer', 3311, 'insured'],
    ['care-office', 5515, 'careOffices'],
  ] as const)('of an %s moves that alone', (level, code, line) => {
    const merged = foldWith(
      [succeeded(code, 7777, '2026-01-01', { level })],
      [registered('2024-01-01', { insurer: '3311', careOffice: '5515' })],
    );
    expect(merged[line].map((fact) => fact.code)).toEqual([code, 7777]);
    expect(merged.homes.map((home) => home.code)).toEqual([363]);
  });
});

describe('a decision', () => {
  const merger = succeeded(363, 9001, '2026-01-01');

  it.each([
    ['the old municipality is ended by the new one', '0363', '9001'],
    ['the new municipality is ended by the old one', '9001', '0363'],
  ])('of %s', (_, decidedBy, endedBy) => {
    const events = [
      wmo(['guidance'], '2026-02-01', { municipality: decidedBy }),
      wmoEnded('2026-05-31', { municipality: endedBy }),
    ];
    expect(foldWith([merger], events).claims.map(days)).toEqual(['2026-02-01 - 2026-05-31']);
    expect(foldWith([], events).claims.map(days)).toEqual(['2026-02-01 - open']);
  });

  const twoBecome1999 = [succeeded(363, 1999, '2027-01-01'), succeeded(394, 1999, '2027-01-01')];
  const ofTwo = [
    wmo(['guidance'], '2022-01-01', { municipality: '0363', lastDay: '2023-12-31' }),
    wmo(['household-help'], '2022-02-01', { municipality: '0394' }),
  ];
  const claimsAfter = (...events: JourneyEvent[]): string[] =>
    foldWith(twoBecome1999, events).claims.map((claim) => `${claim.municipality} ${days(claim)}`);

  it('is not ended by a later merger with one that had a decision of the same number', () => {
    expect(claimsAfter(...ofTwo, wmoEnded('2022-06-30', { municipality: '0394' })).sort()).toEqual([
      '363 2022-01-01 - 2023-12-31',
      '394 2022-02-01 - 2022-06-30',
    ]);
  });

  it('is not ended by one that was a stranger on that day, also when that one has none of the number', () => {
    expect(claimsAfter(ofTwo[0]!, wmoEnded('2022-06-30', { municipality: '0394' }))).toEqual([
      '363 2022-01-01 - 2023-12-31',
    ]);
  });

  it('of the old municipality is ended by its successor on a day before the merger too', () => {
    expect(claimsAfter(ofTwo[0]!, wmoEnded('2022-06-30', { municipality: '1999' }))).toEqual([
      '363 2022-01-01 - 2022-06-30',
    ]);
  });

  it('of the successor itself is the one that it ends', () => {
    const own = wmo(['guidance'], '2027-02-01', { municipality: '1999' });
    expect(claimsAfter(ofTwo[1]!, own, wmoEnded('2027-03-31', { municipality: '1999' }))).toEqual([
      '394 2022-02-01 - open',
      '1999 2027-02-01 - 2027-03-31',
    ]);
  });
});

describe('what is known beside the events', () => {
  const tables = { municipality: new Set([363]), insurer: null, 'care-office': new Set([5515]) };
  const findings = (event: JourneyEvent, successions: CodeSuccession[] = []): string[] =>
    foldJourney([event], later, { successions, codes: tables }).findings.map(
      ({ code, text }) => `${code}: ${text}`,
    );

  it('finds a code that no list has, and none where there is no list', () => {
    const known = { insurer: '1234', careOffice: '5515' };
    expect(findings(registered('2024-01-01', known))).toEqual([]);
    expect(findings(registered('2024-01-01', { ...known, municipality: '0999' }))).toEqual([
      'unknown-code: Municipality 0999 stands in no list of codes and in no merger that is known here.',
    ]);
  });

  it('knows the codes that a merger names', () => {
    const old = registered('2024-01-01', { municipality: '0999', insurer: '1234', careOffice: '5515' });
    expect(findings(old, [succeeded(999, 363, '2026-01-01')])).toEqual([]);
  });

  it('finds a key that another client has too, from the moment it does', () => {
    const mine = event('client-died', { day: '2024-01-01' });
    const sharedKeys = [{ source: mine.source, id: mine.id, recordedAt: momentOf('2025-01-01T00:00:00Z') }];
    const found = (knownAt: string): string[] =>
      foldJourney([mine], momentOf(knownAt), { successions: [], codes: null, sharedKeys }).findings.map(
        ({ code }) => code,
      );
    expect(found('2024-12-31T00:00:00Z')).toEqual([]);
    expect(found('2025-01-01T00:00:00Z')).toEqual(['duplicate-key']);
  });
});
