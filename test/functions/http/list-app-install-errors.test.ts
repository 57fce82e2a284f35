import { expect, it } from 'vitest';
import { appInstallErrors } from '../../../src/core/app-install-errors.ts';
import { listAppInstallErrorsHandler } from '../../../src/functions/http/list-app-install-errors.ts';
import { appInstallErrorsSchema } from '../../../src/schemas/app-install-error-schema.ts';
import { callHttp, jsonHeaders } from '../support/call-http.ts';

it('GET /reference/app-install-errors answers with the whole catalogue', async () => {
  const answer = await callHttp(listAppInstallErrorsHandler());
  expect(answer).toEqual({
    status: 200,
    headers: jsonHeaders,
    body: { value: appInstallErrors },
    log: [],
  });
  expect(appInstallErrorsSchema.parse(answer.body)).toEqual(answer.body);
});
