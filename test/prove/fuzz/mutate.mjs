import { hostileText, hostileValue } from './hostile.mjs';

/** A copy of a JSON value with one to three things in it made wrong. */
export function mutated(value, chance) {
  const copy = JSON.parse(JSON.stringify(value));
  for (let times = 1 + chance.number(3); times > 0; times--) {
    const places = placesIn(copy);
    if (places.length === 0) return hostileValue(chance);
    const [holder, key] = chance.of(places);
    change(holder, key, chance);
  }
  return copy;
}

function change(holder, key, chance) {
  chance.any(
    () => (holder[key] = hostileValue(chance)),
    () => (holder[key] = hostileText(chance)),
    () => void (Array.isArray(holder) ? holder.splice(key, 1) : delete holder[key]),
    () =>
      void (Array.isArray(holder)
        ? holder.push(...holder)
        : define(holder, hostileText(chance), holder[key])),
    () => (holder[key] = [holder[key]]),
    () => (holder[key] = { [String(key)]: holder[key] }),
  );
}

/** Also `__proto__`, as a key of its own. */
function define(holder, key, value) {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function placesIn(value) {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => [[value, key], ...placesIn(value[key])]);
}

/** A text with some of it left out, doubled or replaced. */
export function scrambled(text, chance) {
  let changed = text;
  for (let times = 1 + chance.number(4); times > 0; times--) {
    const at = chance.number(changed.length + 1);
    const end = at + chance.number(30);
    changed = chance.any(
      () => changed.slice(0, at) + changed.slice(end),
      () => changed.slice(0, end) + changed.slice(at),
      () => changed.slice(0, at) + hostileText(chance) + changed.slice(at),
      () => changed.slice(0, at),
      () =>
        changed.slice(0, at) +
        chance.of([...'[]{}":,\\-&*!|>%\t\n']).repeat(1 + chance.number(200)) +
        changed.slice(at),
    );
  }
  return changed.slice(0, 1_200_000);
}
