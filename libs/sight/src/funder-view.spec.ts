import { parseDay } from '@domeinbrug/calendar';
import {
  compileRuleSet,
  type CompiledRuleSet,
  type Because,
  type CoverageTimeline,
  type CoverRow,
  type EventRef,
  type GapRow,
  type PayerLine,
} from '@domeinbrug/coverage';
import type { RuleSet } from '@domeinbrug/rules';
import type { Funder, Service } from '@domeinbrug/terms';
import { visibleToFunder, type FunderAsker } from './funder-view.js';
const municipality: FunderAsker = { kind: 'municipality', code: '0363' };
const insurer: FunderAsker = { kind: 'insurer', code: '3311' };
const careOffice: FunderAsker = { kind: 'care-office', code: '5515' };

const admitted: EventRef = { source: 'urn:nld:agb:65656055:systeem:ecd', id: 'adm', type: 'client-admitted' };
const decided: EventRef = {
  source: 'urn:nld:gemeentecode:0363:systeem:wmo',
  id: 'dec',
  type: 'wmo-decision-issued',
};
const because = (...opened: EventRef[]): Because => ({ opened, closed: [], parameters: [] });

function row(
  service: Service,
  firstDay: string,
  lastDay: string | null,
  funder: Funder,
  more: Partial<CoverRow> = {},
): CoverRow {
  const law =
    ({ municipality: 'wmo', insurer: 'zvw', 'care-office': 'wlz' } as const)[
      funder.split(':')[0] as FunderAsker['kind']
    ] ?? null;
  const base = {
    service,
    firstDay,
    lastDay,
    funder,
    law,
    share: 100,
    kind: 'regular',
    provider: '65656055',
  } as const;
  return { ...base, rule: 'table', because: because(decided), ...more };
}

function gap(service: Service, firstDay: string, lastDay: string | null): GapRow {
  return { service, firstDay, lastDay, reason: 'excluded-by-wlz', because: because(decided) };
}

function rulesWith(guidance: string, parameters: object = {}): CompiledRuleSet {
  const cover = { guidance: [guidance], 'district-nursing': ['zvw'], residence: ['none'] };
  const ruleSet = { cover, parameters, windows: [], prices: {}, assumedUse: {} };
  return compileRuleSet(ruleSet as unknown as RuleSet);
}
const rules = rulesWith('wmo');

const atHome: PayerLine[] = [
  { firstDay: '2023-01-01', lastDay: null, municipality: '0363', insurer: '3311', careOffice: '5515' },
];

function timeline(cover: CoverRow[], gaps: GapRow[] = []): CoverageTimeline {
  return {
    clientId: 'CLIENT0001',
    ruleSet: { id: 'r', version: '1', hash: '' },
    knownAt: '2024-06-01T00:00:00Z',
    position: '1',
    cover,
    gaps,
    minutes: [],
    findings: [],
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
    expect(visibleToFunder(all, municipality, rules, atHome)).toBeUndefined();
    expect(visibleToFunder(all, { ...careOffice, code: '5532' }, rules, atHome)).toBeUndefined();
    expect(visibleToFunder(timeline([]), municipality, rules, atHome)).toBeUndefined();
  });

  it('does not take a code of one kind for the same code of another', () => {
    const all = timeline([row('guidance', '2024-01-01', null, 'municipality:3311')]);
    expect(visibleToFunder(all, insurer, rules, [])).toBeUndefined();
  });

  it('shows its own rows whole, with what it sent itself as their reason', () => {
    const own = row('guidance', '2024-01-01', '2024-03-31', 'municipality:0363');
    expect(visibleToFunder(timeline([own]), municipality, rules, atHome)).toEqual(timeline([own]));
  });

  it('shows of others’ rows only service, law, kind, days and share, clipped to its own days', () => {
    const own = row('guidance', '2024-02-01', '2024-02-29', 'municipality:0363');
    const other = row('district-nursing', '2024-01-01', null, 'insurer:3311');
    const view = visibleToFunder(timeline([other, own]), municipality, rules, atHome)!;
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
      rules,
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
      rules,
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
      rules,
      atHome,
    )!;
    const others = view.cover.filter(({ service }) => service === 'district-nursing');
    expect(others).toEqual([expect.objectContaining({ firstDay: '2023-12-01', lastDay: '2024-01-31' })]);
  });

  it('keeps two payers of one day two rows', () => {
    const half = { share: 50, kind: 'handover' } as const;
    const view = visibleToFunder(
      timeline([
        row('guidance', '2024-01-01', '2024-01-31', 'municipality:0363'),
        row('case-management', '2024-01-01', '2024-01-31', 'insurer:3311', { ...half, law: null }),
        row('case-management', '2024-01-01', '2024-01-31', 'care-office:5515', { ...half, law: null }),
      ]),
      municipality,
      rules,
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
    const view = visibleToFunder(timeline([own, other]), municipality, rules, atHome)!;
    expect(view.cover).toContainEqual(own);
    expect(view.cover).toContainEqual(expect.objectContaining({ share: 60, law: 'wlz', ...hidden }));
  });

  it('treats a joint budget as another’s row, for no funder is a pool', () => {
    const own = row('guidance', '2024-01-01', '2024-01-31', 'municipality:0363');
    const pool = row('household-help', '2024-01-01', '2024-01-31', 'pool:grens', { kind: 'joint' });
    const view = visibleToFunder(timeline([own, pool]), municipality, rules, atHome)!;
    expect(view.cover).toContainEqual(expect.objectContaining({ kind: 'joint', law: null, ...hidden }));
  });

  describe('gaps', () => {
    it('belong to the funder of the law that would pay outside the Wlz', () => {
      const all = timeline(
        [],
        [gap('guidance', '2024-01-01', '2024-01-31'), gap('district-nursing', '2024-01-01', null)],
      );
      expect(visibleToFunder(all, municipality, rules, atHome)!.gaps).toEqual([all.gaps[0]]);
      expect(visibleToFunder(all, insurer, rules, atHome)!.gaps).toEqual([
        { ...all.gaps[1], because: because(expect.objectContaining({ law: 'wmo', source: null })) },
      ]);
      expect(visibleToFunder(all, careOffice, rules, atHome)).toBeUndefined();
    });

    it('belong, where the law is a dated parameter of some level, to whom it names on the day', () => {
      const since = (day: string, value: string) => [{ since: parseDay(day), value }];
      const who = {
        national: [...since('2015-01-01', 'wmo'), ...since('2025-01-01', 'zvw')],
        local: {
          provider: {},
          insurer: {},
          municipality: { '0363': since('2024-02-01', 'wlz') },
          'care-office': {},
        },
      };
      const dated = rulesWith('$who', { who });
      const all = timeline([], [gap('guidance', '2024-01-01', '2024-02-10')]);
      const days = (funder: FunderAsker) =>
        visibleToFunder(all, funder, dated, atHome)?.gaps.map(({ firstDay, lastDay }) => [firstDay, lastDay]);
      expect(days(municipality)).toEqual([['2024-01-01', '2024-01-31']]);
      expect(days(careOffice)).toEqual([['2024-02-01', '2024-02-10']]);
      expect(days(insurer)).toBeUndefined();
    });

    it('belong to nobody when no law would pay', () => {
      const all = timeline([], [gap('residence', '2024-01-01', null)]);
      expect(visibleToFunder(all, careOffice, rules, atHome)).toBeUndefined();
    });

    it('are clipped to the days on which the client is the funder’s', () => {
      const moved: PayerLine[] = [
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
        visibleToFunder(all, { kind: 'municipality', code }, rules, moved)!.gaps.map((each) => [
          each.firstDay,
          each.lastDay,
        ]);
      expect(days('0363')).toEqual([['2024-01-01', '2024-01-14']]);
      expect(days('0518')).toEqual([['2024-01-15', null]]);
    });

    it('stay whole across stretches of which only another line changed', () => {
      const lines: PayerLine[] = [
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
      expect(visibleToFunder(all, municipality, rules, lines)!.gaps).toEqual(all.gaps);
    });

    it('make others’ rows of those days visible, and only those days', () => {
      const all = timeline(
        [row('residence', '2024-01-01', null, 'care-office:5515')],
        [gap('guidance', '2024-02-01', '2024-02-03')],
      );
      const view = visibleToFunder(all, municipality, rules, atHome)!;
      expect(view.cover).toEqual([
        expect.objectContaining({ firstDay: '2024-02-01', lastDay: '2024-02-03', ...hidden }),
      ]);
    });

    it('of others stay hidden', () => {
      const all = timeline(
        [row('guidance', '2024-01-01', null, 'municipality:0363')],
        [gap('district-nursing', '2024-01-01', null)],
      );
      expect(visibleToFunder(all, municipality, rules, atHome)!.gaps).toEqual([]);
    });
  });

  it('shows minutes where it pays for that service on that day', () => {
    const all = timeline([
      row('guidance', '2024-01-01', '2024-01-31', 'municipality:0363'),
      row('district-nursing', '2024-01-01', null, 'insurer:3311'),
    ]);
    const minutes = {
      provider: '65656055',
      subject: 'client',
      overCap: 0,
      outside: 0,
      reason: null,
    } as const;
    all.minutes = [
      { service: 'guidance', day: '2024-01-31', ...minutes, funded: 30 },
      { service: 'guidance', day: '2024-02-01', ...minutes, funded: 31 },
      { service: 'district-nursing', day: '2024-01-05', ...minutes, funded: 32 },
    ];
    expect(visibleToFunder(all, municipality, rules, atHome)!.minutes).toEqual([all.minutes[0]]);
  });

  it('shows findings about events that its own rows show or that it sent itself', () => {
    const started: EventRef = {
      source: 'urn:nld:agb:65656055:systeem:ecd',
      id: 'sup',
      type: 'wmo-support-started',
    };
    const discharged: EventRef = {
      source: 'urn:nld:agb:65656055:systeem:ecd',
      id: 'dis',
      type: 'client-discharged',
    };
    const all = timeline([
      row('guidance', '2024-01-01', null, 'municipality:0363', { because: because(started, admitted) }),
    ]);
    all.findings = [
      { code: 'shown', text: '', events: [started] },
      { code: 'sent', text: '', events: [decided, started] },
      { code: 'named-without-sender', text: '', events: [decided, admitted] },
      { code: 'of-others', text: '', events: [started, discharged] },
      { code: 'of-nothing', text: '', events: [] },
    ];
    const { findings } = visibleToFunder(all, municipality, rules, atHome)!;
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
    visibleToFunder(all, municipality, rules, atHome);
    expect(all).toEqual(before);
  });
});
