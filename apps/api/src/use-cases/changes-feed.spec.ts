import type { CoverRow } from '@domeinbrug/coverage';
import type { ChangeEntry } from '@domeinbrug/projections';
import { seenEntry, type FeedReader } from './changes-feed.js';

const [mine, other] = ['65656055', '41414141'];
const row = (provider: string): CoverRow =>
  ({
    service: 'guidance',
    provider,
    because: { opened: [], closed: [], parameters: [] },
  }) as unknown as CoverRow;
const entry = (before: CoverRow | null, after: CoverRow | null): ChangeEntry => ({
  position: '7',
  ordinal: 1,
  clientId: 'client0001',
  funder: 'municipality:0363',
  provider: (after ?? before)!.provider,
  formerProvider: null,
  recordedAt: 0,
  causedBy: [],
  change: 'changed',
  before,
  after,
});

const asFunder: FeedReader = {
  of: { funder: 'municipality:0363' },
  asker: { kind: 'municipality', code: '0363', scopes: [], purpose: '' },
};
const asProvider = (provider: string): FeedReader => ({
  of: { provider },
  asker: { kind: 'provider', code: provider, scopes: [], purpose: '' },
});

describe('an entry of the feed', () => {
  it('is whole for the funder that pays', () => {
    const seen = seenEntry(entry(row(other), row(mine)), asFunder);
    expect(seen).toMatchObject({ change: 'changed', before: row(other), after: row(mine) });
    expect(seen.recordedAt).toBe('1970-01-01T00:00:00.000Z');
  });

  it('tells a provider of a row that went to another what it was, and nothing of the other', () => {
    const moved = entry(row(mine), row(other));
    expect(seenEntry(moved, asProvider(mine))).toMatchObject({
      change: 'withdrawn',
      before: row(mine),
      after: null,
    });
    expect(seenEntry(moved, asProvider(other))).toMatchObject({
      change: 'added',
      before: null,
      after: row(other),
    });
  });

  it('says changed to a provider that kept the row', () => {
    expect(seenEntry(entry(row(mine), row(mine)), asProvider(mine)).change).toBe('changed');
    expect(seenEntry(entry(row(mine), null), asProvider(mine)).change).toBe('withdrawn');
  });
});
