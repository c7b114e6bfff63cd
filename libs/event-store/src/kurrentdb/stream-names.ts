/** Order of code points, as the port wants it; `<` compares UTF-16 units and puts some names before others wrongly. */
export function compareCodePoints(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Surrogates stand for code points beyond U+FFFF, and so come last. */
function rank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}

/** The streams of each category in order. New ones are sorted in when somebody asks. */
export class StreamNames {
  private readonly categories = new Map<string, { sorted: string[]; added: string[] }>();

  add(name: string): void {
    const hyphen = name.indexOf('-');
    if (hyphen < 1) return;
    const category = name.slice(0, hyphen);
    const names = this.categories.get(category);
    if (names) names.added.push(name);
    else this.categories.set(category, { sorted: [], added: [name] });
  }

  /** All names of a category; not to be changed. */
  of(category: string): readonly string[] {
    const names = this.categories.get(category);
    if (!names) return [];
    if (names.added.length > 0) {
      names.sorted = merge(names.sorted, names.added.sort(compareCodePoints));
      names.added = [];
    }
    return names.sorted;
  }

  /** At most `limit` names of a category, from just after a name. */
  page(category: string, after: string | null, limit: number): string[] {
    const names = this.of(category);
    let low = 0;
    for (let high = names.length; after !== null && low < high;) {
      const middle = (low + high) >>> 1;
      if (compareCodePoints(names[middle]!, after) <= 0) low = middle + 1;
      else high = middle;
    }
    return names.slice(low, low + limit);
  }
}

function merge(sorted: string[], added: string[]): string[] {
  const merged: string[] = [];
  let next = 0;
  for (const name of sorted) {
    while (next < added.length && compareCodePoints(added[next]!, name) < 0) merged.push(added[next++]!);
    merged.push(name);
  }
  return merged.concat(added.slice(next));
}
