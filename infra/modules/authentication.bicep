metadata description = 'App Service Authentication. Declared also when it is off, so that switching Entra ID off takes effect.'

param appName string

@description('The application id of the app registration; empty switches authentication off.')
param clientId string
param issuer string
param audiences string[]

@description('Whether requests without a token reach the app, which then asks for a function key.')
param allowFunctionKeys bool
param openPaths string[]

var isOn = !empty(clientId)

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName
}

resource authentication 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: {
      enabled: isOn
    }
    globalValidation: {
      requireAuthentication: isOn && !allowFunctionKeys
      unauthenticatedClientAction: isOn && !allowFunctionKeys ? 'Return401' : 'AllowAnonymous'
      excludedPaths: openPaths
    }
    httpSettings: {
      requireHttps: true
    }
    login: {
      tokenStore: {
        enabled: false
      }
    }
    identityProviders: isOn ? {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: clientId
          openIdIssuer: issuer
        }
        validation: {
          allowedAudiences: audiences
        }
      }
    } : {}
  }
}
