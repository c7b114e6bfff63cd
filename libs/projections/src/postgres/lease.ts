import { sql, type RawBuilder } from 'kysely';
import type { ViewsDatabase } from '../tables.js';
import { ClaimLost } from '../views-store.js';
import type { Fence } from './postgres-views-writer.js';

// In ms, by the clock of the database, which all processes share.
const lasts = 4_000;
const renewEvery = 1_000;

/**
 * Who may write the read models of a database: one row with a holder, a token that goes up with each holder, and a
 * moment at which others may take over. A holder that was paused and comes back is told by its old token: the
 * transactions that it still begins find no such row. A token is no less than the clock of the database in ms, so that
 * one which a failover lost is not given out a second time.
 */
export class Lease {
  private token: string | null = null;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param db a connection of its own, so that renewing waits for no batch
   * @param holder shown to people who ask why another cannot write
   */
  constructor(
    private readonly db: ViewsDatabase,
    private readonly table: string,
    private readonly holder: string,
  ) {}

  /** Takes it when nobody else holds it; `lost` is called once when another has taken it since. */
  async take(lost: () => void): Promise<boolean> {
    const { rows } = await sql<{ token: string }>`
      update ${sql.table(this.table)}
      set token = greatest(token + 1, floor(extract(epoch from clock_timestamp()) * 1000)::bigint),
        holder = ${this.holder}, expires_at = ${this.end}
      where expires_at <= clock_timestamp() or token = ${this.token}
      returning token::text`.execute(this.db);
    if (!rows[0]) return false;
    this.token = rows[0].token;
    clearInterval(this.timer);
    this.timer = setInterval(() => void this.renew(lost), renewEvery).unref();
    return true;
  }

  /** Who holds it now; `null` when nobody does. */
  async heldBy(): Promise<string | null> {
    const { rows } = await sql<{ holder: string }>`
      select holder from ${sql.table(this.table)} where expires_at > clock_timestamp()`.execute(this.db);
    return rows[0]?.holder ?? null;
  }

  /**
   * What a transaction of the one that holds it now begins with. The token is the key of its row: to take over is to
   * change it, which waits for transactions that have begun; to renew is not, and waits for none.
   */
  fence(): Fence {
    return this.finding(sql`for key share`);
  }

  /**
   * The same for what nobody reads before it is put in force under a fence: whoever takes over does not wait for it, so
   * that it may take minutes.
   */
  check(): Fence {
    return this.finding(sql``);
  }

  private finding(lock: RawBuilder<unknown>): Fence {
    const token = this.token;
    return async (transaction) => {
      const { rows } = await sql`
        select from ${sql.table(this.table)} where token = ${token} ${lock}`.execute(transaction);
      if (rows.length === 0) throw new ClaimLost();
    };
  }

  /** Lets the next one have it at once; whether there was anything to let go, and the database heard of it. */
  async release(): Promise<boolean> {
    clearInterval(this.timer);
    if (this.token === null) return false;
    const token = this.token;
    this.token = null;
    const released = sql`
      update ${sql.table(this.table)} set expires_at = clock_timestamp() where token = ${token}`;
    const result = await released.execute(this.db).catch(() => null); // then it ends by itself
    return result !== null;
  }

  private get end() {
    return sql`clock_timestamp() + ${`${lasts} ms`}::interval`;
  }

  /** A database that does not answer may be back in time, and while it is away nobody else can take over. */
  private async renew(lost: () => void): Promise<void> {
    const token = this.token;
    const update = sql`update ${sql.table(this.table)} set expires_at = ${this.end} where token = ${token}`;
    const result = await update.execute(this.db).catch(() => null);
    if (!result || result.numAffectedRows !== 0n || this.token !== token) return;
    clearInterval(this.timer);
    this.token = null;
    lost();
  }
}
