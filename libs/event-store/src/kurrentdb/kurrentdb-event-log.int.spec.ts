import { openKurrentdbEventLog } from '@domeinbrug/event-store';
import type { EventLog } from '@domeinbrug/event-store';
import { KurrentdbStandIn } from '../../../../test/contract/kurrentdb-stand-in/stand-in.js';

// As for the other stores, the suite that drives it is the built one.
const built = '../../../../dist/libs/event-store/src';
const { describeEventLog } = jest.requireActual<typeof import('../contract/event-log-contract.js')>(
  `${built}/contract/event-log-contract.js`,
);

describeEventLog("EventStoreDB's protocol, as the stand-in speaks it", async (clock) => {
  const standIn = await KurrentdbStandIn.start();
  const opened: EventLog[] = [];
  const open = async (): Promise<EventLog> => {
    const log = await openKurrentdbEventLog({
      url: standIn.url,
      clock,
      namespace: 'contract.',
      prefixes: [''],
    });
    opened.push(log);
    return log;
  };
  return {
    log: await open(),
    reopen: open,
    async discard() {
      await Promise.all(opened.map((log) => log.close()));
      await standIn.stop();
    },
  };
});
