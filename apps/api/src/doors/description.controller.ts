import { eventTypes, isEventType, schemaOf, type EventSchema } from '@domeinbrug/journey';
import { Problem } from '@domeinbrug/platform';
import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags, type OpenAPIObject } from '@nestjs/swagger';
import { eventSchema, openApi, page } from '../answers/description.js';
import { Answers, Refuses } from '../description/declare.js';
import { Open } from './asker.guard.js';
import { frontPage } from './front-page.js';

/** The description of the interface, set once all doors are there. */
export class InterfaceDescription {
  document: OpenAPIObject | null = null;
}

const schemaFile = /^([a-z]+(?:-[a-z]+)*)\.v1\.json$/;

@ApiTags('description')
@Open()
@Controller()
export class DescriptionController {
  constructor(@Inject(InterfaceDescription) private readonly description: InterfaceDescription) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiOperation({ summary: 'What this is, for who opens the address in a browser' })
  @Answers(200, page, { mediaType: 'text/html' })
  front(): string {
    return frontPage();
  }

  @Get('v1/openapi.json')
  @ApiOperation({ summary: 'The description of this interface' })
  @Answers(200, openApi)
  openApi(): OpenAPIObject {
    return this.description.document!;
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
