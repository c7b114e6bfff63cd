import { GROUP_APPENDS, GROUP_SIZE, groupsOf } from './group-appends.js';

function waiting(...sizes: number[]): () => { size: number } | undefined {
  const queue = sizes.map((size) => ({ size }));
  return () => queue.shift();
}

function sizesOf(groups: Iterable<{ size: number }[]>): number[][] {
  return [...groups].map((group) => group.map(({ size }) => size));
}

describe('groups of appends', () => {
  it('take everything that waits', () => {
    expect(sizesOf(groupsOf(waiting(3, 1, 2)))).toEqual([[3, 1, 2]]);
    expect(sizesOf(groupsOf(waiting()))).toEqual([]);
  });

  it('hold no more than the greatest number of appends', () => {
    const sizes = new Array<number>(2 * GROUP_APPENDS + 1).fill(1);
    expect([...groupsOf(waiting(...sizes))].map((group) => group.length)).toEqual([
      GROUP_APPENDS,
      GROUP_APPENDS,
      1,
    ]);
  });

  it('hold no more than the greatest size, and keep what did not fit for the next group', () => {
    const half = GROUP_SIZE / 2;
    expect(sizesOf(groupsOf(waiting(half, half, 1, half)))).toEqual([
      [half, half],
      [1, half],
    ]);
  });

  it('give an append that is too large a group of its own', () => {
    const large = GROUP_SIZE + 1;
    expect(sizesOf(groupsOf(waiting(1, large, large, 2, 3)))).toEqual([[1], [large], [large], [2, 3]]);
  });

  it('take what arrives while a group is written', () => {
    const queue = [{ size: 1 }];
    const groups = groupsOf(() => queue.shift());
    expect(groups.next().value).toEqual([{ size: 1 }]);
    queue.push({ size: 2 }, { size: 3 });
    expect(groups.next().value).toEqual([{ size: 2 }, { size: 3 }]);
    expect(groups.next().done).toBe(true);
  });
});
