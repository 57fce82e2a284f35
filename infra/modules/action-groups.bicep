metadata description = 'Two action groups: one tells people, the other starts a run. They are apart so that a failure of this app never starts another run of it.'

param notifyName string
param triggerName string
param tags object
param emails string[]

@description('Where an alert is delivered that starts a run.')
param alertsUrl string
param tenantId string

@description('The object id of the app registration of the API; empty for no trigger, since a key in the address could be read by whoever may read the group.')
param applicationObjectId string
param identifierUri string

resource notify 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: notifyName
  location: 'Global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'fleetnotify'
    emailReceivers: map(emails, email => {
      name: email
      emailAddress: email
      useCommonAlertSchema: true
    })
  }
}

// For alert rules of other systems, a compromised policy for example; never for the rules of alert-rules.bicep.
resource trigger 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(applicationObjectId)) {
  name: triggerName
  location: 'Global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'fleettrigger'
    webhookReceivers: [
      {
        name: 'start-run'
        serviceUri: alertsUrl
        useCommonAlertSchema: true
        useAadAuth: true
        objectId: applicationObjectId
        identifierUri: identifierUri
        tenantId: tenantId
      }
    ]
  }
}

output notifyGroupId string = notify.id
output triggerGroupId string = !empty(applicationObjectId) ? trigger!.id : ''
