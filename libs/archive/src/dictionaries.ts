import { NONE, type Volume } from '@domeinbrug/journey';
import type { Generation } from './generation.js';
import { Names } from './names.js';

/** The places of what does not fit into 16 bits, but occurs often. */
export interface Dictionaries {
  provider(agb: number): number;
  pool(name: string): number;
  volume(volume: Volume): number;
}

/** For the one that writes: each is added when it is first asked for. */
export function dictionariesOf(generation: Generation): Dictionaries {
  const pools = new Names(generation, 'pools');
  const volumes = new Names(generation, 'volumes');
  const { code } = generation.tables.providers;
  const placeOfProvider = placesOf(Array.from(code.subarray(0, generation.used('providers'))), (agb) => {
    const place = generation.used('providers');
    code[place] = agb;
    generation.setUsed('providers', place + 1);
    return place;
  });
  const placeOfPool = placesOf(pools.all(), (name) => pools.push(name));
  const placeOfVolume = placesOf(volumes.all(), (text) => volumes.push(text));
  return {
    provider: (agb) => (agb === NONE ? NONE : placeOfProvider(agb)),
    pool: placeOfPool,
    volume: ({ quantity, unit, per }) => placeOfVolume(JSON.stringify([quantity, unit, per])),
  };
}

/** What the places stand for. */
export interface Meanings {
  provider(place: number): number;
  /** The names of all pools, by place. */
  readonly pools: readonly string[];
  volume(place: number): Volume;
}

/** For those that read, while others are added. */
export function meaningsOf(generation: Generation): Meanings {
  const pools = new Names(generation, 'pools');
  const volumes = new Names(generation, 'volumes');
  const { code } = generation.tables.providers;
  const volumeAt: Volume[] = [];
  return {
    provider: (place) => (place === NONE ? NONE : code[place]!),
    get pools() {
      return pools.all();
    },
    volume: (place) => (volumeAt[place] ??= volumeOf(volumes.at(place))),
  };
}

function volumeOf(text: string): Volume {
  const [quantity, unit, per] = JSON.parse(text) as [Volume['quantity'], Volume['unit'], Volume['per']];
  return { quantity, unit, per };
}

function placesOf<K>(known: Iterable<K>, add: (key: K) => number): (key: K) => number {
  const places = new Map<K, number>();
  for (const key of known) places.set(key, places.size);
  return (key) => {
    const found = places.get(key);
    if (found !== undefined) return found;
    const place = add(key);
    places.set(key, place);
    return place;
  };
}
