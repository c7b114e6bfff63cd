import { tellDementia, withDementia } from './dementia.js';
import type { Period, Told } from './diary.js';
import { nursed, supported, tellNursed, tellSupported } from './home-care.js';
import { disabled, frail, tellDisabled, tellFrail } from './long-term-care.js';
import { personOf, type Life, type Person } from './person.js';
import type { Random } from './random.js';

interface Kind {
  life: Life;
  tell(person: Person): void;
}

const kinds = {
  supported: { life: supported, tell: tellSupported },
  nursed: { life: nursed, tell: tellNursed },
  dementia: { life: withDementia, tell: tellDementia },
  frail: { life: frail, tell: tellFrail },
  disabled: { life: disabled, tell: tellDisabled },
} satisfies Record<string, Kind>;
export type KindOfPerson = keyof typeof kinds;

/**
 * Of a thousand people with care under the three laws in the course of four years. After what is published of users
 * a year: 1.28 million under the Wmo (CBS 86050NED), 0.58 million with district nursing (Staat VenZ), 0.36 million
 * with a Wlz indication, more than half of them old (CBS 84529NED, ActiZ), 62,000 with a case manager (HHM); some 1.8
 * million in all, as many have care under two laws.
 */
const mix: readonly (readonly [KindOfPerson, number])[] = [
  ['supported', 595],
  ['nursed', 190],
  ['dementia', 65],
  ['frail', 85],
  ['disabled', 65],
];

export interface ToldPerson {
  kind: KindOfPerson;
  /** In the order in which it is told. */
  told: Told[];
}

/** Everything told of person `number` (from 0) of the population with this seed, whatever its size. */
export function tellPerson(seed: number, number: number, period: Period): ToldPerson {
  let kind: KindOfPerson = 'supported';
  const lifeOf = (random: Random): Life => kinds[(kind = random.weighted(mix))].life;
  const person = personOf(seed, number, period, lifeOf);
  kinds[kind].tell(person);
  const told = person.diary.told.sort((a, b) => a.recordedAt - b.recordedAt);
  return { kind, told };
}
