import { eventTypes, isEventType, schemaOf, type EventSchema } from '@domeinbrug/journey';
import { languageOf, Problem, type Language } from '@domeinbrug/problems';
import { inventedBanner, isInvented } from '@domeinbrug/settings';
import { Controller, Get, Header, Headers, Inject, Param, Res } from '@nestjs/common';
import { ApiOperation, ApiTags, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { eventSchema, openApi, page } from '../answers/description.js';
import { Answers, Refuses } from '../description/declare.js';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { Open } from './asker.guard.js';
import { frontPage } from './front-page.js';

/** The description of the interface in each language, set once all doors are there. */
export class InterfaceDescription {
  documents: Record<Language, OpenAPIObject> | null = null;
}

const schemaFile = /^([a-z]+(?:-[a-z]+)*)\.v1\.json$/;

@ApiTags('description')
@Open()
@Controller()
export class DescriptionController {
  constructor(
    @Inject(InterfaceDescription) private readonly description: InterfaceDescription,
    @Inject(STORES) private readonly stores: Stores,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiOperation({ summary: 'What this is, for who opens the address in a browser' })
  @Answers(200, page, { mediaType: 'text/html' })
  front(): string {
    return frontPage(isInvented(this.stores.config.dataDir) ? inventedBanner : null);
  }

  @Get('v1/openapi.json')
  @ApiOperation({ summary: 'The description of this interface' })
  @Header('vary', 'accept-language')
  @Answers(200, openApi, { headers: ['content-language'] })
  openApi(
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): OpenAPIObject {
    const language = languageOf(acceptLanguage);
    void reply.header('content-language', language);
    return this.description.documents![language];
  }

  @Get('v1/schemas/:file')
  @Header('content-type', 'application/schema+json; charset=utf-8')
  @ApiOperation({ summary: 'The JSON Schema of one event type’s data, {type}.v1.json' })
  @Answers(200, eventSchema, { mediaType: 'application/schema+json' })
  @Refuses('schema-unknown')
  schema(@Param('file') file: string): EventSchema {
    const type = schemaFile.exec(file)?.[1] ?? '';
    if (isEventType(type)) return schemaOf(type);
    throw new Problem('schema-unknown', `Ask for {type}.v1.json; the types are ${eventTypes.join(', ')}.`);
  }
}
