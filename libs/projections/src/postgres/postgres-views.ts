import { hostname } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Building, FailedBuilding } from '../building.js';
import { migrate } from '../migrations.js';
import type { ViewsDatabase } from '../tables.js';
import type { ViewsStore } from '../views-store.js';
import type { ViewsWriter } from '../views-writer.js';
import { ChangeListener } from './change-listener.js';
import { Lease } from './lease.js';
import { PostgresViewsWriter, type Tell } from './postgres-views-writer.js';
import { openTables, type Purpose } from './views-connection.js';

/**
 * Read models in PostgreSQL. A generation is a schema of its own, `domeinbrug_views_2`; the schema `domeinbrug_views`
 * says which is in force and who may write.
 */
export class PostgresViews implements ViewsStore {
  private readonly url: string;
  /** The schema of what is said of all generations, and the channel on which changes are told. */
  private readonly common: string;
  private readonly dataDir: string;
  private readonly db: ViewsDatabase;
  private readonly lease: Lease;

  /** @param place `schema` is that of the log; those of the read models begin with it */
  constructor({ url, schema, dataDir }: { url: string; schema: string; dataDir: string }) {
    this.url = url;
    this.common = `${schema}_views`;
    this.dataDir = dataDir;
    this.db = openTables({ url, schema: this.common }, 'keep');
    const holder = `process ${process.pid} on ${hostname()}`;
    this.lease = new Lease(this.db, `${this.common}.lease`, holder);
  }

  async claim(lost: () => void): Promise<boolean> {
    await this.prepare();
    return this.lease.take(lost);
  }

  async release(): Promise<void> {
    const isReleased = await this.lease.release();
    if (isReleased) await this.tell(this.db).catch(() => undefined); // then they notice when they look next
  }

  heldBy(): Promise<string | null> {
    return this.ifThere(() => this.lease.heldBy());
  }

  async current(): Promise<string | null> {
    return this.ifThere(async () => {
      const { rows } = await sql<{ generation: number }>`
        select generation from ${sql.table(`${this.common}.current`)}`.execute(this.db);
      return rows[0] ? this.nameOf(rows[0].generation) : null;
    });
  }

  /** A name that nothing has, not even what was never finished: a builder that was held up may still be at it. */
  async next(): Promise<string> {
    const numbers = await this.numbers();
    return this.nameOf(Math.max(0, ...numbers) + 1);
  }

  async make(generation: string, fill: (views: ViewsWriter) => Promise<void>): Promise<void> {
    const db = this.tables(generation, 'build');
    let isMade = false;
    try {
      await sql`create schema ${sql.id(generation)}`.execute(db);
      isMade = true;
      await migrate(db, { upTo: 'tables', schema: generation });
      await fill(await PostgresViewsWriter.over(db, this.lease.check(), this.tell));
      await migrate(db, { schema: generation });
      await sql`analyze`.execute(db);
    } catch (error) {
      // One that another made under that number meanwhile may be in force. What is left goes at the next switch.
      if (isMade) await this.drop([generation]).catch(() => undefined);
      throw error;
    } finally {
      await db.destroy();
    }
  }

  async openForWriting(generation: string): Promise<ViewsWriter> {
    const db = this.tables(generation, 'write');
    try {
      await migrate(db, { schema: generation });
      return await PostgresViewsWriter.over(db, this.lease.fence(), this.tell);
    } catch (error) {
      await db.destroy();
      throw error;
    }
  }

  /** Connections are made when something is asked, so that there is nothing to be missing here. */
  openForReading(generation: string): ViewsDatabase {
    return this.tables(generation, 'read');
  }

  tellBuilding(building: Building | null): Promise<void> {
    return this.tellAbout(building && { building });
  }

  tellFailure(failure: FailedBuilding): Promise<void> {
    return this.tellAbout({ failure });
  }

  async building(): Promise<Building | null> {
    return (await this.told())?.building ?? null;
  }

  async failure(): Promise<FailedBuilding | null> {
    return (await this.told())?.failure ?? null;
  }

  async putInForce(generation: string): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      await this.lease.fence()(transaction);
      await sql`
        insert into ${sql.table(`${this.common}.current`)} as held (generation) values (${this.numberOf(generation)})
        on conflict (one) do update set
          former = case when held.generation = excluded.generation then held.former else held.generation end,
          generation = excluded.generation, since = now()`.execute(transaction);
      await this.tell(transaction);
    });
  }

  /**
   * All before the one in force but that which was in force until then: processes that had it open end their answers in
   * it. It goes with the next one that takes over, or by {@link dropFormer}. One that somebody reads stays as well.
   */
  async removeFormer(): Promise<void> {
    const kept = await this.ifThere(async () => {
      const { rows } = await sql<{ former: number | null }>`
        select former from ${sql.table(`${this.common}.current`)}`.execute(this.db);
      return rows[0]?.former ?? null;
    });
    const former = await this.former();
    await this.drop(former.filter((name) => this.numberOf(name) !== kept)).catch((error: unknown) => {
      if (!isHeld(error)) throw error;
    });
  }

  async dropFormer(): Promise<string[]> {
    const former = await this.former();
    await this.drop(former);
    return former;
  }

  scratch(generation: string): string {
    return join(this.dataDir, `${generation}-${process.pid}-feed`);
  }

  follow(wake: () => void): () => Promise<void> {
    const listener = new ChangeListener(this.url, this.common, wake);
    return () => listener.close();
  }

  async close(): Promise<void> {
    await this.release();
    await this.db.destroy();
  }

  private async tellAbout(told: ToldOfBuilding | null): Promise<void> {
    const table = sql.table(`${this.common}.building`);
    const query = told
      ? sql`insert into ${table} (told) values (${JSON.stringify(told)})
          on conflict (one) do update set told = excluded.told`
      : sql`delete from ${table}`;
    await this.db.transaction().execute(async (transaction) => {
      await this.lease.fence()(transaction);
      await query.execute(transaction);
      await this.tell(transaction);
    });
  }

  private async told(): Promise<ToldOfBuilding | null> {
    return this.ifThere(async () => {
      const { rows } = await sql<{
        told: string;
      }>`select told from ${sql.table(`${this.common}.building`)}`.execute(this.db);
      return rows[0] ? (JSON.parse(rows[0].told) as ToldOfBuilding) : null;
    });
  }

  /** The tables about all generations; made by whoever is first to write. */
  private async prepare(): Promise<void> {
    const { rows } = await sql`
      select from pg_tables where schemaname = ${this.common} and tablename = 'lease'`.execute(this.db);
    if (rows.length > 0) return;
    await this.db.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`domeinbrug tables of ${this.common}`}, 0))`.execute(
        transaction,
      );
      await sql`create schema if not exists ${sql.id(this.common)}`.execute(transaction);
      await sql`create table if not exists ${sql.table(`${this.common}.current`)} (
        one boolean primary key default true check (one),
        generation integer not null,
        former integer,
        since timestamptz not null default now())`.execute(transaction);
      await sql`create table if not exists ${sql.table(`${this.common}.lease`)} (
        token bigint primary key,
        one boolean not null unique default true check (one),
        holder text not null,
        expires_at timestamptz not null)`.execute(transaction);
      await sql`create table if not exists ${sql.table(`${this.common}.building`)} (
        one boolean primary key default true check (one),
        told text not null)`.execute(transaction);
      await sql`insert into ${sql.table(`${this.common}.lease`)} (token, holder, expires_at)
        values (0, 'nobody', '-infinity') on conflict (one) do nothing`.execute(transaction);
    });
  }

  /** What `ask` finds in the tables about all generations; `null` before anybody has made them. */
  private async ifThere<T>(ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask();
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  private readonly tell: Tell = async (transaction) => {
    await sql`select pg_notify(${this.common}, '')`.execute(transaction);
  };

  private tables(generation: string, purpose: Purpose): ViewsDatabase {
    return openTables({ url: this.url, schema: generation }, purpose);
  }

  /** Of all generations that exist, finished or not, in order. */
  private async numbers(): Promise<number[]> {
    const { rows } = await sql<{ name: string }>`
      select nspname as name from pg_namespace where nspname ~ ${`^${this.common}_[0-9]+$`}`.execute(this.db);
    return rows.map(({ name }) => this.numberOf(name)).sort((a, b) => a - b);
  }

  /** A number below the one in force was in force before, or its building was given up: what is built has a later one. */
  private async former(): Promise<string[]> {
    const current = await this.current();
    if (current === null) return [];
    const numbers = await this.numbers();
    return numbers.filter((number) => number < this.numberOf(current)).map((number) => this.nameOf(number));
  }

  /** Over a connection of its own: the lease is renewed meanwhile. Whoever reads what is dropped is not waited for. */
  private async drop(generations: readonly string[]): Promise<void> {
    if (generations.length === 0) return;
    const db = this.tables(this.common, 'write');
    try {
      await sql.raw(`set lock_timeout = ${dropWithin}`).execute(db);
      for (const generation of generations)
        await sql`drop schema if exists ${sql.id(generation)} cascade`.execute(db);
    } finally {
      await db.destroy();
    }
  }

  private nameOf(number: number): string {
    return `${this.common}_${number}`;
  }

  private numberOf(generation: string): number {
    return Number(generation.slice(this.common.length + 1));
  }
}

/** One row, of which the last that was told is kept. */
interface ToldOfBuilding {
  building?: Building;
  failure?: FailedBuilding;
}

/** ms that dropping waits for whoever reads. */
const dropWithin = 1_000;

/** Somebody reads what was to be dropped. */
function isHeld(error: unknown): boolean {
  return (error as { code?: string }).code === '55P03';
}

/** There is no such table or schema, or this role may not see it. */
function isMissing(error: unknown): boolean {
  return ['42P01', '3F000', '42501'].includes((error as { code?: string }).code ?? '');
}
