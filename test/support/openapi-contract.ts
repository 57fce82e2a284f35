import { Ajv2020 } from 'ajv/dist/2020.js';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

/** Checks answers of the API against the OpenAPI document that it gives of itself. */
export function openApiContract(document: unknown): (exchange: Exchange) => void {
  const { paths, components } = document as Document;
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'api', components });

  return ({ method, path, status, contentType, body }) => {
    const template = Object.keys(paths).find((candidate) => matches(candidate, path));
    const operation = paths[template ?? '']?.[method.toLowerCase()];
    // A route that does not exist is the host's to answer.
    if (operation === undefined || body === '') return;
    const [mediaType = ''] = contentType.split(';');
    const described = operation.responses[status]?.content?.[mediaType];
    if (described === undefined) {
      throw new Error(`${method} ${path}: ${status} ${mediaType} is not in the OpenAPI document`);
    }
    if (!mediaType.endsWith('json')) return;
    const schema = JSON.parse(
      JSON.stringify(described.schema).replaceAll('"#/components', '"api#/components'),
    ) as object;
    if (!ajv.validate(schema, JSON.parse(body))) {
      throw new Error(`${method} ${path} ${status}: ${ajv.errorsText()}\n${body.slice(0, 500)}`);
    }
  };
}

export interface Exchange {
  readonly method: string;
  /** Below `/api`, without a query. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

function matches(template: string, path: string): boolean {
  const pattern = template.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(path);
}
