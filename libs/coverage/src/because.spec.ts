import type { JourneyEvent } from '@domeinbrug/journey';
import type { Service } from '@domeinbrug/terms';
import {
  admitted,
  away,
  back,
  bridged,
  bridgingEnded,
  caseClosed,
  caseManager,
  corrected,
  delivered,
  died,
  entitled,
  extended,
  insuredBy,
  moved,
  nursing,
  pooled,
  registered,
  settled,
  stay,
  stayEnded,
  treatment,
  uninsured,
  withdrawn,
  wmo,
} from '../../../test/build/events.js';
import { becauseOfGap, becauseOfRow, cover } from '../../../test/build/answers.js';
import { plainRules, rulesWhere, rulesWith } from '../../../test/build/rule-sets.js';
import type { CompiledRuleSet } from './compile.js';

// Ids in the order in which the answer names them: by source and id.
const home = registered('2023-01-01', { id: 'home' });
const managed = caseManager('2023-06-01', { id: 'managed' });
const guided = wmo(['guidance'], '2024-01-01', { id: 'guided' });
const nursed = nursing('2024-01-01', { id: 'nursed' });
const indication = entitled('2024-03-04', { id: 'indication' });
const admission = admitted('2024-03-04', { id: 'admission' });
const plain = plainRules();

interface Edges {
  opened: string[];
  closed: string[];
}

function rowEdges(
  service: Service,
  firstDay: string,
  events: JourneyEvent[],
  rules: CompiledRuleSet = plain,
): Edges {
  const { opened, closed } = becauseOfRow(cover([home, ...events], rules), service, firstDay);
  return { opened, closed };
}

function gapEdges(
  service: Service,
  firstDay: string,
  events: JourneyEvent[],
  rules: CompiledRuleSet = plain,
): Edges {
  const { opened, closed } = becauseOfGap(cover([home, ...events], rules), service, firstDay);
  return { opened, closed };
}

describe('a row of the table', () => {
  it('is opened by the claim, and closed by what gives the next day another regime', () => {
    expect(rowEdges('case-management', '2023-06-01', [managed, indication, admission])).toEqual({
      opened: ['managed'],
      closed: ['admission', 'indication'],
    });
  });

  it('that goes on is closed by nothing', () => {
    expect(rowEdges('guidance', '2024-01-01', [guided]).closed).toEqual([]);
  });

  it('is closed by the end of its claim', () => {
    const closed = caseClosed('2024-02-01', { id: 'case-closed' });
    expect(rowEdges('case-management', '2023-06-01', [managed, closed]).closed).toEqual(['case-closed']);
    const decided = wmo(['guidance'], '2024-01-01', { id: 'decided', lastDay: '2024-06-30' });
    expect(rowEdges('guidance', '2024-01-01', [decided])).toEqual({
      opened: ['decided'],
      closed: ['decided'],
    });
  });

  it('is closed and opened by another insurer, municipality or care office', () => {
    const events = [nursed, insuredBy('3332', '2025-01-01', { id: 'changed' })];
    expect(rowEdges('district-nursing', '2024-01-01', events)).toEqual({
      opened: ['nursed'],
      closed: ['changed'],
    });
    expect(rowEdges('district-nursing', '2025-01-01', events)).toEqual({ opened: ['changed'], closed: [] });
    const moving = [guided, moved('0518', '2024-12-31', { id: 'moved' })];
    expect(rowEdges('guidance', '2024-12-31', moving)).toEqual({ opened: ['moved'], closed: [] });
  });

  it('says nothing of what it did not look at', () => {
    const events = [nursed, guided, moved('0518', '2024-06-01'), caseManager('2024-06-01')];
    expect(rowEdges('district-nursing', '2024-01-01', events).closed).toEqual([]);
  });

  it('rests and resumes because of a stay', () => {
    const events = [
      guided,
      stay('hospital', '2024-02-01', { id: 'in' }),
      stayEnded('hospital', '2024-02-10', { id: 'out' }),
    ];
    expect(rowEdges('guidance', '2024-01-01', events)).toEqual({ opened: ['guided'], closed: ['in'] });
    expect(rowEdges('guidance', '2024-02-10', events)).toEqual({ opened: ['out'], closed: [] });
  });

  it('of the Wlz is opened by the delivery and closed by the withdrawal', () => {
    const events = [
      guided,
      indication,
      delivered('modular', '2024-03-10', { id: 'delivery' }),
      withdrawn('2024-05-31', { id: 'withdrawn' }),
    ];
    expect(rowEdges('guidance', '2024-03-10', events)).toEqual({
      opened: ['delivery'],
      closed: ['withdrawn'],
    });
  });

  it('is closed by treatment that begins', () => {
    const events = [
      wmo(['mobility-aid'], '2024-01-01'),
      indication,
      admission,
      treatment(true, '2024-06-01', { id: 'treated' }),
    ];
    expect(rowEdges('mobility-aid', '2024-01-01', events).closed).toEqual(['treated']);
    expect(rowEdges('mobility-aid', '2024-06-01', events).opened).toEqual(['treated']);
  });

  it('is closed by the death', () => {
    expect(rowEdges('guidance', '2024-01-01', [guided, died('2024-08-11', { id: 'died' })]).closed).toEqual([
      'died',
    ]);
  });

  it('names the original, not the correction that moved it', () => {
    const change = corrected(guided, wmo(['guidance'], '2024-02-01'), { id: 'correction' });
    expect(rowEdges('guidance', '2024-02-01', [guided, change]).opened).toEqual(['guided']);
  });
});

describe('where nothing begins but a parameter changes', () => {
  const rules = rulesWhere('wmoStops', 'at-entitlement');

  it('a row names what gives need, basis and payer', () => {
    const dated = rulesWith({
      parameters: { teamUnderModular: { national: { '2015-01-01': 'none', '2024-05-01': 'zvw' } } },
    });
    const team = nursing('2024-01-01', { id: 'team', services: ['geriatric-team-care'] });
    const events = [team, indication, delivered('modular', '2024-03-04', { id: 'delivery' })];
    expect(rowEdges('geriatric-team-care', '2024-05-01', events, dated)).toEqual({
      opened: ['home', 'team'],
      closed: [],
    });
    expect(gapEdges('geriatric-team-care', '2024-03-04', events, dated)).toEqual({
      opened: ['delivery', 'indication'],
      closed: [],
    });
  });

  it('a row of the Wlz names entitlement and delivery as well', () => {
    const dated = rulesWith({
      parameters: { teamUnderModular: { national: { '2015-01-01': 'none', '2024-05-01': 'wlz' } } },
    });
    const team = nursing('2024-01-01', { id: 'team', services: ['geriatric-team-care'] });
    const events = [team, indication, delivered('modular', '2024-03-04', { id: 'delivery' })];
    expect(rowEdges('geriatric-team-care', '2024-05-01', events, dated).opened).toEqual([
      'delivery',
      'home',
      'indication',
      'team',
    ]);
  });

  it('a gap names need and right', () => {
    const dated = rulesWith({
      parameters: { undelivered: { national: { '2015-01-01': 'until-delivery', '2024-05-01': 'strict' } } },
    });
    expect(gapEdges('guidance', '2024-05-01', [guided, indication], dated)).toEqual({
      opened: ['guided', 'indication'],
      closed: [],
    });
    expect(gapEdges('guidance', '2024-03-04', [guided, indication], rules).opened).toEqual(['indication']);
  });
});

describe('a gap', () => {
  it('is opened by the end of insurance, and closed by the next policy', () => {
    const events = [
      nursed,
      uninsured('2024-06-30', { id: 'uninsured' }),
      insuredBy('3332', '2024-08-01', { id: 'insured' }),
    ];
    expect(gapEdges('district-nursing', '2024-07-01', events)).toEqual({
      opened: ['uninsured'],
      closed: ['insured'],
    });
  });

  it('of residence that awaits its indication is closed by it', () => {
    const events = [admission, entitled('2024-03-11', { id: 'late' })];
    expect(gapEdges('residence', '2024-03-04', events)).toEqual({ opened: ['admission'], closed: ['late'] });
  });

  it('is opened by the bridging whose term ran out', () => {
    const events = [
      nursed,
      entitled('2024-05-14'),
      bridged('2024-05-14', { id: 'bridged' }),
      admitted('2024-09-02', { id: 'admitted' }),
    ];
    expect(gapEdges('district-nursing', '2024-08-13', events)).toEqual({
      opened: ['bridged'],
      closed: ['admitted'],
    });
    expect(rowEdges('district-nursing', '2024-05-14', events).closed).toEqual(['bridged']);
  });

  it('is opened by the extension whose last day is over', () => {
    const events = [
      nursed,
      entitled('2024-05-14'),
      bridged('2024-05-14'),
      extended('2024-08-09', '2024-11-12', { id: 'extension' }),
    ];
    expect(gapEdges('district-nursing', '2024-11-13', events).opened).toEqual(['extension']);
    expect(rowEdges('district-nursing', '2024-05-14', events).closed).toEqual(['extension']);
  });

  it('is opened by the bridging that began the term, where others followed directly', () => {
    const chain = [bridged('2024-05-14', { id: 'first' }), bridged('2024-07-01', { id: 'second' })];
    expect(
      gapEdges('district-nursing', '2024-08-13', [nursed, entitled('2024-05-14'), ...chain]).opened,
    ).toEqual(['first']);
  });

  it('is not opened by the term of a bridging that had ended before', () => {
    const ended = [bridged('2024-05-14'), bridgingEnded('2024-06-30')];
    const late = nursing('2024-08-13', { id: 'late' });
    expect(
      gapEdges('district-nursing', '2024-08-13', [entitled('2024-05-14'), ...ended, late]).opened,
    ).toEqual(['late']);
  });
});

describe('a kept bed', () => {
  const resident = [indication, admission];

  it('is opened by the departure and closed by the return', () => {
    const events = [
      ...resident,
      away('hospital', '2024-04-01', { id: 'away' }),
      back('2024-04-10', { id: 'back' }),
    ];
    expect(rowEdges('residence', '2024-04-02', events)).toEqual({ opened: ['away'], closed: ['back'] });
    expect(rowEdges('residence', '2024-03-04', events)).toEqual({
      opened: ['admission', 'indication'],
      closed: ['away'],
    });
    expect(rowEdges('residence', '2024-04-10', events)).toEqual({ opened: ['back'], closed: [] });
  });

  it('reads its allowance as it stood on the day of departure', () => {
    const rules = rulesWith({
      parameters: { leaveAbsenceDays: { national: { '2015-01-01': 42, '2024-04-05': 10 } } },
    });
    const events = [home, ...resident, away('leave', '2024-04-01'), back('2024-04-20')];
    expect(becauseOfRow(cover(events, rules), 'residence', '2024-04-02').parameters).toEqual([
      'leaveAbsenceDays = 42 (national since 2015-01-01)',
    ]);
  });
});

describe('joint funding', () => {
  const events = [guided, pooled(['guidance'], '2024-03-04', { id: 'pool' })];

  it('is opened by its start', () => {
    expect(rowEdges('guidance', '2024-03-04', events)).toEqual({ opened: ['pool'], closed: [] });
    expect(rowEdges('guidance', '2024-01-01', events)).toEqual({ opened: ['guided'], closed: ['pool'] });
  });

  it('once settled is the need of a gap', () => {
    const settledPool = [
      pooled(['guidance'], '2024-03-04', { id: 'pool' }),
      settled('2024-04-30', { id: 'settled' }),
    ];
    expect(gapEdges('guidance', '2024-03-04', settledPool)).toEqual({
      opened: ['pool'],
      closed: ['settled'],
    });
  });
});
