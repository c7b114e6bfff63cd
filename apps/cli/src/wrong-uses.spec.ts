import { WrongUse } from './refusal.js';
import { WrongUses } from './wrong-uses.js';

const refuse = (sentence: string) => (): never => {
  throw new WrongUse(sentence);
};

it('tells all that is wrong at once, in the order in which it was read', async () => {
  const wrong = new WrongUses();
  expect(wrong.read(() => 1)).toBe(1);
  wrong.throwIfAny();
  expect(wrong.read(refuse('First.'))).toBeUndefined();
  expect(await wrong.readLater(() => Promise.reject(new WrongUse('Second.')))).toBeUndefined();
  expect(() => wrong.throwIfAny()).toThrow(new WrongUse('First.\nSecond.'));
});

it('does not take another error for a wrong use', () => {
  expect(() =>
    new WrongUses().read(() => {
      throw new RangeError('a fault');
    }),
  ).toThrow(RangeError);
});
