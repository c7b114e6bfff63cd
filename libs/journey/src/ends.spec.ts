import { OPEN_END } from '@domeinbrug/calendar';
import { endById, endLatest, endOn, succeedOneAnother } from './ends.js';
import { NONE, type Fact } from './facts.js';

/** Opened by event 0, 1, 2, …; `until` as given. */
const starts = (...ranges: [from: number, until?: number][]): Fact[] =>
  ranges.map(([from, until], opened) => ({ from, until: until ?? OPEN_END, opened, ended: NONE }));
const spans = (facts: readonly Fact[]): [number, number][] => facts.map(({ from, until }) => [from, until]);

describe('an end without an id', () => {
  it('belongs to the latest start on or before its day', () => {
    const facts = starts([10], [20], [30]);
    expect(endLatest(facts, [{ lastDay: 29, event: 7 }])).toEqual([]);
    expect(spans(facts)).toEqual([
      [10, OPEN_END],
      [20, 30],
      [30, OPEN_END],
    ]);
    expect(facts[1]!.ended).toBe(7);
  });

  it('belongs to a start of its own day', () => {
    const facts = starts([10], [20]);
    endLatest(facts, [{ lastDay: 20, event: 7 }]);
    expect(spans(facts)[1]).toEqual([20, 21]);
  });

  it('belongs to each of several that begin on one day', () => {
    const facts = starts([10], [10]);
    endLatest(facts, [{ lastDay: 15, event: 7 }]);
    expect(spans(facts)).toEqual([
      [10, 16],
      [10, 16],
    ]);
  });

  it('belongs only to those it fits', () => {
    const facts = starts([10], [20]);
    endLatest(facts, [{ lastDay: 25, event: 7 }], ({ opened }) => opened === 0);
    expect(spans(facts)).toEqual([
      [10, 26],
      [20, OPEN_END],
    ]);
  });

  it('before every start belongs to none', () => {
    const early = { lastDay: 9, event: 7 };
    const facts = starts([10]);
    expect(endLatest(facts, [early])).toEqual([early]);
    expect(spans(facts)).toEqual([[10, OPEN_END]]);
  });

  it('is the earliest where there are several', () => {
    const facts = starts([10]);
    endLatest(facts, [
      { lastDay: 40, event: 7 },
      { lastDay: 30, event: 8 },
      { lastDay: 35, event: 9 },
    ]);
    expect(facts[0]).toMatchObject({ until: 31, ended: 8 });
  });
});

describe('an end by id', () => {
  it('ends each fact of that id, and makes one that begins later empty', () => {
    const facts = starts([10], [20]);
    expect(endById(facts, [{ lastDay: 14, event: 7 }], () => true)).toEqual([]);
    expect(spans(facts)).toEqual([
      [10, 15],
      [20, 15],
    ]);
  });

  it('of no fact is handed back', () => {
    const end = { lastDay: 14, event: 7 };
    expect(endById(starts([10]), [end], () => false)).toEqual([end]);
  });
});

describe('ending a fact', () => {
  it('never prolongs it', () => {
    const [fact] = starts([10, 20]);
    endOn(fact!, 25, 7);
    expect(fact).toMatchObject({ until: 20, ended: NONE });
  });
});

describe('facts that exclude one another', () => {
  it('each end the day before the next begins, by the event that opens the next', () => {
    const kept = succeedOneAnother(starts([20], [10]));
    expect(spans(kept)).toEqual([
      [10, 20],
      [20, OPEN_END],
    ]);
    expect(kept[0]!.ended).toBe(0);
  });

  it('keep an end of their own that comes earlier', () => {
    expect(spans(succeedOneAnother(starts([10, 15], [20])))).toEqual([
      [10, 15],
      [20, OPEN_END],
    ]);
  });

  it('of one day: the one that lasts longest', () => {
    expect(succeedOneAnother(starts([10, 15], [10], [10, 90])).map(({ opened }) => opened)).toEqual([1]);
  });

  it('of one day and one length: the first in order of source and id', () => {
    expect(succeedOneAnother(starts([10], [10])).map(({ opened }) => opened)).toEqual([0]);
  });

  it('do not end what they do not exclude', () => {
    const kept = succeedOneAnother(starts([10], [20], [30]), (a, b) => a.opened !== 1 && b.opened !== 1);
    expect(spans(kept)).toEqual([
      [10, 30],
      [20, OPEN_END],
      [30, OPEN_END],
    ]);
  });

  it('that lost their day end nothing', () => {
    // 2 loses day 20 to 1, which does not exclude 0; so nothing that counts ends 0.
    const kept = succeedOneAnother(starts([10], [20], [20, 25]), (a, b) => a.opened + b.opened !== 1);
    expect(spans(kept)).toEqual([
      [10, OPEN_END],
      [20, OPEN_END],
    ]);
  });
});
