import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Building } from '../building.js';
import type { ViewsDatabase } from '../tables.js';
import type { ViewsStore } from '../views-store.js';
import type { ViewsWriter } from '../views-writer.js';
import { nextGeneration, pointTo, pointedTo, removeOthers } from './generation-files.js';
import { makeViews, openViewsForReading, openViewsForWriting, viewsExist } from './views-file.js';

const buildingFile = 'views.building';

/** Read models in a data folder; a generation is a file there. The process that holds the folder writes them. */
export class SqliteViews implements ViewsStore {
  constructor(private readonly dataDir: string) {}

  /** Its process has taken the folder already. */
  claim(): Promise<boolean> {
    return Promise.resolve(true);
  }

  heldBy(): Promise<string | null> {
    return Promise.resolve(null);
  }

  /** Nobody beside its process has to know. */
  follow(): () => Promise<void> {
    return () => Promise.resolve();
  }

  release(): Promise<void> {
    return Promise.resolve();
  }

  current(): Promise<string | null> {
    const generation = pointedTo(this.dataDir);
    return Promise.resolve(viewsExist(this.pathOf(generation)) ? generation : null);
  }

  next(): Promise<string> {
    return Promise.resolve(nextGeneration(this.dataDir));
  }

  make(generation: string, fill: (views: ViewsWriter) => Promise<void>): Promise<void> {
    return makeViews(this.pathOf(generation), fill);
  }

  openForWriting(generation: string): Promise<ViewsWriter> {
    return openViewsForWriting(this.pathOf(generation));
  }

  openForReading(generation: string): ViewsDatabase | null {
    const path = this.pathOf(generation);
    if (!viewsExist(path)) return null;
    try {
      return openViewsForReading(path);
    } catch (error) {
      if (viewsExist(path)) throw error;
      return null;
    }
  }

  tellBuilding(building: Building | null): Promise<void> {
    const path = this.pathOf(buildingFile);
    if (building) {
      writeFileSync(`${path}.next`, JSON.stringify(building));
      renameSync(`${path}.next`, path); // whoever reads it finds it whole
    } else rmSync(path, { force: true });
    return Promise.resolve();
  }

  building(): Promise<Building | null> {
    const path = this.pathOf(buildingFile);
    return Promise.resolve(existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Building) : null);
  }

  /** Nobody follows a folder. */
  tellFailure(): Promise<void> {
    return Promise.resolve();
  }

  failure(): Promise<null> {
    return Promise.resolve(null);
  }

  putInForce(generation: string): Promise<void> {
    return Promise.resolve(pointTo(this.dataDir, generation));
  }

  /** All but the one in force: who has one of them open reads on in it. */
  removeFormer(): Promise<void> {
    removeOthers(this.dataDir);
    return Promise.resolve();
  }

  /** None are left for that; what lies there is being built. */
  dropFormer(): Promise<string[]> {
    return Promise.resolve([]);
  }

  scratch(generation: string): string {
    return this.pathOf(`${generation}-feed`);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private pathOf(file: string): string {
    return join(this.dataDir, file);
  }
}
