import { parseDay } from '@domeinbrug/calendar';
import {
  clientArgument,
  dayArgument,
  funderArgument,
  knownAtArgument,
  servicesArgument,
} from './arguments.js';

describe('what stands on the command line', () => {
  it('refuses nine digits as a client and says where the number belongs instead', () => {
    expect(() => clientArgument('123456782')).toThrow(/BSN.*history of the shell.*--bsn-stdin/s);
    expect(() => clientArgument('000000000')).toThrow(/--bsn-stdin/);
  });

  it('takes client ids, and refuses what is none', () => {
    expect(clientArgument('DemoHandover')).toBe('DemoHandover');
    expect(() => clientArgument('short')).toThrow(/"short" is no client id/);
    expect(() => clientArgument('with-hyphens')).toThrow(/8 to 64 letters and digits/);
  });

  it('takes days that exist', () => {
    expect(dayArgument('--on', '2024-02-29')).toBe('2024-02-29');
    expect(dayArgument('--on', undefined)).toBeUndefined();
    expect(() => dayArgument('--on', '2023-02-29')).toThrow('--on: "2023-02-29" is no day');
  });

  it('names every service that does not exist', () => {
    expect(servicesArgument('guidance, residence')).toEqual(['guidance', 'residence']);
    expect(() => servicesArgument('guidence,residence,nursing')).toThrow(
      'there is no guidence, nursing; there are',
    );
  });

  it('takes funders of every kind', () => {
    expect(funderArgument('care-office:5515')).toBe('care-office:5515');
    expect(funderArgument('pool:noord-2024')).toBe('pool:noord-2024');
    expect(() => funderArgument('insurer:')).toThrow(/no funder/);
    expect(() => funderArgument('insurer:33')).toThrow(/"insurer:33" is no funder/);
    expect(() => funderArgument('3311')).toThrow(/insurer:3311/);
  });

  it('takes a moment of knowledge as an instant, a day (its end in the Netherlands) or a position', () => {
    expect(knownAtArgument('2024-03-10T12:00:00+01:00')).toEqual({ instant: Date.UTC(2024, 2, 10, 11) });
    expect(knownAtArgument('2024-03-10')).toEqual({
      instant: (parseDay('2024-03-11') * 24 - 1) * 3_600_000 - 1,
    });
    expect(knownAtArgument('2024-07-10')).toEqual({
      instant: (parseDay('2024-07-11') * 24 - 2) * 3_600_000 - 1,
    });
    expect(knownAtArgument('412')).toEqual({ position: '412' });
    expect(knownAtArgument(undefined)).toBeUndefined();
    expect(() => knownAtArgument('2024-03-10T12:00:00')).toThrow(/instant with offset/);
    expect(() => knownAtArgument('yesterday')).toThrow(/"yesterday" is no moment/);
  });
});
