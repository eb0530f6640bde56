import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The document of the API, as the code declares it. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Bièvre')
    .setDescription('L’appel à projets annuel d’un contrat de ville : dossiers, instruction, enveloppes, décisions, résultats.')
    .setVersion('1.0.0')
    .setLicense('EUPL-1.2', 'https://eupl.eu/1.2/fr/')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  const document = SwaggerModule.createDocument(app, builder, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  return inOpenApi31(document) as OpenAPIObject;
}

/** Serves the document and a page to browse it; both are built when first asked for. */
export function serveDocs(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'openapi.json', yamlDocumentUrl: 'openapi.yaml' });
}

/** OpenAPI 3.1 is JSON Schema: `nullable` became a type, and a `$ref` with neighbours a union. */
function inOpenApi31(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(inOpenApi31);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = node as Record<string, unknown>;
  const mapped = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, inOpenApi31(value)]));
  if (nullable !== true) return mapped;
  if (typeof mapped['type'] === 'string') {
    const { enum: values } = mapped;
    return { ...mapped, type: [mapped['type'], 'null'], ...(Array.isArray(values) ? { enum: [...(values as unknown[]), null] } : {}) };
  }
  const { description, ...schema } = mapped;
  return { ...(description === undefined ? {} : { description }), anyOf: [schema, { type: 'null' }] };
}
