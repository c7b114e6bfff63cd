import { day, named, oneOf, position, wholeNumber } from '../description/shape.js';
import type { ErasureAnswer } from '../use-cases/erase-client.js';
import { clientId } from './coverage.js';

export const erasure = named<ErasureAnswer>('Erasure', 'Who was erased, and when.', {
  clientId,
  status: oneOf(['erased', 'known'], 'Known when it was so already.', 'erased'),
  day: day('The day on which it was done.'),
  position: position('Where the log is; a read with atLeast this sees nothing of the client any more.'),
  plainEvents: wholeNumber(
    'Events from before there were keys, whose personal fields still stand in the log.',
    0,
  ),
});
