import { drawTimeline } from './draw-timeline.js';
import { gap, row } from './sample-rows.js';

/** Help and a case manager at home, a month of waiting, an admission with a handover. */
const admission = {
  cover: [
    row('case-management', ['2023-09-04', '2024-03-03'], 'insurer:3311'),
    row('case-management', ['2024-03-04', '2024-04-14'], 'insurer:3311', {
      kind: 'handover',
      rule: 'handover',
    }),
    row('household-help', ['2023-06-05', '2024-01-31'], 'municipality:0363', { law: 'wmo' }),
    row('residence', ['2024-03-04', null], 'care-office:5515', { law: 'wlz' }),
  ],
  gaps: [gap('household-help', ['2024-02-01', '2024-03-03'], 'excluded-by-wlz')],
};

describe('the drawing of a timeline', () => {
  it('draws a lane per service, with payers, windows, gaps and open ends, and says what is what', () => {
    expect(drawTimeline(admission, 72)).toEqual([
      '                 2023                   2024',
      '                 Jun    Aug Sep   Nov   Jan Feb   Mar    Apr',
      'case-management              B━━━━━━━━━━━━━━━━━━━━━B▒▒▒▒▒▒▒▒',
      'household-help   A━━━━━━━━━━━━━━━━━━━━━━━━━━!!!!!!!',
      'residence                                          C━━━━━━━━━━━━━━━━━━━>',
      '',
      'A municipality:0363   B insurer:3311   C care-office:5515',
      '━ regular   ▒ handover   ! nobody pays   > no end known',
    ]);
  });

  it('gives a service a second lane where more than one pays on a day', () => {
    const timeline = {
      cover: [
        row('guidance', ['2024-01-01', '2024-02-29'], 'municipality:0363'),
        row('guidance', ['2024-03-01', '2024-06-30'], 'care-office:5515'),
        row('guidance', ['2024-03-01', '2024-04-11'], 'municipality:0363', { kind: 'run-out' }),
      ],
      gaps: [],
    };
    expect(drawTimeline(timeline, 50).slice(2, 4)).toEqual([
      'guidance  A━━━━━━━━━━━━B━━━━━━━━━━━━━━━━━━━━━━━━━━',
      '                       A▓▓▓▓▓▓▓▓▓▓▓',
    ]);
  });

  it('marks a single day, and each kind of cover with a character of its own', () => {
    const kinds = ['regular', 'retained', 'joint', 'handover', 'aftercare', 'run-out'] as const;
    const rest = ['vacancy', 'lead-in', 'continuity'] as const;
    const cover = [...kinds, ...rest].map((kind, index) =>
      row('residence', [`2024-01-0${index + 1}`, `2024-01-0${index + 1}`], 'care-office:5515', { kind }),
    );
    expect(drawTimeline({ cover, gaps: [] }, 29)).toEqual([
      '           2024',
      '           Jan',
      'residence  A━A┄A═A▒A░A▓A□A◁A╱',
      '',
      'A care-office:5515',
      '━ regular   ┄ retained',
      '═ joint   ▒ handover',
      '░ aftercare   ▓ run-out',
      '□ vacancy   ◁ lead-in',
      '╱ continuity',
    ]);
  });

  it('goes on in a block below when there are more changes than characters', () => {
    const cover = Array.from({ length: 8 }, (_, index) =>
      row('residence', [`202${index}-02-01`, `202${index}-12-31`], 'care-office:5515'),
    );
    const lines = drawTimeline({ cover, gaps: [] }, 27);
    expect(lines.slice(0, -2)).toEqual([
      '           2020  2022',
      '           Feb   Jan Jan',
      'residence  A━  A━  A━  A━',
      '',
      '           2024   2026',
      '           Feb    Jan Jan',
      'residence  A━   A━  A━   A━',
      '',
    ]);
    expect(lines.every((line) => line.length <= 27)).toBe(true);
  });

  it('draws nothing where there is nothing', () => {
    expect(drawTimeline({ cover: [], gaps: [] }, 80)).toEqual([]);
  });
});
