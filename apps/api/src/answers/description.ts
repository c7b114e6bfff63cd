import type { EventSchema } from '@domeinbrug/journey';
import type { OpenAPIObject } from '@nestjs/swagger';
import { anything, text, type Shape } from '../description/shape.js';

export const page = text('A page in HTML.', '<!doctype html><title>Domeinbrug</title>');

/** By a standard of its own, as is the next. */
export const openApi = anything('OpenAPI 3.1.', {
  openapi: '3.1.0',
}) as Shape<OpenAPIObject>;

export const eventSchema = anything('JSON Schema 2020-12.', {
  type: 'object',
}) as unknown as Shape<EventSchema>;
