import { BuildingProgress, remainingMs, type Building } from './building.js';

test('what is left takes as long as what was done', () => {
  const building = { generation: 'views-2.db', since: 1_000, toldAt: 11_000, share: 0.25 };
  expect(remainingMs(building)).toBe(30_000);
  expect(remainingMs({ ...building, share: 0 })).toBeNull();
});

test('is told at once, then at most each second, and at the end', async () => {
  const told: (Building | null)[] = [];
  const tell = (building: Building | null): Promise<void> => Promise.resolve(void told.push(building));
  const progress = new BuildingProgress(tell, 'views-2.db', 200);
  await progress.add(50);
  await progress.add(50);
  await progress.end();
  expect(told).toMatchObject([{ share: 0.25 }, null]);
});
