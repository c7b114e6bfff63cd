import type { CaseEvent } from '@domeinbrug/cases';
import { shorten, type History } from './shorten.js';

const registered: CaseEvent = {
  type: 'client-registered',
  firstDay: '2021-03-17',
  municipality: '0384',
  insurer: '3332',
};
const managed: CaseEvent = { type: 'case-management-started', firstDay: '2023-05-08', provider: '61616161' };
const closed: CaseEvent = { type: 'case-management-ended', lastDay: '2024-02-09' };
const admitted: CaseEvent = { type: 'client-admitted', firstDay: '2024-02-12', provider: '41414141' };

const has = (history: History, type: string): CaseEvent | undefined =>
  history.find((event) => event.type === type);

it('leaves out every event that is not needed, and a start with its end', () => {
  const history = [admitted, managed, closed, registered];
  const paired = (candidate: History): boolean =>
    has(candidate, 'client-admitted') !== undefined &&
    (has(candidate, managed.type) === undefined) === (has(candidate, closed.type) === undefined);
  expect(shorten(history, paired)).toEqual([{ type: 'client-admitted' }]);
});

it('keeps the days apart that must be, near one day and in their order', () => {
  const apart = (candidate: History): boolean => {
    const [first, then] = [has(candidate, 'client-registered'), has(candidate, 'client-admitted')];
    return typeof then?.['firstDay'] === 'string' && then['firstDay'] > (first?.['firstDay'] as string);
  };
  expect(shorten([admitted, managed, registered], apart)).toEqual([
    { type: 'client-registered', firstDay: '2024-01-01' },
    { type: 'client-admitted', firstDay: '2024-01-02' },
  ]);
});

it('finds the first of many years of days on which it still holds', () => {
  const late = (candidate: History): boolean =>
    candidate.some((event) => typeof event['firstDay'] === 'string' && event['firstDay'] >= '2031-07-19');
  const [event] = shorten([{ type: 'client-admitted', firstDay: '2044-12-31' }], late);
  expect(event).toEqual({ type: 'client-admitted', firstDay: '2031-07-19' });
});

it('writes ordinary codes where any will do', () => {
  const whole = (candidate: History): boolean =>
    ['firstDay', 'municipality', 'insurer'].every((field) => candidate[0]?.[field] !== undefined);
  expect(shorten([registered], whole)).toEqual([
    { type: 'client-registered', firstDay: '2024-01-01', municipality: '0363', insurer: '3311' },
  ]);
});

it('tells a claim as it is usually made', () => {
  const decision = { type: 'wmo-decision-issued', firstDay: '2024-01-01', services: ['district-nursing'] };
  const claimed = (candidate: History): boolean => JSON.stringify(candidate).includes('district-nursing');
  expect(shorten([decision], claimed)).toEqual([
    { type: 'zvw-care-indicated', services: ['district-nursing'] },
  ]);
});
