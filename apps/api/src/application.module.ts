import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { Stores } from './stores/stores.js';
import { STORES } from './stores/stores-token.js';
import { AskReplayHandler } from './use-cases/ask-replay.js';
import { EraseClientHandler } from './use-cases/erase-client.js';
import { ClientOfNumberHandler, FindClientHandler } from './use-cases/find-client.js';
import { ForgetReplayHandler } from './use-cases/forget-replay.js';
import { MakeClosingHandler } from './use-cases/make-closing.js';
import { PreviewCoverageHandler } from './use-cases/preview-coverage.js';
import { ReadChangesHandler } from './use-cases/read-changes.js';
import { ReadClientCoverageHandler } from './use-cases/read-client-coverage.js';
import { ReadClientEventsHandler } from './use-cases/read-client-events.js';
import { ReadClosingHandler } from './use-cases/read-closing.js';
import { ReadFindingsHandler } from './use-cases/read-findings.js';
import { ReadFunderCoverageHandler } from './use-cases/read-funder-coverage.js';
import { ReadFunderOverlapsHandler } from './use-cases/read-funder-overlaps.js';
import { ReadProviderMinutesHandler } from './use-cases/read-provider-minutes.js';
import { ReadProviderWindowsHandler } from './use-cases/read-provider-windows.js';
import { ReadReplayHandler } from './use-cases/read-replay.js';
import { ReadReplayDifferenceHandler } from './use-cases/read-replay-difference.js';
import { ReadReplayJourneysHandler } from './use-cases/read-replay-journeys.js';
import { ReadReplayResultsHandler } from './use-cases/read-replay-results.js';
import { ListRuleSetsHandler, ReadRuleSetHandler } from './use-cases/read-rule-sets.js';
import { ActivateRuleSetHandler } from './use-cases/activate-rule-set.js';
import { PublishRuleSetHandler } from './use-cases/publish-rule-set.js';
import { ValidateRuleSetHandler } from './use-cases/validate-rule-set.js';
import { ReadStatusHandler } from './use-cases/read-status.js';
import { RecordEventsHandler } from './use-cases/record-events.js';
import { TellEffectsHandler } from './use-cases/tell-effects.js';
import { SettleClientHandler } from './use-cases/settle-client.js';
import { SettleFunderHandler } from './use-cases/settle-funder.js';

const handlers = [
  RecordEventsHandler,
  TellEffectsHandler,
  ClientOfNumberHandler,
  FindClientHandler,
  EraseClientHandler,
  ReadClientEventsHandler,
  ReadClientCoverageHandler,
  PreviewCoverageHandler,
  SettleClientHandler,
  ReadFunderCoverageHandler,
  ReadFunderOverlapsHandler,
  SettleFunderHandler,
  MakeClosingHandler,
  ReadClosingHandler,
  ReadChangesHandler,
  ReadProviderMinutesHandler,
  ReadProviderWindowsHandler,
  ReadFindingsHandler,
  ListRuleSetsHandler,
  ReadRuleSetHandler,
  ValidateRuleSetHandler,
  PublishRuleSetHandler,
  ActivateRuleSetHandler,
  AskReplayHandler,
  ReadReplayHandler,
  ReadReplayResultsHandler,
  ReadReplayJourneysHandler,
  ReadReplayDifferenceHandler,
  ForgetReplayHandler,
  ReadStatusHandler,
];

/**
 * Every use case behind the command and query buses, and nothing of HTTP: the same module serves the doors in
 * `http.module.ts` and the command line.
 */
@Module({})
export class ApplicationModule {
  /** @param stores open; whoever opened them closes them */
  static over(stores: Stores): DynamicModule {
    return {
      module: ApplicationModule,
      imports: [CqrsModule.forRoot()],
      providers: [{ provide: STORES, useValue: stores }, ...handlers],
      exports: [CqrsModule, STORES],
    };
  }
}
