import { privacyRule, publishFigure, withoutPrivacy } from './privacy-rule.js';

describe('privacy profiles', () => {
  it('are none, or k with a number from 5', () => {
    expect(privacyRule('none')).toBe(withoutPrivacy);
    expect(privacyRule('k10')).toEqual({ name: 'k10', k: 10, roundsClientsTo: 10, roundsDaysTo: 500 });
    expect(['', 'k', 'k4', 'k0', 'k010', 'K10', 'k10 ', 'k-10', 'k1e1'].map(privacyRule)).toEqual(
      Array(9).fill(undefined),
    );
  });
});

describe('a figure by itself', () => {
  const k10 = privacyRule('k10')!;

  it('is kept back when it is about 1 to k-1 clients', () => {
    expect(publishFigure({ clients: 1, days: 30 }, k10)).toBeNull();
    expect(publishFigure({ clients: 9, days: 30 }, k10)).toBeNull();
  });

  it('is given with its clients rounded otherwise', () => {
    expect(publishFigure({ clients: 0, days: 0 }, k10)).toEqual({ clients: 0, days: 0 });
    expect(publishFigure({ clients: 14, days: 30 }, k10)).toEqual({ clients: 10, days: 30 });
    expect(publishFigure({ clients: 1, days: 30 }, withoutPrivacy)).toEqual({ clients: 1, days: 30 });
  });
});
