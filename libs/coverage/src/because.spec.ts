import type { JourneyEvent } from '@domeinbrug/journey';
import type { Service } from '@domeinbrug/terms';
import {
  admitted,
  away,
  back,
  bridged,
  bridgingEnded,
  carer,
  caseClosed,
  caseManager,
  corrected,
  delivered,
  died,
  discharged,
  entitled,
  extended,
  handedOver,
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
import {
  plainRules,
  rulesWhere,
  rulesWith,
  rulesWithWindow,
  windowWith,
} from '../../../test/build/rule-sets.js';
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

describe('a window', () => {
  const onAdmission = rulesWithWindow();

  it('is opened by what triggered it and closed by nothing when its length is over', () => {
    const { opened, closed } = rowEdges(
      'case-management',
      '2024-03-04',
      [managed, entitled('2024-02-01'), admission],
      onAdmission,
    );
    expect({ opened, closed }).toEqual({ opened: ['admission'], closed: [] });
  });

  it('is also opened by the end of the claim, the day before', () => {
    const rules = rulesWithWindow({ requires: { claimWithin: { days: 7 } } });
    const events = [
      managed,
      caseClosed('2024-03-03', { id: 'case-closed' }),
      entitled('2024-02-01'),
      admission,
    ];
    expect(rowEdges('case-management', '2024-03-04', events, rules).opened).toEqual([
      'admission',
      'case-closed',
    ]);
  });

  it.each([
    ['a discharge', discharged('2024-03-20', { id: 'cut' }), '2024-03-20'],
    ['a move', moved('0518', '2024-03-21', { id: 'cut' }), '2024-03-20'],
    ['a handover completed', handedOver('case-management', '2024-03-20', { id: 'cut' }), '2024-03-20'],
    ['the death', died('2024-03-20', { id: 'cut' }), '2024-03-20'],
  ])('is closed by %s that cuts it', (_, event, lastDay) => {
    const rules = rulesWithWindow({ cutBy: ['discharge', 'move', 'completed'] });
    const timeline = cover([home, managed, indication, admission, event], rules);
    const row = timeline.cover.find(({ rule }) => rule === 'six-weeks')!;
    expect([row.lastDay, row.because.closed.map(({ id }) => id)]).toEqual([lastDay, ['cut']]);
  });

  it('changes hands with the insurer', () => {
    const events = [
      managed,
      entitled('2024-12-02'),
      admitted('2024-12-02', { id: 'admitted' }),
      insuredBy('3332', '2025-01-01', { id: 'changed' }),
    ];
    expect(rowEdges('case-management', '2024-12-02', events, onAdmission).closed).toEqual(['changed']);
    expect(rowEdges('case-management', '2025-01-01', events, onAdmission)).toEqual({
      opened: ['changed'],
      closed: [],
    });
  });

  it('for the carer is opened by the death', () => {
    const rules = rulesWithWindow({
      kind: 'aftercare',
      trigger: 'death',
      starts: 'day-after',
      services: ['aftercare'],
      payer: 'at-trigger',
      requires: { carer: 'at-death', claimWithin: { service: 'case-management', days: 42 } },
    });
    const events = [managed, carer('2023-01-01', { id: 'carer' }), died('2024-08-11', { id: 'died' })];
    expect(rowEdges('aftercare', '2024-08-12', events, rules)).toEqual({ opened: ['died'], closed: [] });
    const ended = [
      managed,
      caseClosed('2024-08-11', { id: 'case-closed' }),
      carer('2023-01-01'),
      died('2024-08-11', { id: 'died' }),
    ];
    expect(rowEdges('aftercare', '2024-08-12', ended, rules).opened).toEqual(['case-closed', 'died']);
  });

  it('before its trigger is opened by it, by who pays then, and closed by it', () => {
    const rules = rulesWithWindow({
      kind: 'lead-in',
      trigger: 'entitlement-start',
      side: 'before',
      payer: 'at-trigger',
      services: ['client-support'],
    });
    expect(rowEdges('client-support', '2024-01-22', [indication], rules)).toEqual({
      opened: ['home', 'indication'],
      closed: ['indication'],
    });
  });

  it('that begins the day after is opened by its trigger and its payer', () => {
    const rules = rulesWithWindow({ starts: 'day-after' });
    expect(rowEdges('case-management', '2024-03-05', [indication, admission], rules).opened).toEqual([
      'admission',
      'home',
      'indication',
    ]);
  });

  const onGuidance = {
    trigger: 'entitlement-start',
    services: ['guidance'],
    pays: [{ law: 'wmo', share: 100 }],
  };

  it('rests and resumes because of a stay', () => {
    const events = [
      guided,
      indication,
      stay('hospital', '2024-03-08', { id: 'in' }),
      stayEnded('hospital', '2024-03-12', { id: 'out' }),
    ];
    const rules = rulesWithWindow(onGuidance);
    expect(rowEdges('guidance', '2024-03-04', events, rules)).toEqual({
      opened: ['indication'],
      closed: ['in'],
    });
    expect(rowEdges('guidance', '2024-03-12', events, rules)).toEqual({ opened: ['out'], closed: [] });
  });

  it('rests because of a stay also when nothing is needed any more', () => {
    const ended = wmo(['guidance'], '2024-01-01', { lastDay: '2024-03-05' });
    const events = [ended, indication, stay('hospital', '2024-03-08', { id: 'in' })];
    expect(rowEdges('guidance', '2024-03-04', events, rulesWithWindow(onGuidance)).closed).toEqual(['in']);
  });

  it('gives way to a pool because of its start', () => {
    const events = [guided, indication, pooled(['guidance'], '2024-03-08', { id: 'pool' })];
    expect(rowEdges('guidance', '2024-03-04', events, rulesWithWindow(onGuidance)).closed).toEqual(['pool']);
  });

  it('with a Wlz share is closed by the withdrawal', () => {
    const rules = rulesWithWindow({
      pays: [
        { law: 'zvw', share: 50 },
        { law: 'wlz', share: 50 },
      ],
    });
    const events = [managed, indication, admission, withdrawn('2024-03-20', { id: 'withdrawn' })];
    expect(rowEdges('case-management', '2024-03-04', events, rules).closed).toEqual(['withdrawn']);
  });

  it('that gives way to the table is closed by what the table pays on', () => {
    const again = caseManager('2024-03-25', { id: 'again' });
    const events = [managed, indication, admission, discharged('2024-03-20'), again];
    expect(rowEdges('case-management', '2024-03-04', events, onAdmission).closed).toEqual(['again']);
  });

  it('that the table kept away is opened by what stopped the table', () => {
    const rules = rulesWithWindow({ trigger: 'entitlement-start' });
    const events = [managed, indication, admitted('2024-03-11', { id: 'admitted' })];
    expect(rowEdges('case-management', '2024-03-11', events, rules).opened).toEqual(['admitted']);
  });
});

describe('the parameters of a row', () => {
  const length = {
    unit: 'days',
    allowed: { min: 0, max: 182 },
    national: { '2015-01-01': 42, '2024-03-20': 14 },
  };
  const within = { unit: 'days', allowed: { min: 1, max: 92 }, national: { '2015-01-01': 7 } };
  const keys = { length: '$length', requires: { claimWithin: { days: '$within' } } };
  const events = [home, managed, indication, admission];

  it('of a window are those of its trigger day, also in its later parts', () => {
    const rules = rulesWith({ parameters: { length, within }, windows: [windowWith(keys)] });
    const changed = insuredBy('3332', '2024-03-25');
    expect(
      becauseOfRow(cover([...events, changed], rules), 'case-management', '2024-03-25').parameters,
    ).toEqual(['length = 42 (national since 2015-01-01)', 'within = 7 (national since 2015-01-01)']);
    expect(becauseOfRow(cover(events, rules), 'case-management', '2024-03-04').parameters).toEqual([
      'length = 42 (national since 2015-01-01)',
      'within = 7 (national since 2015-01-01)',
    ]);
  });

  it('read per day are all that some day of the row read', () => {
    const longer = { ...length, national: { '2015-01-01': 28, '2024-03-20': 42 } };
    const rules = rulesWith({
      parameters: { length: longer, within },
      windows: [windowWith({ ...keys, parametersAs: 'per-day' })],
    });
    expect(becauseOfRow(cover(events, rules), 'case-management', '2024-03-04').parameters).toEqual([
      'length = 28 (national since 2015-01-01)',
      'length = 42 (national since 2024-03-20)',
      'within = 7 (national since 2015-01-01)',
    ]);
  });

  it('name the level and code that spoke, with the zeros of the code', () => {
    const local = { ...length, municipality: { '0363': { '2020-01-01': 21 } } };
    const rules = rulesWith({ parameters: { length: local }, windows: [windowWith({ length: '$length' })] });
    expect(becauseOfRow(cover(events, rules), 'case-management', '2024-03-04').parameters).toEqual([
      'length = 21 (municipality 0363 since 2020-01-01)',
    ]);
  });

  it('of a cell are those of its days', () => {
    const rules = rulesWhere('undelivered', 'until-delivery');
    expect(
      becauseOfRow(cover([home, guided, indication], rules), 'guidance', '2024-01-01').parameters,
    ).toEqual([
      'undelivered = until-delivery (national since 2015-01-01)',
      'wmoStops = at-entitlement (national since 2015-01-01)',
    ]);
  });

  it('of a gap are those of the table', () => {
    expect(
      becauseOfGap(cover([home, nursed, indication], plain), 'district-nursing', '2024-03-04').parameters,
    ).toEqual([
      'transitionDay = new-domain (national since 2015-01-01)',
      'undelivered = strict (national since 2015-01-01)',
    ]);
  });

  it('are none where none was read', () => {
    expect(becauseOfRow(cover([home, guided], plain), 'guidance', '2024-01-01').parameters).toEqual([]);
  });

  it('name the transition day where it made the old payer pay', () => {
    const both = rulesWhere('transitionDay', 'both');
    expect(
      becauseOfRow(cover([home, guided, indication, admission], both), 'guidance', '2024-01-01').parameters,
    ).toEqual(['transitionDay = both (national since 2015-01-01)']);
  });
});
