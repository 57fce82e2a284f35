import { expect, it } from 'vitest';
import { exchangeConnectorSync } from '../../../src/core/actions/exchange-connector-sync.ts';

it.each(['fullSync', 'deltaSync'])('asks a connector for a %s', (syncType) => {
  expect(exchangeConnectorSync.command({ syncType }).request('a/b')).toEqual({
    method: 'POST',
    url: '/deviceManagement/exchangeConnectors/a%2Fb/sync',
    body: { syncType },
  });
});

it('needs to be told how much', () => {
  expect(() => exchangeConnectorSync.command({})).toThrow('none of fullSync, deltaSync');
});

it('goes to the connectors, at half the pace of devices, with a role of its own', () => {
  const { targets, cost, role, version, bulk } = exchangeConnectorSync.command({
    syncType: 'fullSync',
  });
  expect({ list: targets?.url, cost, role, version, bulk }).toEqual({
    list: '/deviceManagement/exchangeConnectors',
    cost: 2,
    role: 'DeviceManagementServiceConfig.ReadWrite.All',
    version: 'v1.0',
    bulk: undefined,
  });
});
