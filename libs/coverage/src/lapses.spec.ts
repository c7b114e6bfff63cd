import type { JourneyEvent } from '@domeinbrug/journey';
import {
  admitted,
  caseManager,
  delivered,
  deliveryEnded,
  discharged,
  entitled,
  nursing,
  pooled,
  registered,
  settled,
  stay,
  stayEnded,
  withdrawn,
  wmo,
} from '../../../test/build/events.js';
import { cover, coverOf, linesOf } from '../../../test/build/answers.js';
import { plainRules, rulesWhere, rulesWith } from '../../../test/build/rule-sets.js';

const home = registered('2023-01-01');
const plain = plainRules();
const guided = wmo(['guidance'], '2024-01-01');
const back = [withdrawn('2024-05-31')];

/** An entitlement from March through May with these things in it; what becomes of the guidance of before. */
const after = (events: JourneyEvent[], rules = plain): string =>
  coverOf('guidance', [home, guided, entitled('2024-03-04'), ...events, ...back], rules).at(-1)!;

describe('a basis', () => {
  it('lapses for good when the Wlz takes the care over: it does not revive', () => {
    expect(after([delivered('modular', '2024-03-04'), deliveryEnded('2024-05-31')])).toBe(
      '2024-06-01 - open gap no-decision',
    );
  });

  it('lapses when the care is absorbed, or excluded', () => {
    expect(after([admitted('2024-03-04'), discharged('2024-05-31')])).toBe(
      '2024-06-01 - open gap no-decision',
    );
    expect(after([])).toBe('2024-06-01 - open gap no-decision');
  });

  it('stays when its own law goes on paying', () => {
    expect(after([], rulesWhere('undelivered', 'until-delivery'))).toBe(
      '2024-01-01 - open municipality:0363',
    );
  });

  it('stays when the cell is none: a refusal takes nothing over', () => {
    const rules = rulesWith({
      cover: { guidance: ['wmo', 'none', 'wlz', 'wlz', 'wlz', 'wlz', 'absorbed', 'absorbed'] },
    });
    expect(after([], rules)).toBe('2024-06-01 - open municipality:0363');
  });

  it('stays outside: also under a delivery that awaits its indication', () => {
    const events = [home, guided, admitted('2024-03-04'), discharged('2024-05-31')];
    expect(coverOf('guidance', events, plain)).toEqual(['2024-01-01 - open municipality:0363']);
  });

  it('stays outside also where another law pays there', () => {
    const rules = rulesWith({
      cover: { guidance: ['zvw', 'wmo', 'wlz', 'wlz', 'wlz', 'wlz', 'absorbed', 'absorbed'] },
    });
    expect(coverOf('guidance', [home, guided, entitled('2024-03-04')], rules)).toEqual([
      '2024-01-01 - 2024-03-03 gap no-decision',
      '2024-03-04 - open municipality:0363',
    ]);
  });

  it('lapses on the very day on which a parameter hands the care over', () => {
    const rules = rulesWith({
      parameters: {
        teamUnderModular: { national: { '2015-01-01': 'zvw', '2024-04-01': 'wlz', '2024-05-01': 'zvw' } },
      },
    });
    const events = [
      home,
      nursing('2024-01-01', { services: ['geriatric-team-care'] }),
      entitled('2024-03-04'),
      delivered('modular', '2024-03-04'),
    ];
    expect(coverOf('geriatric-team-care', events, rules)).toEqual([
      '2024-01-01 - 2024-03-31 insurer:3311',
      '2024-04-01 - 2024-04-30 care-office:5515',
      '2024-05-01 - open gap no-decision',
    ]);
  });

  it('lapses on suspended days', () => {
    const inHospital = [stay('hospital', '2024-03-01'), stayEnded('hospital', '2024-06-01')];
    expect(after(inHospital)).toBe('2024-06-01 - open gap no-decision');
  });

  it('lapses on pooled days', () => {
    const inPool = [pooled(['guidance'], '2024-02-01')];
    expect(after([...inPool, settled('2024-02-02')])).toBe('2024-06-01 - open gap no-decision');
    const events = [home, guided, entitled('2024-03-04'), ...inPool, ...back];
    expect(linesOf(cover(events, plain), 'guidance').at(-1)).toBe(
      '2024-02-01 - open pool:bridge joint-funding',
    );
  });

  it('of a later claim is its own', () => {
    const later = wmo(['guidance'], '2024-06-01', { decisionId: 'w2' });
    expect(coverOf('guidance', [home, guided, entitled('2024-03-04'), ...back, later], plain)).toEqual([
      '2024-01-01 - 2024-03-03 municipality:0363',
      '2024-03-04 - 2024-05-31 gap excluded-by-wlz',
      '2024-06-01 - open municipality:0363',
    ]);
  });

  it('of a claim under another law than the cell lapses too', () => {
    // Wmo guidance is no basis for nursing, and stays none; the Zvw claim goes on beside it.
    const rules = rulesWhere('undelivered', 'until-delivery');
    const events = [
      home,
      wmo(['district-nursing'], '2024-01-01'),
      nursing('2024-01-01'),
      entitled('2024-03-04'),
    ];
    expect(coverOf('district-nursing', events, rules)).toEqual(['2024-01-01 - open insurer:3311']);
  });

  it('is not needed by a stay, which is a basis of its own on each day', () => {
    const events = [
      home,
      stay('short-stay', '2024-02-01'),
      entitled('2024-03-04', { lastDay: '2024-03-31' }),
    ];
    expect(coverOf('short-stay', events, plain)).toEqual([
      '2024-02-01 - 2024-03-03 insurer:3311',
      '2024-03-04 - 2024-03-31 gap not-covered',
      '2024-04-01 - open insurer:3311',
    ]);
  });
});

describe('lapsed-on-first-day', () => {
  const lapsed = (...events: JourneyEvent[]): string[] =>
    cover([home, ...events], plain)
      .findings.filter(({ code }) => code === 'lapsed-on-first-day')
      .map(({ events: [first] }) => first!.id);

  it('names a decision that begins on the last day of the Wlz', () => {
    const decided = wmo(['guidance'], '2024-05-31');
    const events = [
      entitled('2024-03-04'),
      admitted('2024-03-04'),
      discharged('2024-05-31'),
      withdrawn('2024-05-31'),
      decided,
    ];
    expect(lapsed(...events)).toEqual([decided.id]);
    expect(coverOf('guidance', [home, ...events], plain)).toEqual(['2024-06-01 - open gap no-decision']);
  });

  it('is silent about a claim that lapses later, or goes on', () => {
    expect(lapsed(guided, caseManager('2024-01-01'), entitled('2024-03-04'))).toEqual([]);
  });
});
