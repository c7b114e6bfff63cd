/** Numbers that look random and are the same for the same seed, on every machine. */
export interface Random {
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(options: readonly T[]): T;
  /** One of the options, each as often as its weight says. */
  weighted<T>(options: readonly (readonly [T, weight: number])[]): T;
  /** Thirty-two bits. */
  bits(): number;
}

/**
 * The numbers of one person: a function of the seed and the person's number alone, so that person 17 is the same in
 * a population of a hundred as in one of two million. (sfc32 by C. Doty-Humphrey, seeded through murmur3's finalizer.)
 */
export function randomOf(seed: number, person: number): Random {
  let [a, b, c] = [mixed(seed), mixed(person ^ 0x9e3779b9), mixed(seed ^ Math.imul(person, 0x85ebca6b))];
  let counter = 1;
  const bits = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) bits();
  const share = (): number => bits() / 0x1_0000_0000;
  const pick = <T>(options: readonly T[]): T => options[Math.floor(share() * options.length)]!;
  return {
    int: (least, most) => least + Math.floor(share() * (most - least + 1)),
    chance: (probability) => share() < probability,
    pick,
    weighted: (options) => {
      const total = options.reduce((sum, [, weight]) => sum + weight, 0);
      let left = share() * total;
      return (options.find(([, weight]) => (left -= weight) < 0) ?? options.at(-1)!)[0];
    },
    bits,
  };
}

function mixed(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) | 0;
}
