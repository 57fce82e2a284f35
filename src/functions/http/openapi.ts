import type { HttpHandler } from '@azure/functions';
import { httpHandler } from './http-handler.ts';
import { openApiDocument } from './openapi-document.ts';

/** `GET /openapi.json`: the description of the API, made once when it is first asked for. */
export function openApiHandler(): HttpHandler {
  let document: ReturnType<typeof openApiDocument> | undefined;
  return httpHandler(() => {
    document ??= openApiDocument();
    return Promise.resolve({ jsonBody: document });
  });
}
