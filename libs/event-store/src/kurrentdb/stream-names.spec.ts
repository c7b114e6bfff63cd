import fc from 'fast-check';
import { StreamNames, compareCodePoints } from './stream-names.js';

const wellFormed = fc.string({ unit: 'binary' }); // any code points

describe('the order of names', () => {
  it('is that of their code points', () => {
    fc.assert(
      fc.property(wellFormed, wellFormed, (a, b) => {
        const byBytes = Buffer.compare(Buffer.from(a), Buffer.from(b)); // UTF-8 has the order of code points
        expect(Math.sign(compareCodePoints(a, b))).toBe(byBytes);
      }),
    );
    expect(['journey-💶', 'journey-ｘ', 'journey-e'].sort(compareCodePoints)).toEqual([
      'journey-e',
      'journey-ｘ',
      'journey-💶',
    ]);
  });
});

describe('the names of a category', () => {
  it('are in order whenever they are asked for, and come page by page', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string()),
        fc.nat(20),
        fc.integer({ min: 1, max: 5 }),
        (ids, early, limit) => {
          const names = new StreamNames();
          const all = ids.map((id) => `journey-${id}`);
          for (const [index, name] of all.entries()) {
            names.add(name);
            names.add(`other${index}-x`);
            if (index === early) names.of('journey');
          }
          const sorted = [...all].sort(compareCodePoints);
          expect(names.of('journey')).toEqual(sorted);
          const paged: string[] = [];
          for (let page = names.page('journey', null, limit); page.length > 0;) {
            paged.push(...page);
            page = names.page('journey', page.at(-1)!, limit);
          }
          expect(paged).toEqual(sorted);
        },
      ),
    );
  });

  it('are none without a hyphen', () => {
    const names = new StreamNames();
    for (const name of ['journey', '-journey']) names.add(name);
    expect(names.of('journey')).toEqual([]);
  });
});
