import type { Lag, ProjectionStatus } from '@domeinbrug/projections';
import { always, named, object, oneOf, position, text, wholeNumber } from '../description/shape.js';

export interface Readiness {
  status: 'ready' | 'not-ready';
  /** `failed`: the last event could not be recorded. The service's log says why; `writable` again once one is. */
  log: 'writable' | 'failed';
  projections: ProjectionStatus['state'];
  lag: Lag;
  /** Clients whose last events could not be folded; `domeinbrug projections status` names them. */
  parked: number;
  position: string;
  logPosition: string;
}

export const liveness = named<{ status: 'live' }>('Liveness', 'The process answers.', {
  status: always('live', 'It does.'),
});

export const readiness = named<Readiness>('Readiness', 'Where the stores stand.', {
  status: oneOf(['ready', 'not-ready'], 'Whether questions can be answered.'),
  log: oneOf(['writable', 'failed'], 'failed: the last event could not be recorded.'),
  projections: oneOf(['current', 'behind', 'building', 'absent', 'stopped'], 'Where the read models stand.'),
  lag: object<Lag>('What the read models lack.', {
    events: wholeNumber('Events not yet taken in.', 0),
    ms: wholeNumber('Age of the oldest of them in milliseconds.', 0),
  }),
  parked: wholeNumber('Clients whose last events could not be taken in.', 0),
  position: position('How far the read models are.'),
  logPosition: position('How far the log is.'),
});

export const figures = text('Figures in the Prometheus text format.', 'domeinbrug_parked_clients 0\n');
