import { ALWAYS, OPEN_END, parseDay } from '@domeinbrug/calendar';
import { columns, deliveryForms } from '@domeinbrug/terms';
import {
  admitted,
  bridged,
  bridgingEnded,
  delivered,
  deliveryEnded,
  died,
  entitled,
  extended,
  fileAt,
  insuredBy,
  moved,
  registered,
  treatment,
  withdrawn,
} from '../../../test/build/events.js';
import { days, fold } from '../../../test/build/answers.js';
import { NONE } from './facts.js';
import type { JourneyEvent } from './journey-event.js';
import { stretchIndexOn, type StateStretch } from './state-line.js';

/** From the first dated day on, the column of each stretch; neighbours that are alike in it are one. */
function columnsOf(...events: JourneyEvent[]): string[] {
  const lines: StateStretch[] = [];
  for (const stretch of fold(...events).state.slice(1)) {
    const last = lines.at(-1);
    if (last && nameOf(last) === nameOf(stretch)) last.until = stretch.until;
    else lines.push({ ...stretch });
  }
  return lines.map((line) => `${days(line)} ${nameOf(line)}`);
}

function nameOf({ column, awaitingIndication, bridging }: StateStretch): string {
  return [columns[column], awaitingIndication ? 'awaiting' : '', bridging === 'none' ? '' : bridging]
    .filter(Boolean)
    .join(' ');
}

describe('the state line', () => {
  it('covers every day, from always through the day of death', () => {
    const { state } = fold(
      registered('2023-01-01'),
      entitled('2024-03-04'),
      moved('0518', '2024-05-01'),
      died('2024-08-11'),
    );
    expect(state[0]!.from).toBe(ALWAYS);
    expect(state.at(-1)!.until).toBe(parseDay('2024-08-12'));
    state.slice(1).forEach((stretch, at) => expect(stretch.from).toBe(state[at]!.until));
  });

  it('is open while nobody has died, and one stretch when nothing is known', () => {
    expect(fold().state).toEqual([
      expect.objectContaining({ from: ALWAYS, until: OPEN_END, municipality: NONE }),
    ]);
  });

  it('says where the client lives, who insures and where the file is', () => {
    const { state } = fold(
      registered('2023-01-01'),
      moved('0518', '2024-01-01'),
      insuredBy('3332', '2024-02-01'),
      fileAt('5501', '2024-03-01'),
    );
    expect(state.map(({ municipality, insurer, careOffice }) => [municipality, insurer, careOffice])).toEqual(
      [
        [NONE, NONE, NONE],
        [363, 3311, 5515],
        [518, 3311, 5515],
        [518, 3332, 5515],
        [518, 3332, 5501],
      ],
    );
  });
});

describe('the care regime', () => {
  it('is outside, entitled, or the form in which the Wlz delivers', () => {
    const events = [
      entitled('2024-03-04', { lastDay: '2024-12-31' }),
      delivered('full-package', '2024-05-01'),
      deliveryEnded('2024-06-30'),
    ];
    expect(columnsOf(...events)).toEqual([
      '2024-03-04 - 2024-04-30 entitled',
      '2024-05-01 - 2024-06-30 full-package',
      '2024-07-01 - 2024-12-31 entitled',
      '2025-01-01 - open outside',
    ]);
  });

  it.each(deliveryForms)('of %s is the column of that name', (form) => {
    expect(columnsOf(entitled('2024-03-04'), delivered(form, '2024-03-04'))).toEqual([
      `2024-03-04 - open ${form}`,
    ]);
  });

  it('of a delivery without entitlement is outside, awaiting the indication', () => {
    expect(columnsOf(admitted('2024-04-08'), entitled('2024-04-15'))).toEqual([
      '2024-04-08 - 2024-04-14 outside awaiting',
      '2024-04-15 - open residence',
    ]);
    expect(columnsOf(entitled('2024-04-01'), admitted('2024-04-08'), withdrawn('2024-04-30')).at(-1)).toBe(
      '2024-05-01 - open outside awaiting',
    );
  });

  it('is the modular package where a personal budget runs beside it, whichever began later', () => {
    const events = [
      entitled('2024-01-01'),
      delivered('modular', '2024-01-01'),
      delivered('personal-budget', '2024-02-01'),
    ];
    expect(columnsOf(...events)).toEqual(['2024-01-01 - open modular']);
    expect(columnsOf(...events, deliveryEnded('2024-03-31')).length).toBe(1);
    const budgetOnly = { provider: '45454545' };
    const ended = [
      entitled('2024-01-01'),
      delivered('personal-budget', '2024-01-01', budgetOnly),
      delivered('modular', '2024-02-01'),
      deliveryEnded('2024-03-31'),
    ];
    expect(columnsOf(...ended)).toEqual([
      '2024-01-01 - 2024-01-31 personal-budget',
      '2024-02-01 - 2024-03-31 modular',
      '2024-04-01 - open personal-budget',
    ]);
  });

  it('lasts as long as one of two entitlements does, with the profile of the latest begun', () => {
    const events = [
      entitled('2024-03-04'),
      entitled('2024-06-01', { decisionId: 'c2', profile: '755', lastDay: '2024-09-30' }),
      withdrawn('2024-12-31'),
    ];
    expect(columnsOf(...events)).toEqual(['2024-03-04 - 2024-12-31 entitled', '2025-01-01 - open outside']);
    expect(fold(...events).state.map(({ profile }) => profile)).toEqual([NONE, 754, 755, 754, NONE]);
  });
});

describe('treatment in a residence', () => {
  const entitlement = entitled('2024-03-04');

  it('is what the admission says until it changes, each change counting from its day', () => {
    const events = [
      entitlement,
      admitted('2024-03-04'),
      treatment(true, '2024-05-01'),
      treatment(false, '2024-07-01'),
    ];
    expect(columnsOf(...events)).toEqual([
      '2024-03-04 - 2024-04-30 residence',
      '2024-05-01 - 2024-06-30 residence-with-treatment',
      '2024-07-01 - open residence',
    ]);
  });

  it('changed on the day of the admission counts, changed before it does not', () => {
    expect(columnsOf(entitlement, admitted('2024-03-04'), treatment(true, '2024-03-04'))).toEqual([
      '2024-03-04 - open residence-with-treatment',
    ]);
    expect(columnsOf(entitlement, admitted('2024-03-04'), treatment(true, '2024-03-03')).at(-1)).toBe(
      '2024-03-04 - open residence',
    );
  });

  it('of an earlier admission says nothing about a later one', () => {
    const events = [
      entitlement,
      admitted('2024-03-04'),
      treatment(true, '2024-05-01'),
      admitted('2024-06-01', { provider: '45454545' }),
    ];
    expect(columnsOf(...events).at(-1)).toBe('2024-06-01 - open residence');
  });

  it('makes no difference outside a residence', () => {
    expect(columnsOf(entitlement, delivered('full-package', '2024-03-04', { withTreatment: true }))).toEqual([
      '2024-03-04 - open full-package',
    ]);
  });
});

describe('bridging', () => {
  const entitlement = entitled('2024-05-14');

  it('gives the column of its form within its term, then the client is only entitled', () => {
    expect(columnsOf(entitlement, bridged('2024-05-14'), bridgingEnded('2024-09-30'))).toEqual([
      '2024-05-14 - 2024-08-12 modular in-term',
      '2024-08-13 - 2024-09-30 entitled expired',
      '2024-10-01 - open entitled',
    ]);
  });

  it('that is extended in time goes on', () => {
    expect(columnsOf(entitlement, bridged('2024-05-14'), extended('2024-08-01', '2024-11-12'))).toEqual([
      '2024-05-14 - 2024-11-12 modular in-term',
      '2024-11-13 - open entitled expired',
    ]);
  });

  it('needs an entitlement', () => {
    expect(columnsOf(bridged('2024-05-01'), entitlement)).toEqual([
      '2024-05-01 - 2024-05-13 outside',
      '2024-05-14 - 2024-07-30 modular in-term',
      '2024-07-31 - open entitled expired',
    ]);
  });

  it('gives way to a delivery of the same day', () => {
    expect(columnsOf(entitlement, bridged('2024-05-14'), delivered('full-package', '2024-05-14'))).toEqual([
      '2024-05-14 - open full-package',
    ]);
  });
});

describe('finding a stretch', () => {
  it('is right on the first and last day of each, and finds none after death', () => {
    const { state } = fold(
      registered('2023-01-01'),
      entitled('2024-03-04'),
      moved('0518', '2024-05-01'),
      died('2024-08-11'),
    );
    state.forEach((stretch, at) => {
      expect(stretchIndexOn(state, stretch.from)).toBe(at);
      expect(stretchIndexOn(state, stretch.until - 1)).toBe(at);
    });
    expect(stretchIndexOn(state, parseDay('2024-08-12'))).toBeUndefined();
  });
});
