import {
  admitted,
  caseManager,
  carer,
  corrected,
  died,
  entitled,
  handedOver,
  moved,
  nursing,
  registered,
  retracted,
  stay,
  wmo,
} from '../../../test/build/events.js';
import { days, fold, foldAt } from '../../../test/build/answers.js';

const events = [
  registered('2023-01-01'),
  caseManager('2023-06-01'),
  wmo(['guidance'], '2023-09-01'),
  nursing('2023-10-01'),
  entitled('2024-03-04'),
  admitted('2024-03-04'),
  carer('2023-01-01'),
  stay('hospital', '2023-12-01'),
];

describe('the fold', () => {
  it('depends on the set of events, not on their order or repetition', () => {
    expect(fold(...events.toReversed(), ...events)).toEqual(fold(...events));
  });

  it('of nothing is no facts', () => {
    const { claims, homes, death, findings, events: known } = fold();
    expect({ claims, homes, death, findings, known }).toEqual({
      claims: [],
      homes: [],
      death: null,
      findings: [],
      known: [],
    });
  });

  it('knows nothing that was recorded later', () => {
    expect(foldAt('2024-03-04T10:59:59Z', ...events).deliveries).toEqual([]);
    expect(foldAt('2024-03-04T11:00:00Z', ...events).deliveries).toHaveLength(1);
  });

  it('reads corrected data, and finds facts in them', () => {
    const admission = admitted('2024-03-04');
    const { deliveries, triggers } = fold(admission, corrected(admission, admitted('2024-03-11')));
    expect(deliveries.map(days)).toEqual(['2024-03-11 - open']);
    expect(triggers.admission).toEqual([deliveries[0]!.from]);
  });

  it('after a retraction is that of the history without the event', () => {
    const admission = events[5]!;
    expect(fold(...events, retracted(admission))).toEqual(fold(...events.filter((one) => one !== admission)));
  });
});

describe('the day of death', () => {
  it('is the last day of whatever holds for the client', () => {
    const facts = fold(...events, died('2024-08-11'));
    const lines = [
      facts.homes,
      facts.insured,
      facts.careOffices,
      facts.claims,
      facts.entitlements,
      facts.deliveries,
      facts.carers,
      facts.stays,
    ];
    expect(
      lines
        .flat()
        .map(days)
        .filter((line) => !line.endsWith('2024-08-11')),
    ).toEqual([]);
    expect(lines.every((line) => line.length > 0)).toBe(true);
  });

  it('is itself a day on which things may begin', () => {
    expect(fold(admitted('2024-08-11'), died('2024-08-11')).deliveries.map(days)).toEqual([
      '2024-08-11 - 2024-08-11',
    ]);
  });

  it('is followed by no facts', () => {
    const facts = fold(
      died('2024-08-11'),
      admitted('2024-08-12'),
      moved('0518', '2024-08-12'),
      handedOver('case-management', '2024-08-12'),
    );
    expect([facts.deliveries, facts.homes, facts.completions]).toEqual([[], [], []]);
  });

  it('names the death as what ended a fact', () => {
    const death = died('2024-08-11');
    const { claims, events: known } = fold(caseManager('2024-01-01'), death);
    expect(known[claims[0]!.ended]!.id).toBe(death.id);
  });
});
