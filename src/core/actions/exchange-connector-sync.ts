import type { Action, ActionParameter, Command, TargetList } from './action.ts';
import { choiceOf } from './choice.ts';

const syncType = {
  description: 'How much an Exchange connector synchronises: everything, or what has changed.',
  values: ['fullSync', 'deltaSync'],
} as const satisfies ActionParameter;

/**
 * New connectors cannot be made since 2020 and Microsoft ended the support of existing ones
 * (learn.microsoft.com/intune/intune-service/protect/exchange-connector-install), so that an empty
 * list is what is to be expected.
 */
const connectors: TargetList = {
  url: '/deviceManagement/exchangeConnectors',
  roles: [
    'DeviceManagementServiceConfig.Read.All',
    'DeviceManagementServiceConfig.ReadWrite.All',
    'DeviceManagementConfiguration.Read.All',
    'DeviceManagementConfiguration.ReadWrite.All',
  ],
  platform: 'exchange',
  nameProperty: 'serverName',
  lastSyncProperty: 'lastSyncDateTime',
  whenEmpty: {
    code: 'noExchangeConnectors',
    title: 'The tenant has no Exchange connector',
    detail:
      'There was nothing to synchronise. Microsoft ended the support of the on-premises Exchange ' +
      'connector on 15 January 2024, and new ones cannot be set up.',
  },
};

/**
 * Other categories of Intune than devices have half of the write quota, 100 in 20 s
 * (learn.microsoft.com/graph/throttling-limits).
 */
const QUOTA_COST = 2;

/**
 * Tells the tenant's Exchange connectors to synchronise
 * (learn.microsoft.com/graph/api/intune-onboarding-devicemanagementexchangeconnector-sync).
 */
export const exchangeConnectorSync = {
  description: 'Tells the Exchange connectors of the tenant to synchronise.',
  parameters: { syncType },
  command: (parameters): Command => {
    const body = { syncType: choiceOf(syncType, parameters['syncType']) };
    return {
      version: 'v1.0',
      role: 'DeviceManagementServiceConfig.ReadWrite.All',
      cost: QUOTA_COST,
      targets: connectors,
      unsupported: () => undefined,
      request: (id) => ({
        method: 'POST',
        url: `${connectors.url}/${encodeURIComponent(id)}/sync`,
        body,
      }),
    };
  },
} as const satisfies Action;
