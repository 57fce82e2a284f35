import type { Endpoint } from '../graph/endpoint.ts';
import { comanagedDevices, managedDevices } from './device-collections.ts';
import { executeAction } from './execute-action.ts';
import { getAppsInstallSummaryReport } from './get-apps-install-summary-report.ts';
import { getExchangeConnector } from './get-exchange-connector.ts';
import { getServicePrincipal } from './get-service-principal.ts';
import { grantAppRole } from './grant-app-role.ts';
import { getManagedDevice } from './get-managed-device.ts';
import { getManagedDeviceOverview } from './get-managed-device-overview.ts';
import { listAppRoleAssignments } from './list-app-role-assignments.ts';
import { listExchangeConnectors } from './list-exchange-connectors.ts';
import { listManagedDevices } from './list-managed-devices.ts';
import { listTransitiveMembers } from './list-transitive-members.ts';
import { retrieveDeviceAppInstallationStatusReport } from './retrieve-device-app-installation-status-report.ts';
import { revokeAppRole } from './revoke-app-role.ts';
import { syncDevice } from './sync-device.ts';
import { syncExchangeConnector } from './sync-exchange-connector.ts';
import { triggerConfigurationManagerAction } from './trigger-configuration-manager-action.ts';

/** Every operation that is simulated. A new one is a file beside this one and a line here. */
export const endpoints: readonly Endpoint[] = [
  ...[managedDevices, comanagedDevices].flatMap((collection) => [
    syncDevice(collection),
    listManagedDevices(collection),
    getManagedDevice(collection),
    triggerConfigurationManagerAction(collection),
  ]),
  executeAction,
  getManagedDeviceOverview,
  listTransitiveMembers(),
  listTransitiveMembers('device'),
  listTransitiveMembers('user'),
  getServicePrincipal('{id}'),
  getServicePrincipal('appId={id}'),
  listAppRoleAssignments,
  grantAppRole,
  revokeAppRole,
  listExchangeConnectors,
  getExchangeConnector,
  syncExchangeConnector,
  getAppsInstallSummaryReport,
  retrieveDeviceAppInstallationStatusReport,
];
