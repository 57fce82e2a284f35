targetScope = 'subscription'

metadata name = 'fleet-sync'
metadata description = 'The app, its storage and identity, and what watches it. Permissions on Microsoft Graph are granted apart, by graph-permissions.bicep.'

// --- Where ---

@description('The name of the environment, from which the names of all resources are made.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('The region of all resources; one that offers Flex Consumption.')
param location string

@description('The resource group; empty for rg-<environmentName>.')
@maxLength(90)
param resourceGroupName string = ''

// --- How the app runs ---

@description('The version of Node.js.')
@allowed([
  '22'
  '24'
])
param nodeVersion string = '24'

@description('Memory of an instance in MB.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int = 2048

@description('The most instances. The write budget is shared by all of them, so that more do not send faster.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances that are kept warm for HTTP, so that an emergency does not wait for a cold start. Billed around the clock.')
@minValue(0)
@maxValue(20)
param alwaysReadyInstances int = 0

@description('The redundancy of the storage account.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
  'Standard_GZRS'
])
param storageRedundancy string = 'Standard_LRS'

@description('Whether /admin of the Functions host answers Azure Resource Manager only.')
param isolateAdminEndpoints bool = true

// --- What the app does; the app checks each value when it starts ---

@description('The cloud of Microsoft Graph.')
@allowed([
  'public'
  'usGov'
  'usGovDoD'
  'china'
])
param graphCloud string = 'public'

@description('When the scheduled run starts: NCRONTAB of six fields, UTC.')
param syncSchedule string = '0 0 2 * * 0'

@description('The scope of the scheduled run, as JSON.')
param syncScope string = '{}'

@description('Devices in a batch.')
@minValue(1)
@maxValue(98)
param syncBatchSize int = 50

@description('The least time between two batches becoming due, seconds.')
@minValue(0)
@maxValue(3600)
param syncBatchDelaySeconds int = 0

@description('Retries of a device, apart from throttled ones.')
@minValue(0)
@maxValue(20)
param syncMaxRetries int = 5

@description('The first wait before a retry, seconds: a number from 0.1 to 3600, as text since Bicep has no fractions.')
param syncInitialBackoffSeconds string = '5'

@description('The longest wait before a retry, seconds: a number from 0.1 to 3600, as text.')
param syncMaxBackoffSeconds string = '300'

@description('The ceiling of the shared write budget, writes per second: a number from 0.1 to 20, as text.')
param syncWritesPerSecond string = '8'

@description('How commands are sent: one by one in JSON batches (v1.0), or a hundred at once (beta).')
@allowed([
  'perDevice'
  'bulk'
])
param syncSendMode string = 'perDevice'

@description('Scheduled runs skip devices that checked in within so many minutes; 0 skips none.')
@minValue(0)
@maxValue(525600)
param syncSkipSyncedWithinMinutes int = 15

@description('A run that plans more devices is refused: a number as text; empty for no limit.')
param syncMaxDevices string = ''

@description('After so many hours a run is closed by force.')
@minValue(1)
@maxValue(168)
param syncRunDeadlineHours int = 24

@description('Runs older than so many days are deleted.')
@minValue(1)
@maxValue(3650)
param syncRetentionDays int = 90

@description('Runs that one caller may start per minute, alerts apart.')
@minValue(1)
@maxValue(10000)
param syncStartsPerMinute int = 10

@description('The alert rules that start a run, as JSON: the rule\'s name, its scope and cool-down.')
param syncAlertRules string = '{}'

@description('When check-ins are verified after a run: durations, separated by commas.')
param verifyAfter string = '15m,1h,24h'

@description('Where the end of a run is posted, https; empty for nowhere. The address carries a secret.')
@secure()
param notifyWebhookUrl string = ''

@description('What is posted there.')
@allowed([
  'adaptiveCard'
  'json'
])
param notifyFormat string = 'adaptiveCard'

// --- Who may call ---

@description('The application (client) id of the Entra app registration of the API. Empty: function keys only.')
param entraClientId string = ''

@description('The object id of that app registration, for the secure webhook of alerts. Empty: alerts cannot start runs.')
param entraApplicationObjectId string = ''

@description('The Application ID URI of that app registration; empty for api://<client id>.')
param entraIdentifierUri string = ''

@description('The tenant of the app registration.')
param entraTenantId string = tenant().tenantId

@description('The issuer of tokens; empty for the tenant\'s own in this cloud.')
param entraIssuer string = ''

@description('Where the issuer\'s keys are; empty for the tenant\'s own in this cloud.')
param entraJwksUri string = ''

@description('Whether, with Entra ID, a function key alone is enough as well.')
param allowFunctionKeys bool = false

@description('Addresses (CIDR) from which the app may be called, besides Azure Monitor. Empty: from anywhere, with a key or token.')
param allowedIpRanges string[] = []

// --- Who is told ---

@description('E-mail addresses that are told when something is wrong.')
param notifyEmails string[] = []

@description('Devices that failed in a run, percent of all, above which the error rate is reported.')
@minValue(1)
@maxValue(100)
param errorRatePercent int = 5

@description('Whether calls of the identity that are not the app\'s are reported. The tenant\'s Graph activity log must go to the workspace.')
param watchGraphActivity bool = false

@description('How long logs are kept, days.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

// --- How it is guarded ---

@description('Whether storage is reached over a virtual network only.')
param useVirtualNetwork bool = false

@description('The address space of the virtual network.')
param virtualNetworkAddressPrefix string = '10.71.0.0/16'

@description('Whether the storage account and the identity are locked against deletion.')
param lockResources bool = false

// --- One place for names ---

var token = toLower(uniqueString(subscription().id, environmentName, location))

var names = {
  resourceGroup: empty(resourceGroupName) ? 'rg-${environmentName}' : resourceGroupName
  identity: 'id-fleet-sync-${token}'
  storageAccount: 'st${token}'
  deploymentContainer: 'app-package'
  workspace: 'log-fleet-sync-${token}'
  applicationInsights: 'appi-fleet-sync-${token}'
  plan: 'plan-fleet-sync-${token}'
  app: 'func-fleet-sync-${token}'
  virtualNetwork: 'vnet-fleet-sync-${token}'
  notifyGroup: 'ag-fleet-sync-notify-${token}'
  triggerGroup: 'ag-fleet-sync-trigger-${token}'
  alertPrefix: 'fleet-sync'
}

@description('The app\'s queues. The Functions host moves a message that keeps failing to the poison queue.')
var queues = [
  'sync-plans'
  'sync-batches'
  'sync-batches-urgent'
  'sync-monitor'
]

var tables = [
  'Runs'
  'RunItems'
  'Coordination'
]

@description('Where alerts that start runs are delivered, below the app\'s host name.')
var alertsPath = '/api/alerts'

@description('Open without a token, so that probes need none.')
var healthPath = '/api/health'

var tags = {
  'azd-env-name': environmentName
}

var usesEntra = !empty(entraClientId)
var identifierUri = empty(entraIdentifierUri) ? 'api://${entraClientId}' : entraIdentifierUri

var settings = {
  GRAPH_CLOUD: graphCloud
  SYNC_SCHEDULE: syncSchedule
  SYNC_SCOPE: syncScope
  SYNC_BATCH_SIZE: string(syncBatchSize)
  SYNC_BATCH_DELAY_SECONDS: string(syncBatchDelaySeconds)
  SYNC_MAX_RETRIES: string(syncMaxRetries)
  SYNC_INITIAL_BACKOFF_SECONDS: syncInitialBackoffSeconds
  SYNC_MAX_BACKOFF_SECONDS: syncMaxBackoffSeconds
  SYNC_WRITES_PER_SECOND: syncWritesPerSecond
  SYNC_SEND_MODE: syncSendMode
  SYNC_SKIP_SYNCED_WITHIN_MINUTES: string(syncSkipSyncedWithinMinutes)
  SYNC_MAX_DEVICES: syncMaxDevices
  SYNC_RUN_DEADLINE_HOURS: string(syncRunDeadlineHours)
  SYNC_RETENTION_DAYS: string(syncRetentionDays)
  SYNC_STARTS_PER_MINUTE: string(syncStartsPerMinute)
  SYNC_ALERT_RULES: syncAlertRules
  VERIFY_AFTER: verifyAfter
  NOTIFY_FORMAT: notifyFormat
  AUTH_TENANT_ID: usesEntra ? entraTenantId : ''
  // Tokens of version 2 are for the client id, those of version 1 for the URI.
  AUTH_AUDIENCE: usesEntra ? '${entraClientId},${identifierUri}' : ''
  AUTH_ISSUER: usesEntra ? entraIssuer : ''
  AUTH_JWKS_URI: usesEntra ? entraJwksUri : ''
  AUTH_ALLOW_KEYS: usesEntra && allowFunctionKeys ? 'true' : 'false'
}

// --- Resources ---

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: names.resourceGroup
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: names.identity
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: names.workspace
    applicationInsightsName: names.applicationInsights
    location: location
    tags: tags
    retentionDays: logRetentionDays
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: names.storageAccount
    location: location
    tags: tags
    redundancy: storageRedundancy
    deploymentContainerName: names.deploymentContainer
    queueNames: queues
    tableNames: tables
    isPrivate: useVirtualNetwork
    workspaceId: monitoring.outputs.workspaceId
  }
}

module network 'modules/network.bicep' = if (useVirtualNetwork) {
  name: 'network'
  scope: group
  params: {
    name: names.virtualNetwork
    location: location
    tags: tags
    addressPrefix: virtualNetworkAddressPrefix
    storageAccountName: storage.outputs.name
  }
}

module access 'modules/access.bicep' = {
  name: 'access'
  scope: group
  params: {
    principalId: identity.outputs.principalId
    storageAccountName: storage.outputs.name
    applicationInsightsName: monitoring.outputs.applicationInsightsName
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  scope: group
  params: {
    name: names.app
    planName: names.plan
    location: location
    tags: tags
    nodeVersion: nodeVersion
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    isolateAdminEndpoints: isolateAdminEndpoints
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.name
    deploymentContainerName: names.deploymentContainer
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    workspaceId: monitoring.outputs.workspaceId
    subnetId: useVirtualNetwork ? network!.outputs.appSubnetId : ''
    allowedIpRanges: allowedIpRanges
    settings: settings
    notifyWebhookUrl: notifyWebhookUrl
  }
  // The app reads its package and its storage with these roles as soon as it starts.
  dependsOn: [
    access
  ]
}

module authentication 'modules/authentication.bicep' = {
  name: 'authentication'
  scope: group
  params: {
    appName: app.outputs.name
    clientId: entraClientId
    issuer: empty(entraIssuer) ? '${environment().authentication.loginEndpoint}${entraTenantId}/v2.0' : entraIssuer
    audiences: [
      entraClientId
      identifierUri
    ]
    allowFunctionKeys: allowFunctionKeys
    openPaths: [
      healthPath
    ]
  }
}

module actionGroups 'modules/action-groups.bicep' = {
  name: 'action-groups'
  scope: group
  params: {
    notifyName: names.notifyGroup
    triggerName: names.triggerGroup
    tags: tags
    emails: notifyEmails
    alertsUrl: 'https://${app.outputs.hostName}${alertsPath}'
    tenantId: entraTenantId
    applicationObjectId: entraApplicationObjectId
    identifierUri: identifierUri
  }
}

module alertRules 'modules/alert-rules.bicep' = {
  name: 'alert-rules'
  scope: group
  params: {
    prefix: names.alertPrefix
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    notifyGroupId: actionGroups.outputs.notifyGroupId
    errorRatePercent: errorRatePercent
    watchGraphActivity: watchGraphActivity
    principalId: identity.outputs.principalId
    sendMode: syncSendMode
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  scope: group
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    deadlineHours: syncRunDeadlineHours
  }
}

module locks 'modules/locks.bicep' = if (lockResources) {
  name: 'locks'
  scope: group
  params: {
    storageAccountName: storage.outputs.name
    identityName: identity.outputs.name
  }
}

// --- What azd and the administrator need next ---

@description('The resource group of the app.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The name of the function app.')
output APP_NAME string = app.outputs.name

@description('The address of the API.')
output APP_URL string = 'https://${app.outputs.hostName}/api'

@description('The object id of the identity, to which permissions on Microsoft Graph are granted.')
output IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId

@description('The action group for alert rules of yours that start a run; empty without Entra ID.')
output TRIGGER_ACTION_GROUP_ID string = actionGroups.outputs.triggerGroupId
