import {
  visibleToFunder,
  type CoverLike,
  type FunderAsker,
  type FunderLine,
  type GapLike,
} from './funder-view.js';

const municipality: FunderAsker = { kind: 'municipality', code: '0363' };
const insurer: FunderAsker = { kind: 'insurer', code: '3311' };
const careOffice: FunderAsker = { kind: 'care-office', code: '5515' };

const admitted = { source: 'urn:nld:agb:65656055:systeem:ecd', id: 'adm', type: 'client-admitted' };
const decided = { source: 'urn:nld:gemeentecode:0363:systeem:wmo', id: 'dec', type: 'wmo-decision-issued' };
const because = (...opened: CoverLike['because']['opened']): CoverLike['because'] => ({
  opened,
  closed: [],
  parameters: [{ name: 'undelivered' }],
});

type Row = CoverLike & { provider: string | null; rule: string };

function row(
  service: string,
  firstDay: string,
  lastDay: string | null,
  funder: string,
  more: Partial<Row> = {},
): Row {
  const law =
    { municipality: 'wmo', insurer: 'zvw', 'care-office': 'wlz', pool: null }[funder.split(':')[0]!] ?? null;
  const base = { service, firstDay, lastDay, funder, law, share: 100, kind: 'regular', provider: '65656055' };
  return { ...base, rule: 'table', because: because(admitted), ...more };
}

function gap(service: string, firstDay: string, lastDay: string | null): GapLike & { reason: string } {
  return { service, firstDay, lastDay, reason: 'excluded-by-wlz', because: because(decided) };
}

const laws: Record<string, string> = { guidance: 'wmo', 'household-help': 'wmo', 'district-nursing': 'zvw' };
const lawOfService = (service: string): string | undefined => laws[service];

const atHome: FunderLine[] = [
  { firstDay: '2023-01-01', lastDay: null, municipality: '0363', insurer: '3311', careOffice: '5515' },
];

function timeline(cover: Row[], gaps: ReturnType<typeof gap>[] = []) {
  return {
    clientId: 'CLIENT0001',
    cover,
    gaps,
    minutes: [] as { service: string; day: string; funded: number }[],
    findings: [] as { code: string; events: (typeof admitted)[] }[],
  };
}

const hidden = {
  funder: null,
  provider: null,
  rule: null,
  because: { opened: [], closed: [], parameters: [] },
};

describe('visibleToFunder', () => {
  it('shows nothing of a client for whom the funder neither pays nor answers', () => {
    const all = timeline([row('residence', '2024-01-01', null, 'care-office:5515')]);
    expect(visibleToFunder(all, municipality, lawOfService, atHome)).toBeUndefined();
    expect(visibleToFunder(all, { ...careOffice, code: '5532' }, lawOfService, atHome)).toBeUndefined();
    expect(visibleToFunder(timeline([]), municipality, lawOfService, atHome)).toBeUndefined();
  });

  it('does not take a code of one kind for the same code of another', () => {
    const all = timeline([row('guidance', '2024-01-01', null, 'municipality:3311')]);
    expect(visibleToFunder(all, insurer, lawOfService, [])).toBeUndefined();
  });

  it('shows its own rows whole', () => {
    const own = row('guidance', '2024-01-01', '2024-03-31', 'municipality:0363');
    expect(visibleToFunder(timeline([own]), municipality, lawOfService, atHome)).toEqual(timeline([own]));
  });

  it('shows of others’ rows only service, law, kind, days and share, clipped to its own days', () => {
    const own = row('guidance', '2024-02-01', '2024-02-29', 'municipality:0363');
    const other = row('district-nursing', '2024-01-01', null, 'insurer:3311');
    const view = visibleToFunder(timeline([other, own]), municipality, lawOfService, atHome)!;
    expect(view.cover).toEqual([
      {
        service: 'district-nursing',
        firstDay: '2024-02-01',
        lastDay: '2024-02-29',
        law: 'zvw',
        kind: 'regular',
        share: 100,
        ...hidden,
      },
      own,
    ]);
    expect(JSON.stringify(view.cover[0])).not.toMatch(/3311|65656055|adm/);
  });

  it('splits another’s row where the funder’s days have a hole', () => {
    const view = visibleToFunder(
      timeline([
        row('guidance', '2024-01-01', '2024-01-10', 'municipality:0363'),
        row('guidance', '2024-02-01', '2024-02-10', 'municipality:0363'),
        row('district-nursing', '2024-01-05', '2024-02-05', 'insurer:3311'),
      ]),
      municipality,
      lawOfService,
      atHome,
    )!;
    const others = view.cover.filter(({ service }) => service === 'district-nursing');
    expect(others.map(({ firstDay, lastDay }) => [firstDay, lastDay])).toEqual([
      ['2024-01-05', '2024-01-10'],
      ['2024-02-01', '2024-02-05'],
    ]);
  });

  it('leaves out another’s row on days on which the funder has nothing', () => {
    const view = visibleToFunder(
      timeline([
        row('guidance', '2024-01-01', '2024-01-31', 'municipality:0363'),
        row('residence', '2024-02-01', null, 'care-office:5515'),
      ]),
      municipality,
      lawOfService,
      atHome,
    )!;
    expect(view.cover).toHaveLength(1);
  });

  it('does not show that another payer changed', () => {
    const view = visibleToFunder(
      timeline([
        row('guidance', '2023-12-01', '2024-01-31', 'municipality:0363'),
        row('district-nursing', '2023-12-01', '2023-12-31', 'insurer:3311'),
        row('district-nursing', '2024-01-01', '2024-01-31', 'insurer:0101'),
      ]),
      municipality,
      lawOfService,
      atHome,
    )!;
    const others = view.cover.filter(({ service }) => service === 'district-nursing');
    expect(others).toEqual([expect.objectContaining({ firstDay: '2023-12-01', lastDay: '2024-01-31' })]);
  });

  it('keeps two payers of one day two rows', () => {
    const half = { share: 50, kind: 'handover' };
    const view = visibleToFunder(
      timeline([
        row('guidance', '2024-01-01', '2024-01-31', 'municipality:0363'),
        row('case-management', '2024-01-01', '2024-01-31', 'insurer:3311', { ...half, law: null }),
        row('case-management', '2024-01-01', '2024-01-31', 'care-office:5515', { ...half, law: null }),
      ]),
      municipality,
      lawOfService,
      atHome,
    )!;
    expect(view.cover.filter(({ service }) => service === 'case-management')).toHaveLength(2);
  });

  it('shows a shared window: its own share whole, the other’s without payer', () => {
    const own = row('guidance', '2024-01-01', '2024-01-31', 'municipality:0363', {
      share: 40,
      kind: 'handover',
    });
    const other = row('guidance', '2024-01-01', '2024-01-31', 'care-office:5515', {
      share: 60,
      kind: 'handover',
    });
    const view = visibleToFunder(timeline([own, other]), municipality, lawOfService, atHome)!;
    expect(view.cover).toContain(own);
    expect(view.cover).toContainEqual(expect.objectContaining({ share: 60, law: 'wlz', ...hidden }));
  });

  it('treats a joint budget as another’s row, for no funder is a pool', () => {
    const own = row('guidance', '2024-01-01', '2024-01-31', 'municipality:0363');
    const pool = row('household-help', '2024-01-01', '2024-01-31', 'pool:grens', { kind: 'joint' });
    const view = visibleToFunder(timeline([own, pool]), municipality, lawOfService, atHome)!;
    expect(view.cover).toContainEqual(expect.objectContaining({ kind: 'joint', law: null, ...hidden }));
  });

  describe('gaps', () => {
    it('belong to the funder of the law that would pay outside the Wlz', () => {
      const all = timeline(
        [],
        [gap('guidance', '2024-01-01', '2024-01-31'), gap('district-nursing', '2024-01-01', null)],
      );
      expect(visibleToFunder(all, municipality, lawOfService, atHome)!.gaps).toEqual([all.gaps[0]]);
      expect(visibleToFunder(all, insurer, lawOfService, atHome)!.gaps).toEqual([all.gaps[1]]);
      expect(visibleToFunder(all, careOffice, lawOfService, atHome)).toBeUndefined();
    });

    it('belong to nobody when no law would pay', () => {
      const all = timeline([], [gap('residence', '2024-01-01', null)]);
      expect(visibleToFunder(all, careOffice, lawOfService, atHome)).toBeUndefined();
    });

    it('are clipped to the days on which the client is the funder’s', () => {
      const moved: FunderLine[] = [
        {
          firstDay: '2023-01-01',
          lastDay: '2024-01-14',
          municipality: '0363',
          insurer: null,
          careOffice: null,
        },
        { firstDay: '2024-01-15', lastDay: null, municipality: '0518', insurer: null, careOffice: null },
      ];
      const all = timeline([], [gap('guidance', '2024-01-01', null)]);
      const days = (code: string) =>
        visibleToFunder(all, { kind: 'municipality', code }, lawOfService, moved)!.gaps.map((each) => [
          each.firstDay,
          each.lastDay,
        ]);
      expect(days('0363')).toEqual([['2024-01-01', '2024-01-14']]);
      expect(days('0518')).toEqual([['2024-01-15', null]]);
    });

    it('stay whole across stretches of which only another line changed', () => {
      const lines: FunderLine[] = [
        {
          firstDay: '2023-01-01',
          lastDay: '2023-12-31',
          municipality: '0363',
          insurer: '3311',
          careOffice: null,
        },
        { firstDay: '2024-01-01', lastDay: null, municipality: '0363', insurer: '0101', careOffice: null },
      ];
      const all = timeline([], [gap('guidance', '2023-12-01', '2024-01-31')]);
      expect(visibleToFunder(all, municipality, lawOfService, lines)!.gaps).toEqual(all.gaps);
    });

    it('make others’ rows of those days visible, and only those days', () => {
      const all = timeline(
        [row('residence', '2024-01-01', null, 'care-office:5515')],
        [gap('guidance', '2024-02-01', '2024-02-03')],
      );
      const view = visibleToFunder(all, municipality, lawOfService, atHome)!;
      expect(view.cover).toEqual([
        expect.objectContaining({ firstDay: '2024-02-01', lastDay: '2024-02-03', ...hidden }),
      ]);
    });

    it('of others stay hidden', () => {
      const all = timeline(
        [row('guidance', '2024-01-01', null, 'municipality:0363')],
        [gap('district-nursing', '2024-01-01', null)],
      );
      expect(visibleToFunder(all, municipality, lawOfService, atHome)!.gaps).toEqual([]);
    });
  });

  it('shows minutes where it pays for that service on that day', () => {
    const all = timeline([
      row('guidance', '2024-01-01', '2024-01-31', 'municipality:0363'),
      row('district-nursing', '2024-01-01', null, 'insurer:3311'),
    ]);
    all.minutes = [
      { service: 'guidance', day: '2024-01-31', funded: 30 },
      { service: 'guidance', day: '2024-02-01', funded: 31 },
      { service: 'district-nursing', day: '2024-01-05', funded: 32 },
    ];
    expect(visibleToFunder(all, municipality, lawOfService, atHome)!.minutes).toEqual([all.minutes[0]]);
  });

  it('shows findings about events that its own rows show or that it sent itself', () => {
    const discharged = { source: 'urn:nld:agb:65656055:systeem:ecd', id: 'dis', type: 'client-discharged' };
    const all = timeline([row('guidance', '2024-01-01', null, 'municipality:0363')]);
    all.findings = [
      { code: 'shown', events: [admitted] },
      { code: 'sent', events: [decided, admitted] },
      { code: 'of-others', events: [admitted, discharged] },
      { code: 'of-nothing', events: [] },
    ];
    const { findings } = visibleToFunder(all, municipality, lawOfService, atHome)!;
    expect(findings.map(({ code }) => code)).toEqual(['shown', 'sent']);
  });

  it('leaves the timeline as it was', () => {
    const all = timeline(
      [
        row('guidance', '2024-01-01', null, 'municipality:0363'),
        row('district-nursing', '2023-01-01', null, 'insurer:3311'),
      ],
      [gap('guidance', '2023-01-01', '2023-02-01')],
    );
    const before = structuredClone(all);
    visibleToFunder(all, municipality, lawOfService, atHome);
    expect(all).toEqual(before);
  });
});
