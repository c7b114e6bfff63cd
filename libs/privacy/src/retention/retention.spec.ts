import { readFileSync } from 'node:fs';
import { formatDay, parseDay } from '@domeinbrug/calendar';
import { eventCatalogue } from '@domeinbrug/journey';
import { retentionOf, type KeptEvent } from './past-terms.js';
import { readRetentionTerms, retentionRoles, RetentionRefused, termOn } from './retention-terms.js';

const shipped = readRetentionTerms(readFileSync('retention/terms.yaml', 'utf8'), 'retention/terms.yaml');
const event = (role: KeptEvent['role'], type: string, day: string): KeptEvent => ({
  role,
  type,
  recordedOn: parseDay(day),
});

describe('the shipped terms', () => {
  it('say of every sender and type how long, by which article, and how sure that is', () => {
    for (const role of retentionRoles) {
      for (const type of Object.keys(eventCatalogue)) {
        const term = termOn(shipped, role, type, parseDay('2025-01-01'));
        expect([role, type, term?.article]).toEqual([role, type, expect.stringMatching(/./)]);
      }
    }
  });

  it.each([
    ['2019-12-31', 'client-admitted', 15],
    ['2020-01-01', 'client-admitted', 20],
    ['2025-01-01', 'wmo-support-started', 15],
  ])('on %s keep a provider’s %s for %i years', (day, type, years) => {
    expect(termOn(shipped, 'provider', type, parseDay(day))!.years).toBe(years);
  });
});

describe('a client’s events', () => {
  const decision = event('municipality', 'wmo-decision-issued', '2009-03-04');
  const on = (day: string, ...events: KeptEvent[]) => retentionOf(events, shipped, parseDay(day));

  it('are past their term from the day on which it is over, and not the day before', () => {
    expect(on('2024-03-03', decision)).toMatchObject({ past: [], keptThrough: parseDay('2024-03-03') });
    const { past, keptThrough } = on('2024-03-04', decision);
    expect([past.map(({ since }) => formatDay(since)), keptThrough]).toEqual([['2024-03-04'], null]);
  });

  it('are counted from the sender’s last change where the file counts as a whole', () => {
    const admitted = event('provider', 'client-admitted', '2000-01-01');
    expect(on('2025-01-01', admitted).past).toHaveLength(1);
    const later = event('provider', 'client-discharged', '2010-06-01');
    const kept = on('2025-01-01', admitted, later);
    expect([kept.past, formatDay(kept.keptThrough!)]).toEqual([[], '2030-05-31']);
    const ofAnother = event('insurer', 'insurance-changed', '2024-06-01');
    expect(on('2025-01-01', admitted, ofAnother).past.map(({ role }) => role)).toEqual(['provider']);
  });

  it('are told together by sender and type', () => {
    const second = { ...decision, recordedOn: parseDay('2008-01-01') };
    expect(on('2025-01-01', decision, second).past).toEqual([
      expect.objectContaining({ events: 2, since: parseDay('2023-01-01') }),
    ]);
  });

  it('are never past a term that nobody gave', () => {
    const none = shipped.filter(({ role }) => role !== 'insurer');
    const events = [event('insurer', 'insurance-ended', '1990-01-01')];
    expect(retentionOf(events, none, parseDay('2025-01-01'))).toEqual({
      past: [],
      keptThrough: null,
      withoutTerm: 1,
    });
  });
});

describe('terms that cannot be used', () => {
  it('are refused with all that is wrong', () => {
    const text = `schema: domeinbrug/retention/1
terms:
  - { role: nobody, types: [no-such-type], years: 0, counted: never, validFrom: 2025-02-30, certainty: sure, more: 1 }`;
    const read = () => readRetentionTerms(text, 'own.yaml');
    expect(read).toThrow(RetentionRefused);
    for (const field of ['role', 'types', 'years', 'counted', 'validFrom', 'article', 'certainty', 'more'])
      expect(read).toThrow(`terms[0].${field}: `);
  });

  it.each([
    ['schema: other', 'schema: write'],
    ['schema: domeinbrug/retention/1', 'terms: give at least one'],
    ['a: [', 'own.yaml'],
  ])('such as %s', (text, sentence) => expect(() => readRetentionTerms(text, 'own.yaml')).toThrow(sentence));
});
