import { z } from 'zod';
import { connectorSyncTypes } from '../exchange/connectors.ts';
import { BadRequest } from '../graph/bad-request.ts';
import type { Endpoint } from '../graph/endpoint.ts';
import { connectorSyncRoles } from '../graph/roles.ts';
import { describeIssues } from '../parse-option.ts';
import { deviceNotFound } from './device-collections.ts';

const bodySchema = z.strictObject({ syncType: z.enum(connectorSyncTypes) });

/** POST exchangeConnectors/{id}/sync with `{ "syncType": … }`: accepts the sync (204), or 404. */
export const syncExchangeConnector: Endpoint = {
  method: 'POST',
  versions: ['v1.0', 'beta'],
  path: 'deviceManagement/exchangeConnectors/{id}/sync',
  roles: connectorSyncRoles,
  kind: 'other',
  service: 'enrollment',
  handle(request, { connectors, statistics }) {
    const parsed = bodySchema.safeParse(request.body);
    if (!parsed.success) throw new BadRequest(describeIssues('body', parsed.error));
    const index = connectors.indexOf(request.parameters[0] ?? '');
    if (index === undefined) return deviceNotFound(request);
    connectors.sync(index, parsed.data.syncType, request.trace.answersAt);
    statistics.count('connectorSyncs');
    return { status: 204, headers: {} };
  },
};
