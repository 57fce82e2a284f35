/** What `environment()` tells of a cloud, as far as templates ask. */
export interface Cloud {
  readonly name: string;
  readonly suffixes: { readonly storage: string };
  readonly authentication: { readonly loginEndpoint: string };
}

/** learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-deployment#environment */
export const clouds = {
  public: {
    name: 'AzureCloud',
    suffixes: { storage: 'core.windows.net' },
    authentication: { loginEndpoint: 'https://login.microsoftonline.com/' },
  },
  usGov: {
    name: 'AzureUSGovernment',
    suffixes: { storage: 'core.usgovcloudapi.net' },
    authentication: { loginEndpoint: 'https://login.microsoftonline.us/' },
  },
} as const satisfies Record<string, Cloud>;
