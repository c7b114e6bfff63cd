import { admitted, caseManager, entitled, registered, time } from '../../../test/build/events.js';
import { plainRules, rulesWithWindow } from '../../../test/build/rule-sets.js';
import { windowRuns } from './window-runs.js';

const history = [
  registered('2023-01-01'),
  caseManager('2023-06-01'),
  entitled('2024-03-04'),
  admitted('2024-03-04'),
];
const knownAt = { instant: Number.MAX_SAFE_INTEGER, position: '0' };

describe('window runs', () => {
  it('name the days of each opening, its cap, and the minutes that were taken of it', () => {
    const events = [
      ...history,
      time('case-management', '2024-03-05', 60),
      time('case-management', '2024-03-06', 70),
    ];
    const runs = windowRuns(
      { clientId: 'client0001', events },
      rulesWithWindow({ cap: { minutes: 100 } }),
      knownAt,
    );
    expect(runs).toEqual([
      expect.objectContaining({
        service: 'case-management',
        firstDay: '2024-03-04',
        cap: 100,
        minutesUsed: 100,
      }),
    ]);
  });

  it('count minutes also where there is no cap', () => {
    const events = [...history, time('case-management', '2024-03-05', 600)];
    const [run] = windowRuns({ clientId: 'client0001', events }, rulesWithWindow(), knownAt);
    expect(run).toMatchObject({ cap: null, minutesUsed: 600 });
  });

  it('are none where nothing opens one', () => {
    expect(windowRuns({ clientId: 'client0001', events: history }, plainRules(), knownAt)).toEqual([]);
  });
});
