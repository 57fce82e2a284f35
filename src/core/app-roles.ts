/** The app roles of fleet-sync's own app registration in Entra ID; each opens its own routes only. */
export const appRoles = {
  /** Every GET. */
  read: 'FleetSync.Read',
  /** Starting, cancelling and retrying runs. */
  run: 'FleetSync.Run',
  /** Delivering alerts. */
  alert: 'FleetSync.Alert',
} as const;

export type AppRole = (typeof appRoles)[keyof typeof appRoles];

/** Who a route is for; `anyone` for the one that needs no proof of who is calling. */
export type RouteAccess = AppRole | 'anyone';

/**
 * Azure Monitor's application, the same in every tenant, that calls secure webhooks
 * (learn.microsoft.com/azure/azure-monitor/alerts/action-groups#configure-authentication-for-secure-webhook).
 */
export const AZURE_MONITOR_APP_ID = '461e8683-5575-4561-ac7f-899cc907d62a';

/**
 * What a role may be called in a token. Microsoft's script for secure webhooks, on the same page,
 * names its role `ActionGroupsSecureWebhook`; taking it widens nothing, since the route for alerts
 * takes tokens of Azure Monitor's application only.
 */
export const namesOfRole: Readonly<Record<AppRole, readonly string[]>> = {
  'FleetSync.Read': [appRoles.read],
  'FleetSync.Run': [appRoles.run],
  'FleetSync.Alert': [appRoles.alert, 'ActionGroupsSecureWebhook'],
};
