import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { cellsOf } from '../cells.fixture.js';
import { withoutPrivacy } from '../privacy/privacy-rule.js';
import { publishCells } from '../privacy/publish-cells.js';
import type { PublishedSweep } from '../privacy/publish-sweep.js';
import { curveOf } from '../sweep/sweep-result.js';
import { sweepSums, type SweepSum } from '../sweep/sweep-sums.js';
import { mergeSealed, type MergedReplay, type MergedRow } from './merge-sealed.js';
import { readSealed } from './read-sealed.js';
import { sealReplay, sealedText, type SealedReplay } from './sealed-replay.js';
import { sealedSchema } from './sealed-schema.js';
import { question, sealedBy } from './sealed.fixture.js';

const delft = sealedBy('Delft', { guidance: 90, residence: 40, 'short-stay': 4 });
const gouda = sealedBy('Gouda', { guidance: 30, residence: 60 });

function merge(...files: SealedReplay[]): MergedReplay {
  const outcome = mergeSealed(files);
  if ('refused' in outcome) throw new Error(outcome.refused.map(({ message }) => message).join('\n'));
  return outcome.merged;
}
const rowNamed = (merged: MergedReplay, label: string): MergedRow =>
  merged.rows.find(({ labels }) => labels[0] === label)!;

describe('sealing', () => {
  it('holds only what may be published', () => {
    expect(delft.rows.map(({ suppressed }) => suppressed)).toEqual([false, true, true]);
    expect(sealedText(delft)).not.toContain('"clients":4');
  });

  it('refuses the profile that hides nothing', () => {
    const made = { place: 'Delft', run: '', log: { position: '', digest: '' }, question };
    expect(() => sealReplay(made, publishCells(cellsOf({ a: 3 }), withoutPrivacy), null)).toThrow(
      /such as k10/,
    );
  });
});

describe('reading a sealed replay', () => {
  const problemsOf = (change: (file: SealedReplay & Record<string, never>) => void): string[] => {
    const file = JSON.parse(sealedText(delft)) as SealedReplay & Record<string, never>;
    change(file);
    return readSealed('d.json', sealedText(file)).problems.map(
      ({ where, message }) => `${where}: ${message}`,
    );
  };

  it('has a schema that is one', () => {
    expect(new Ajv2020({ strict: false }).validateSchema(sealedSchema)).toBe(true);
  });

  it('gives back what was sealed', () => {
    expect(readSealed('d.json', sealedText(delft))).toEqual({ sealed: delft, problems: [] });
  });

  it('tells of a text that is no JSON', () => {
    expect(readSealed('d.json', '{').problems).toEqual([
      { where: 'd.json', message: expect.stringContaining('Give the file as it was written by the place') },
    ]);
  });

  it('tells all that is wrong with the form at once', () => {
    const problems = problemsOf((file) => {
      Object.assign(file, { format: 'other', extra: 1 });
      Object.assign(file.question, {
        privacy: 'none',
        period: { firstDay: '2023-02-30', lastDay: '2023-12-31' },
      });
    });
    expect(problems).toHaveLength(4);
    expect(problems.join('\n')).toMatch(/extra/);
    expect(problems.join('\n')).toMatch(/d\.json\/format: .*domeinbrug\/sealed-replay\/1/);
    expect(problems.join('\n')).toMatch(/\/question\/period\/firstDay/);
    expect(problems.join('\n')).toMatch(/\/question\/privacy/);
  });

  it('refuses figures in a suppressed row, and counts that are not rounded', () => {
    expect(problemsOf(({ rows }) => Object.assign(rows[1]!, { changedClients: 4 }))).toEqual([
      'd.json/rows/1/changedClients: /rows/1/changedClients must be null.',
    ]);
    expect(problemsOf(({ rows }) => Object.assign(rows[0]!, { changedClients: 13 }))[0]).toMatch(
      /multiple of 10/,
    );
  });

  it('refuses rows that do not fit together', () => {
    expect(
      problemsOf(({ rows }) => {
        Object.assign(rows[0]!, { labels: ['z', 'y'] });
        Object.assign(rows[0]!.change!, { days: 7 });
      }),
    ).toEqual([
      'd.json/rows/0: The row has 2 labels; there are 1 dimensions.',
      'd.json/rows/0: The change is not the alternative less the baseline.',
      'd.json/rows/1: The row does not come after the one before it; rows are sorted by labels, each once.',
    ]);
    expect(problemsOf((file) => Object.assign(file, { rows: [] }))[0]).toMatch(
      /3 rows, 2 suppressed; there are 0/,
    );
  });
});

describe('a sealed sweep', () => {
  const vary = { parameter: 'handoverLength', values: [0, 7, 14] };
  const sweptBy = (place: string, points: PublishedSweep['points']): SealedReplay => {
    const curve = curveOf(
      { parameter: 'handoverLength', unit: 'days', method: 'histogram' },
      points.flatMap(({ figures }) => figures ?? []),
    );
    const shown = points.map(({ values }, at) => ({ values, figures: curve.points[at] ?? null }));
    const complete = curve.points.length === vary.values.length;
    return sealedBy(place, { guidance: 90 }, { vary }, { ...curve, points: shown, complete });
  };
  const shown = (values: number[], days: number): PublishedSweep['points'][number] => {
    const sums = Object.fromEntries(sweepSums.map((name) => [name, 0])) as Record<SweepSum, number>;
    return {
      values,
      figures: { ...sums, value: values.at(-1)!, zvw: days, days, clients: 20, marginal: null },
    };
  };
  const whole = sweptBy('Delft', [shown([0], 100), shown([7], 150), shown([14], 180)]);
  const merging = sweptBy('Gouda', [shown([0], 10), shown([7, 14], 40)]);
  const ending = sweptBy('Breda', [shown([0], 1), { values: [7, 14], figures: null }]);

  it('is read as it was sealed', () => {
    for (const file of [whole, merging, ending])
      expect(readSealed('d.json', sealedText(file))).toEqual({ sealed: file, problems: [] });
  });

  it('must be the one that was asked for', () => {
    const other = { ...whole, question: { ...whole.question, vary: { ...vary, values: [0, 7] } } };
    expect(readSealed('d.json', sealedText(other)).problems).toEqual([
      {
        where: 'd.json/sweep',
        message: 'The sweep is of handoverLength 0 7 14; what was asked is handoverLength 0 7.',
      },
    ]);
    const none = { ...whole, sweep: null };
    expect(readSealed('d.json', sealedText(none)).problems).toHaveLength(1);
  });

  it('adds up where every place tells its figures, and says where not', () => {
    const { sweep, notes } = merge(whole, merging);
    expect(sweep!.points.map(({ value, days, marginal }) => [value, days, marginal?.days])).toEqual([
      [0, 110, undefined],
      [14, 220, 55],
    ]);
    expect(notes.join()).toContain('what 7 come to');
    expect(merge(whole, ending).sweep!.points.map(({ value }) => value)).toEqual([0]);
    expect(merge(delft, gouda).sweep).toBeNull();
  });
});

describe('merging sealed replays', () => {
  it('adds up what the places published', () => {
    expect(rowNamed(merge(delft, gouda), 'guidance')).toMatchObject({
      publishedIn: 2,
      suppressedIn: 0,
      lowerBound: false,
      baseline: { days: 1200, clients: 120, recorded: 1_200_000 },
      changedClients: 120,
    });
  });

  it('says where a sum is a lower bound, and keeps a row that nobody published', () => {
    const merged = merge(delft, gouda);
    expect(rowNamed(merged, 'residence')).toMatchObject({
      publishedIn: 1,
      suppressedIn: 1,
      lowerBound: true,
      baseline: { days: 600 },
    });
    expect(rowNamed(merged, 'short-stay')).toMatchObject({ publishedIn: 0, suppressedIn: 1, baseline: null });
    expect(merged.notes.join('\n')).toMatch(/known in two places counts twice/);
    expect(merged.notes.join('\n')).toMatch(/2 of 3 rows are suppressed in one or more of 2 places/);
  });

  it('gives whole totals when every place told its own', () => {
    expect(merge(delft, gouda).totals).toMatchObject({
      rows: 3,
      suppressedRows: 2,
      toldBy: 2,
      lowerBound: false,
      baseline: { days: 2240 },
    });
    expect(merge(gouda, sealedBy('Ede', { guidance: 3 })).totals).toMatchObject({
      toldBy: 1,
      lowerBound: true,
      baseline: { days: 900 },
    });
  });

  it('lists where each log stood', () => {
    expect(merge(gouda, delft).places.map(({ place, log }) => [place, log.position])).toEqual([
      ['Delft', '500'],
      ['Gouda', '500'],
    ]);
  });

  it('refuses another question, with every difference', () => {
    const other = sealedBy(
      'Ede',
      { guidance: 90 },
      {
        engine: 'replay 2',
        baseline: { id: 'sharp-cut', hash: 'e'.repeat(64) },
        population: {},
      },
    );
    const outcome = mergeSealed([gouda, other, delft]);
    const refused = 'refused' in outcome ? outcome.refused : [];
    expect(refused.map(({ what }) => what)).toEqual(['engine', 'baseline', 'population']);
    expect(refused[0]).toEqual({
      what: 'engine',
      asked: [
        { value: 'replay 1', places: ['Delft', 'Gouda'] },
        { value: 'replay 2', places: ['Ede'] },
      ],
      message:
        'The places differ in engine: replay 1 (Delft, Gouda); replay 2 (Ede). Run the replay again where it differs, and ask the same.',
    });
  });

  it('takes rule sets of other names and the same meaning, and refuses a place that comes twice', () => {
    const renamed = sealedBy(
      'Ede',
      { guidance: 90 },
      { baseline: { ...question.baseline, id: 'scherpe-knip' } },
    );
    expect(merge(delft, renamed).question.baseline.id).toBe('sharp-cut');
    const outcome = mergeSealed([delft, gouda, delft]);
    expect('refused' in outcome && outcome.refused.map(({ what, message }) => [what, message])).toEqual([
      [
        'place',
        'Delft is there more than once, and would count more than once. Give one file of each place.',
      ],
    ]);
    expect(() => mergeSealed([])).toThrow('at least one place');
  });

  it('gives the same bytes whatever the order of the files', () => {
    const sizes = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 1, max: 60 }), {
      maxKeys: 4,
    });
    fc.assert(
      fc.property(
        fc
          .array(sizes, { minLength: 1, maxLength: 5 })
          .map((all) => all.map((each, at) => sealedBy(`place ${at}`, each)))
          .chain((files) =>
            fc.tuple(fc.constant(files), fc.shuffledSubarray(files, { minLength: files.length })),
          ),
        ([files, shuffled]) => {
          expect(sealedText(merge(...shuffled))).toBe(sealedText(merge(...files)));
        },
      ),
      { seed: 4, numRuns: 200 },
    );
  });
});
