extension microsoftGraphV1

metadata name = 'fleet-sync: permissions on Microsoft Graph'
metadata description = 'Deployed apart, by a Privileged Role Administrator, so that whoever deploys the app needs no such role. Public cloud only; elsewhere use fleet-sync permissions.'

@description('The object id of the app\'s identity: IDENTITY_PRINCIPAL_ID of the deployment.')
param principalId string

@description('What the app is used for besides sync: scopes with Entra groups, Exchange connectors, failed app installs in the report.')
@allowed([
  'groups'
  'exchange'
  'apps'
])
param features string[] = []

// The least that each takes; docs/permissions.md says what for.
var rolesByFeature = {
  sync: [
    'DeviceManagementManagedDevices.Read.All'
    'DeviceManagementManagedDevices.PrivilegedOperations.All'
  ]
  groups: [
    'GroupMember.Read.All'
    'Device.Read.All'
  ]
  exchange: [
    'DeviceManagementServiceConfig.ReadWrite.All'
  ]
  apps: [
    'DeviceManagementApps.Read.All'
  ]
}

var roleNames = flatten(map(concat([ 'sync' ], features), feature => (rolesByFeature[feature])))

// Microsoft Graph itself, by the application id it has in every tenant.
resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '00000003-0000-0000-c000-000000000000'
}

resource grants 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [for roleName in roleNames: {
  principalId: principalId
  resourceId: graph.id
  appRoleId: filter(graph.appRoles, role => (role.value == roleName && contains(role.allowedMemberTypes, 'Application')))[0].id
}]

output granted string[] = roleNames
