import {
  admitted,
  caseManager,
  discharged,
  entitled,
  momentOf,
  moved,
  nursing,
  registered,
  time,
  wmo,
} from '../../../test/build/events.js';
import { plainRules, rulesWith, rulesWithWindow, windowWith } from '../../../test/build/rule-sets.js';
import { determineCoverage } from './determine-coverage.js';

const knownAt = { instant: momentOf('2025-01-01T12:00:00+01:00'), position: '17' };
const events = [
  registered('2023-01-01'),
  caseManager('2023-06-01'),
  nursing('2023-06-01'),
  wmo(['guidance'], '2023-06-01'),
  entitled('2024-03-04'),
  admitted('2024-03-04'),
];

describe('a timeline', () => {
  it('says for whom, by which rules and at which moment it is', () => {
    const rules = plainRules();
    const {
      clientId,
      ruleSet,
      knownAt: at,
      position,
    } = determineCoverage({ clientId: 'client-1', events }, rules, knownAt);
    expect({ clientId, ruleSet, at, position }).toEqual({
      clientId: 'client-1',
      ruleSet: { id: 'plain', version: '1', hash: rules.hash },
      at: '2025-01-01T11:00:00.000Z',
      position: '17',
    });
  });

  it('leaves out what was recorded later', () => {
    const early = { ...knownAt, instant: momentOf('2024-03-01T12:00:00Z') };
    const { cover } = determineCoverage({ clientId: 'client-1', events }, plainRules(), early);
    expect(cover.every(({ lastDay }) => lastDay === null)).toBe(true);
  });

  it('is the same whatever order the events arrive in, and when asked again', () => {
    const rules = rulesWithWindow();
    const ask = (all: typeof events): unknown =>
      determineCoverage({ clientId: 'client-1', events: all }, rules, knownAt);
    expect(ask(events.toReversed())).toEqual(ask(events));
    expect(ask([...events, ...events])).toEqual(ask(events));
  });

  it('leaves the events it was given as they were', () => {
    const given = structuredClone(events);
    determineCoverage({ clientId: 'client-1', events: given }, plainRules(), knownAt);
    expect(given).toEqual(events);
  });

  it('is sorted by service, first day and funder', () => {
    const windows = [
      windowWith({
        id: 'z',
        pays: [
          { law: 'wlz', share: 50 },
          { law: 'zvw', share: 50 },
        ],
      }),
      windowWith({ id: 'a', pays: [{ law: 'wmo', share: 100 }] }),
    ];
    const { cover } = determineCoverage({ clientId: 'client-1', events }, rulesWith({ windows }), knownAt);
    expect(cover.map(({ service, firstDay, funder }) => `${service} ${firstDay} ${funder}`)).toEqual([
      'case-management 2023-06-01 insurer:3311',
      'case-management 2024-03-04 care-office:5515',
      'case-management 2024-03-04 insurer:3311',
      'case-management 2024-03-04 municipality:0363',
      'district-nursing 2023-06-01 insurer:3311',
      'guidance 2023-06-01 municipality:0363',
      'residence 2024-03-04 care-office:5515',
    ]);
  });

  it('has each minute once: funded, over the cap or outside', () => {
    const spent = [time('case-management', '2024-02-01', 30), time('case-management', '2024-03-10', 50)];
    const { minutes } = determineCoverage(
      { clientId: 'client-1', events: [...events, ...spent] },
      rulesWithWindow({ cap: { minutes: 20 } }),
      knownAt,
    );
    expect(minutes.map(({ funded, overCap, outside }) => [funded, overCap, outside])).toEqual([
      [30, 0, 0],
      [20, 30, 0],
    ]);
  });
});

describe('findings', () => {
  it('of the fold and of the rules stand together, by code, each once', () => {
    const more = [
      moved('0518', '2023-09-01'),
      moved('0599', '2023-10-01'),
      discharged('2024-04-01', { provider: '45454545' }),
    ];
    const { findings } = determineCoverage(
      { clientId: 'client-1', events: [...events, ...more] },
      plainRules(),
      knownAt,
    );
    expect(
      findings.map(
        ({ code, events: concerned }) => `${code} ${concerned.map(({ type }) => type).join(', ')}`,
      ),
    ).toEqual(['decided-elsewhere wmo-decision-issued', 'end-without-start client-discharged']);
    expect(findings.every(({ text }) => text.endsWith('.'))).toBe(true);
  });
});
