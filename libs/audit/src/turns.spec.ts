import { Turns } from './turns.js';

const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('so much is done at a time, and all of it in the order in which it came', async () => {
  const turns = new Turns(4);
  const begun: number[] = [];
  let [underWay, most] = [0, 0];
  const work = (number: number, size: number) => (): Promise<number> => {
    begun.push(number);
    underWay += size;
    most = Math.max(most, underWay);
    return later().then(() => {
      underWay -= size;
      return number;
    });
  };
  const sizes = [2, 3, 1, 4, 1, 1, 2];
  const done = await Promise.all(sizes.map((size, number) => turns.take(size, work(number, size))));
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(most).toBe(4);
});

test('what fails gives its turn to the next', async () => {
  const turns = new Turns(1);
  const failed = turns.take(1, () => Promise.reject(new Error('no')));
  const next = turns.take(1, () => Promise.resolve('done'));
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('done');
});
