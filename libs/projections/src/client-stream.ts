export { clientOfStream, journeyCategory, streamOfClient } from '@domeinbrug/journey';
