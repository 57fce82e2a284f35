// Deployments that PSRule for Azure looks at. They are never deployed.
targetScope = 'subscription'

module byDefault '../infra/main.bicep' = {
  name: 'by-default'
  params: {
    environmentName: 'test'
    location: 'westeurope'
  }
}

module guarded '../infra/main.bicep' = {
  name: 'guarded'
  params: {
    environmentName: 'guarded'
    location: 'westeurope'
    storageRedundancy: 'Standard_ZRS'
    useVirtualNetwork: true
    lockResources: true
    allowedIpRanges: [
      '203.0.113.0/24'
    ]
    notifyEmails: [
      'operations@example.com'
    ]
  }
}
