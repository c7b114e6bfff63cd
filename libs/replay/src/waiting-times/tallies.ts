/** Whole numbers counted for one figure in one region. */
export type Counts = Uint32Array;

/** Counts by figure and region: can be posted to another thread as they are. */
export type TalliesState = [figure: number, region: number, counts: Counts][];

/** Region of all together. Not a sum over regions: one client may have waited in two. */
export const EVERYWHERE = -2;

/** Counts by figure and region that only grow, so that merging in any order gives the same. */
export class Tallies {
  private readonly byFigure = new Map<number, Map<number, Counts>>();

  /** @param sizes how many numbers each figure's counts have */
  constructor(private readonly sizes: readonly number[]) {}

  of(figure: number, region: number): Counts {
    let regions = this.byFigure.get(figure);
    if (!regions) this.byFigure.set(figure, (regions = new Map<number, Counts>()));
    let counts = regions.get(region);
    if (!counts) regions.set(region, (counts = new Uint32Array(this.sizes[figure]!)));
    return counts;
  }

  merge(other: TalliesState): void {
    for (const [figure, region, counts] of other) {
      const sum = this.of(figure, region);
      counts.forEach((count, place) => (sum[place]! += count));
    }
  }

  /** By figure, then region: {@link EVERYWHERE} first, then unknown, then by code. */
  state(): TalliesState {
    return [...this.byFigure]
      .sort(byKey)
      .flatMap(([figure, regions]) =>
        [...regions].sort(byKey).map(([region, counts]): TalliesState[number] => [figure, region, counts]),
      );
  }
}

function byKey([a]: readonly [number, unknown], [b]: readonly [number, unknown]): number {
  return a - b;
}

/** Every figure's counts begin with the number of distinct clients. */
export const CLIENTS = 0;

/** Gives the counts that something of one client goes into: of its region and of all. The client is counted once in each. */
export function countsOfClient(tallies: Tallies, figure: number): (region: number) => Counts[] {
  const met = new Set<number>();
  return (region) =>
    [EVERYWHERE, region].map((each) => {
      const counts = tallies.of(figure, each);
      if (!met.has(each)) counts[CLIENTS]!++;
      met.add(each);
      return counts;
    });
}
