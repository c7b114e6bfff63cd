import { Pauses } from './other-work.js';

const compute = (ms: number): void => {
  for (const end = performance.now() + ms; performance.now() < end;);
};

test('a long computation lets other work in between, and a short one goes on', async () => {
  let isDone = false;
  setImmediate(() => (isDone = true));
  const pauses = new Pauses();
  await pauses.whenDue();
  expect(isDone).toBe(false);
  compute(150);
  await pauses.whenDue();
  expect(isDone).toBe(true);
});
