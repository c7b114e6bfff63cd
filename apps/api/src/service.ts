import 'reflect-metadata';
import {
  AppendFailed,
  LogBusy,
  LogClosed,
  LogUnreachable,
  logPlaceOf,
  ServerTrouble,
} from '@domeinbrug/event-store';
import {
  FrameworkLog,
  inputChecks,
  Metrics,
  noTracing,
  openHttpDoor,
  openLog,
  openTracing,
  openWaitingDoor,
  ProblemFilter,
  type HttpDoor,
  type Tracing,
  type WaitingDoor,
} from '@domeinbrug/platform';
import { Problem } from '@domeinbrug/problems';
import { productVersion, readConfig, refusalBySystem, type Config } from '@domeinbrug/settings';
import { PortfolioNotReady } from '@domeinbrug/portfolio';
import { isUnreachable, ViewsNotReady } from '@domeinbrug/projections';
import { ReplaysBusy } from '@domeinbrug/replay';
import { NestFactory } from '@nestjs/core';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { describeInterface } from './description/describe-interface.js';
import { inDutch } from './description/in-dutch.js';
import { identifySenders } from './doors/asker.guard.js';
import { auditAnswers } from './doors/audit.js';
import { InterfaceDescription } from './doors/description.controller.js';
import { OrganisationLimits } from './doors/organisation-limits.js';
import { HttpModule } from './http.module.js';
import { openStores, type Stores } from './stores/stores.js';
import { unknownToReplays } from './use-cases/replay-request.js';

export interface RunningService {
  /** Where it answers, such as `http://127.0.0.1:3000`. */
  address: string;
  /** Takes no more requests, answers those taken, drains the log, stops the projector; may be called twice. */
  close(): Promise<void>;
}

/** How long the first answer may wait for the read models to be as far as the log; a rebuild takes longer and goes on beside. */
const patienceMs = 5_000;

/** How long requests in hand may take at a shutdown. */
const drainMs = 10_000;

/** Between two attempts to open a store that is away: twice as long each time. */
const [firstPauseMs, longestPauseMs] = [500, 10_000];

/**
 * Starts the service over its data folder. A database or server of its log that is away, or is starting itself, is waited
 * for; meanwhile the service is live and not ready.
 *
 * @throws ConfigRefused, RulesRefused, DataFolderInUse, LogFileRefused, LogSchemaRefused; LogUnreachable, ServerTrouble
 *   when it refuses whoever asks
 */
export async function startService(config: Config = readConfig()): Promise<RunningService> {
  const log = openLog(config.logLevel);
  const isElsewhere = config.databaseUrl !== null || logPlaceOf(config).kind !== 'folder';
  let waiting: WaitingDoor | null = null;
  try {
    if (isElsewhere) waiting = await openWaitingDoor(config.port, config.host);
    const settings = waiting ? { ...config, port: waiting.port } : config;
    for (let attempt = 0; ; attempt++) {
      try {
        return await openService(settings, log, waiting);
      } catch (error) {
        if (!isAway(error)) throw error;
        const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** attempt);
        log.warn(`${error.message} It is waited for, and tried again in ${pauseMs} ms.`);
        await pause(pauseMs);
      }
    }
  } catch (error) {
    await waiting?.close();
    throw refusalBySystem(error, config) ?? error;
  }
}

function isAway(error: unknown): error is Error {
  return (error instanceof LogUnreachable || error instanceof ServerTrouble) && error.passes;
}

/** @param waiting answers at the address until the service does */
async function openService(
  config: Config,
  log: Logger,
  waiting: WaitingDoor | null,
): Promise<RunningService> {
  const metrics = new Metrics();
  const stores = await openStores(config, {
    onLogFailure: (error) =>
      log.fatal({ error: error.name, reason: error.message }, 'the log could not be written'),
    warn: (sentence) => log.warn(sentence),
    appending: () => metrics.appending(),
  });
  try {
    const tracing = config.tracesTo ? await openTracing(config.tracesTo, productVersion()) : noTracing;
    const door = openHttpDoor(log, metrics, tracing, config.limits);
    const app = await openDoors(stores, metrics, door, new FrameworkLog(log));
    traceUseCases(app, tracing);
    await stores.projections.reached((await stores.log.head()).position, patienceMs);
    await waiting?.close();
    await app.listen(config.port, config.host);
    const address = addressOf(app);
    log.info({ address, ruleSet: stores.rules.active.id }, 'started');
    let closed: Promise<void> | undefined;
    const finish = async (): Promise<void> => {
      await door.drain(drainMs);
      await app.close();
      await stores.close();
      await tracing.close();
      log.info('stopped');
    };
    return { address, close: () => (closed ??= finish()) };
  } catch (error) {
    await stores.close();
    throw error;
  }
}

async function openDoors(
  stores: Stores,
  metrics: Metrics,
  door: HttpDoor,
  logger: FrameworkLog,
): Promise<NestFastifyApplication> {
  const server = door.adapter.getInstance<FastifyInstance>();
  const limits = await OrganisationLimits.over(server, stores.config.limits);
  const app = await NestFactory.create<NestFastifyApplication>(
    HttpModule.over(stores, metrics, limits, door.stopping),
    door.adapter,
    {
      logger,
      // Bodies are parsed by the adapter itself.
      bodyParser: false,
      forceCloseConnections: true,
      abortOnError: false,
    },
  );
  identifySenders(server, stores, limits);
  auditAnswers(server, stores);
  app.useGlobalPipes(inputChecks(unknownToReplays(stores.rules)));
  app.useGlobalFilters(new ProblemFilter(door.routes, logger, translate));
  await app.init();
  const described = describeInterface(app);
  app.get(InterfaceDescription).documents = { en: described, nl: inDutch(described) };
  return app;
}

/** Each command and query is a step of its request, under its own name. */
function traceUseCases(app: NestFastifyApplication, tracing: Tracing): void {
  if (tracing === noTracing) return;
  const buses: { execute(asked: object): Promise<unknown> }[] = [app.get(CommandBus), app.get(QueryBus)];
  for (const bus of buses) {
    const execute = bus.execute.bind(bus);
    bus.execute = (asked) => tracing.step(asked.constructor.name, () => execute(asked));
  }
}

/** What the libraries throw, for the one who asked. */
function translate(thrown: unknown): Problem | undefined {
  const later = { headers: { 'retry-after': '1' } };
  if (thrown instanceof LogBusy) return new Problem('log-busy', 'Send the same again in a moment.', later);
  if (thrown instanceof LogUnreachable || thrown instanceof ServerTrouble)
    return new Problem('log-unreachable', 'Nothing was recorded. Send the same again in a moment.', later);
  if (thrown instanceof LogClosed)
    return new Problem('shutting-down', 'Send the same again in a moment.', later);
  if (thrown instanceof ViewsNotReady || thrown instanceof PortfolioNotReady)
    return new Problem('views-not-ready', thrown.message, later);
  if (thrown instanceof ReplaysBusy)
    return new Problem('replays-busy', thrown.message, { headers: { 'retry-after': '5' } });
  if (isUnreachable(thrown)) {
    return new Problem('views-not-ready', 'Their database does not answer; ask again in a moment.', later);
  }
  if (thrown instanceof AppendFailed) {
    return new Problem(
      'log-failed',
      'Whether it was recorded is not sure. Send the same again: nothing is doubled.',
      later,
    );
  }
  return undefined;
}

function addressOf(app: NestFastifyApplication): string {
  const bound = app.getHttpServer().address();
  if (bound === null || typeof bound === 'string') return String(bound);
  const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return `http://${host}:${bound.port}`;
}
