import { Metrics } from '@domeinbrug/platform';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ApplicationModule } from './application.module.js';
import { AskerGuard } from './doors/asker.guard.js';
import { ChangesController } from './doors/changes.controller.js';
import { ClientsController } from './doors/clients.controller.js';
import { ClosingsController } from './doors/closings.controller.js';
import { DescriptionController, InterfaceDescription } from './doors/description.controller.js';
import { STOPPING } from './doors/event-stream.js';
import { ErasureController } from './doors/erasure.controller.js';
import { EventsController } from './doors/events.controller.js';
import { FindingsController } from './doors/findings.controller.js';
import { FundersController } from './doors/funders.controller.js';
import { HealthController } from './doors/health.controller.js';
import { ProvidersController } from './doors/providers.controller.js';
import { ReplaysController } from './doors/replays.controller.js';
import { RuleSetsController } from './doors/rule-sets.controller.js';
import { OrganisationLimits } from './doors/organisation-limits.js';
import { StoreFigures } from './doors/store-figures.js';
import type { Stores } from './stores/stores.js';

const controllers = [
  EventsController,
  ClientsController,
  ErasureController,
  FundersController,
  ClosingsController,
  ChangesController,
  ProvidersController,
  FindingsController,
  RuleSetsController,
  ReplaysController,
  HealthController,
  DescriptionController,
];

/** The doors: HTTP in front of the use cases. */
@Module({})
export class HttpModule {
  /** @param stopping that answers which go on have to end */
  static over(
    stores: Stores,
    metrics: Metrics,
    limits: OrganisationLimits,
    stopping: AbortSignal,
  ): DynamicModule {
    return {
      module: HttpModule,
      imports: [ApplicationModule.over(stores)],
      // A process that only keeps read models up tells nothing but how it is.
      controllers: stores.config.role === 'projector' ? [HealthController] : controllers,
      providers: [
        { provide: Metrics, useValue: metrics },
        { provide: OrganisationLimits, useValue: limits },
        { provide: STOPPING, useValue: stopping },
        StoreFigures,
        { provide: APP_GUARD, useClass: AskerGuard },
        InterfaceDescription,
      ],
    };
  }
}
