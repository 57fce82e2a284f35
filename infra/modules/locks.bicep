metadata description = 'Locks against deletion: the ledger cannot be made again, nor can the permissions of the identity without a privileged administrator.'

param storageAccountName string
param identityName string

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageAccountName
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource accountLock 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: account
  name: 'keep-the-ledger'
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds what became of every device of every run.'
  }
}

resource identityLock 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: identity
  name: 'keep-the-permissions'
  properties: {
    level: 'CanNotDelete'
    notes: 'Its permissions on Microsoft Graph were granted by a privileged administrator.'
  }
}
