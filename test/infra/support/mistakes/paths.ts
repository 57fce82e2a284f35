/** Files in which mistakes are made, or found. */

export const main = 'infra/main.bicep';
export const app = 'infra/modules/app.bicep';
export const storage = 'infra/modules/storage.bicep';
export const access = 'infra/modules/access.bicep';
export const alertRules = 'infra/modules/alert-rules.bicep';
export const actionGroups = 'infra/modules/action-groups.bicep';
export const authentication = 'infra/modules/authentication.bicep';
export const monitoring = 'infra/modules/monitoring.bicep';
export const network = 'infra/modules/network.bicep';
export const workbook = 'infra/modules/workbook.bicep';
export const graph = 'infra/graph-permissions.bicep';
