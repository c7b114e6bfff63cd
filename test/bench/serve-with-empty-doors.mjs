// The service as it is, with doors beside the real ones that do nothing but check the token: what is compared with.
// Also tells how long its event loop was held up since it was last asked.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { AnyToken } from '../../dist/apps/api/src/doors/asker.guard.js';
import { HttpModule } from '../../dist/apps/api/src/http.module.js';
import { askedToStop, startService } from '../../dist/apps/api/src/main.js';

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();

class EmptyDoors {
  read() {
    return { nothing: true };
  }

  take() {
    return { nothing: true };
  }

  loop() {
    const heldUp = { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 };
    delay.reset();
    return heldUp;
  }
}

const doorOf = (name) => [
  EmptyDoors.prototype,
  name,
  Object.getOwnPropertyDescriptor(EmptyDoors.prototype, name),
];
Get('empty')(...doorOf('read'));
Post('empty')(...doorOf('take'));
HttpCode(200)(...doorOf('take'));
Get('event-loop')(...doorOf('loop'));
AnyToken()(EmptyDoors);
Controller('bench')(EmptyDoors);

const over = HttpModule.over.bind(HttpModule);
HttpModule.over = (...stores) => {
  const module = over(...stores);
  return { ...module, controllers: [...module.controllers, EmptyDoors] };
};

const service = await startService();
const stop = askedToStop();
console.log(`answers at ${service.address}`);
await stop;
await service.close();
