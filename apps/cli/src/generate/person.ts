import type { Day } from '@domeinbrug/calendar';
import { dayOf, yearOf } from '@domeinbrug/calendar';
import { sourceOf } from '@domeinbrug/intake';
import { diaryOf, type Diary, type Period } from './diary.js';
import { anyInsurer, anyPlace, nextPlace, type Place } from './places.js';
import { randomOf, type Random } from './random.js';

/** From this day on it is so, until the next. */
interface Since<T> {
  firstDay: Day;
  is: T;
}

/** One invented person: what happens to them whatever care they have, and the diary in which it is told. */
export interface Person {
  random: Random;
  diary: Diary;
  birthYear: number;
  /** The first day on which anybody here knows them. */
  firstDay: Day;
  /** The last day of which anything can be told: that of death or of the history. */
  lastDay: Day;
  died: boolean;
  homes: readonly Since<Place>[];
  insurers: readonly Since<string>[];
}

/** What kind of life: how old at first, and how likely to die or move within a year. */
export interface Life {
  age: readonly [least: number, most: number];
  deathsAYear: number;
  movesAYear: number;
  /** The share that has care when the history begins. */
  alreadyThere: number;
  /** For how long at most they have had it then, in days. */
  sinceAtMost: number;
}

/** Insured people who choose another insurer at 1 January; the old do so seldom. */
const switchesAYear = 0.03;

/** Person `number` of the population with this seed. The same whatever the size of the population. */
export function personOf(
  seed: number,
  number: number,
  period: Period,
  lifeOf: (random: Random) => Life,
): Person {
  const random = randomOf(seed, number);
  const clientId = pseudonymOf(random);
  const life = lifeOf(random);
  const firstDay = random.chance(life.alreadyThere)
    ? period.firstDay - random.int(1, life.sinceAtMost)
    : random.int(period.firstDay, period.lastDay);
  // Who is there when the history begins lives then.
  const dies = Math.max(firstDay, period.firstDay) + waitFor(life.deathsAYear, random);
  const died = dies <= period.lastDay;
  const lastDay = died ? dies : period.lastDay;
  return {
    random,
    diary: diaryOf(clientId, random, period),
    birthYear: yearOf(firstDay) - random.int(...life.age),
    firstDay,
    lastDay,
    died,
    homes: homesOf(firstDay, lastDay, life.movesAYear, random),
    insurers: insurersOf(firstDay, lastDay, random),
  };
}

/** Days until something happens that happens so often a year to one person. */
export function waitFor(timesAYear: number, random: Random): number {
  const share = (random.bits() + 1) / 0x1_0000_0001;
  return Math.ceil((-Math.log(share) / timesAYear) * 365.25);
}

function homesOf(firstDay: Day, lastDay: Day, movesAYear: number, random: Random): Since<Place>[] {
  const homes = [{ firstDay, is: anyPlace(random) }];
  let day = firstDay + 30 + waitFor(movesAYear, random);
  while (day <= lastDay) {
    homes.push({ firstDay: day, is: nextPlace(homes.at(-1)!.is, random) });
    day += 180 + waitFor(movesAYear, random);
  }
  return homes;
}

function insurersOf(firstDay: Day, lastDay: Day, random: Random): Since<string>[] {
  const insurers = [{ firstDay, is: anyInsurer(random) }];
  for (let year = yearOf(firstDay) + 1; dayOf(year, 1, 1) <= lastDay; year++) {
    if (!random.chance(switchesAYear)) continue;
    insurers.push({ firstDay: dayOf(year, 1, 1), is: anyInsurer(random, insurers.at(-1)!.is) });
  }
  return insurers;
}

export function homeOn(person: Person, day: Day): Place {
  return person.homes.findLast(({ firstDay }) => firstDay <= day)?.is ?? person.homes[0]!.is;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 26 letters and digits, as a door makes them of a citizen service number; of these there is none. */
function pseudonymOf(random: Random): string {
  let text = '';
  while (text.length < 26) {
    let bits = random.bits();
    for (let letter = 0; letter < 6 && text.length < 26; letter++, bits >>>= 5) text += alphabet[bits & 31]!;
  }
  return text;
}

export const ciz = 'urn:nld:oin:00000001001300000000:systeem:portero';

export function providerSource(code: string): string {
  return sourceOf({ kind: 'provider', code }, 'ecd');
}

export function municipalitySource({ municipality }: Place): string {
  return sourceOf({ kind: 'municipality', code: municipality }, 'wmo');
}

export function careOfficeSource({ careOffice }: Place): string {
  return sourceOf({ kind: 'care-office', code: careOffice }, 'dossier');
}

export function insurerSource(code: string): string {
  return sourceOf({ kind: 'insurer', code }, 'polis');
}
