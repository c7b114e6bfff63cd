import { RecentStreams, type HeldStream } from './recent-streams.js';

const held = (events: number): HeldStream => ({
  revision: events - 1,
  events: new Map(
    Array.from({ length: events }, (_, revision) => [
      `event ${revision}`,
      { revision, contentHash: '', append: '' },
    ]),
  ),
});

it('keeps so many events of those streams that were kept last', () => {
  const recent = new RecentStreams(10);
  const [a, b, c] = [held(4), held(4), held(6)];
  recent.keep('a', a);
  recent.keep('b', b);
  recent.keep('a', a);
  recent.keep('c', c);
  expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([a, undefined, c]);
});

it('counts a stream once that is kept again, and none that was forgotten or is too large', () => {
  const recent = new RecentStreams(10);
  for (const events of [1, 2, 3, 4]) recent.keep('a', held(events));
  recent.keep('b', held(6));
  expect(recent.get('a')?.revision).toBe(3);
  recent.forget('b');
  recent.keep('c', held(6));
  expect(recent.get('a')?.revision).toBe(3);
  recent.keep('d', held(11));
  expect(['a', 'c', 'd'].map((stream) => recent.get(stream))).toEqual([undefined, undefined, undefined]);
});
