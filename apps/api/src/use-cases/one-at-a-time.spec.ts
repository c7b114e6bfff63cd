import { OneAtATime } from './one-at-a-time.js';

/** Work that ends when told to, and says when it began. */
function work(name: string, began: string[]): { run: () => Promise<string>; end: () => void } {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const run = async (): Promise<string> => {
    began.push(name);
    await ended;
    return name;
  };
  return { run, end };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('work on one key waits for the work before it, other keys do not', async () => {
  const began: string[] = [];
  const queue = new OneAtATime();
  const [a, b, c] = [work('a', began), work('b', began), work('c', began)];
  const first = queue.run('client', a.run);
  const second = queue.run('client', b.run);
  const other = queue.run('another', c.run);
  await settled();
  expect(began).toEqual(['a', 'c']);
  a.end();
  expect(await first).toBe('a');
  await settled();
  expect(began).toEqual(['a', 'c', 'b']);
  b.end();
  c.end();
  expect(await Promise.all([second, other])).toEqual(['b', 'c']);
});

test('failed work fails for the one who asked and for nobody after it', async () => {
  const queue = new OneAtATime();
  const failing = queue.run('client', () => Promise.reject(new Error('full')));
  const next = queue.run('client', () => Promise.resolve('done'));
  await expect(failing).rejects.toThrow('full');
  expect(await next).toBe('done');
});
