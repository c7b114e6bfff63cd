// The service as it is, with doors beside the real ones that give the same coverage with a part of what stands before it
// taken away: the trail; and the check of the token; and the cut to what the asker may see. Made for comparison only.
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { AskedBy, Needs, Open } from '../../dist/apps/api/src/doors/asker.guard.js';
import { HttpModule } from '../../dist/apps/api/src/http.module.js';
import { askedToStop, startService, STORES } from '../../dist/apps/api/src/main.js';
import { knownClient } from '../../dist/apps/api/src/use-cases/client-journey.js';
import { knowledgeAsked } from '../../dist/apps/api/src/use-cases/knowledge.js';
import {
  CoverageQuestion,
  ReadClientCoverage,
} from '../../dist/apps/api/src/use-cases/read-client-coverage.js';
import { clipTimeline, determineCoverage } from '../../dist/libs/coverage/src/index.js';

/** What a token of the insurer would have said. */
const insurer = { kind: 'insurer', code: '3311', scopes: ['coverage:read'], purpose: 'funding' };

class BareDoors {
  constructor(queries, stores) {
    Object.assign(this, { queries, stores });
  }

  unwritten(clientId, question, asker) {
    return this.queries.execute(new ReadClientCoverage(clientId, question, asker));
  }

  unchecked(clientId, question) {
    return this.queries.execute(new ReadClientCoverage(clientId, question, insurer));
  }

  /** As the use case does it, for somebody who may see all without being asked. */
  async whole(clientId, question) {
    const { log, rules } = this.stores;
    const knownAt = await knowledgeAsked(log, question);
    const { person } = await knownClient(this.stores, clientId);
    const active = rules.compiledOf(rules.active);
    return clipTimeline(determineCoverage(person.journeyAt(knownAt.position), active, knownAt), {});
  }
}

const doors = { unwritten: [Needs('coverage:read'), AskedBy()], unchecked: [Open()], whole: [Open()] };
for (const [name, [lets, asker]] of Object.entries(doors)) {
  const door = [BareDoors.prototype, name, Object.getOwnPropertyDescriptor(BareDoors.prototype, name)];
  Get(`${name}/:clientId`)(...door);
  lets(...door);
  Param('clientId')(BareDoors.prototype, name, 0);
  Query()(BareDoors.prototype, name, 1);
  asker?.(BareDoors.prototype, name, 2);
  Reflect.defineMetadata('design:paramtypes', [String, CoverageQuestion, Object], BareDoors.prototype, name);
}
Inject(QueryBus)(BareDoors, undefined, 0);
Inject(STORES)(BareDoors, undefined, 1);
Controller('bench')(BareDoors);

const over = HttpModule.over.bind(HttpModule);
HttpModule.over = (...stores) => {
  const module = over(...stores);
  return { ...module, controllers: [...module.controllers, BareDoors] };
};

const service = await startService();
const stop = askedToStop();
console.log(`answers at ${service.address}`);
await stop;
await service.close();
