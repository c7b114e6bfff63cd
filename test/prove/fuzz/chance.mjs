import { numbersFrom } from '../kills/told-events.mjs';

/** Choices that are the same for the same seed and number of a request, so that one request can be made again. */
export class Chance {
  #next;

  constructor(seed, number) {
    this.#next = numbersFrom((seed * 1_000_003 + number) | 0);
  }

  /** A whole number from 0, less than `below`. */
  number(below) {
    return Math.floor(this.#next() * below);
  }

  /** True so many times of a hundred. */
  percent(times) {
    return this.#next() * 100 < times;
  }

  of(list) {
    return list[this.number(list.length)];
  }

  /** Any of the values, each made when it is chosen. */
  any(...makers) {
    return this.of(makers)();
  }
}
