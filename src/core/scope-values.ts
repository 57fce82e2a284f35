/** Who owns a device, as a scope may ask for it (`managedDeviceOwnerType` of Microsoft Graph). */
export const ownerships = ['company', 'personal'] as const;

/** Members of `complianceState` of Microsoft Graph v1.0. */
export const complianceStates = [
  'unknown',
  'compliant',
  'noncompliant',
  'conflict',
  'error',
  'inGracePeriod',
  'configManager',
] as const;

/**
 * Members of `managementAgentType` of Microsoft Graph: those of v1.0, then those that so far only
 * beta has. `unknownFutureValue` is a placeholder and no agent.
 */
export const managementAgents = [
  'eas',
  'mdm',
  'easMdm',
  'intuneClient',
  'easIntuneClient',
  'configurationManagerClient',
  'configurationManagerClientMdm',
  'configurationManagerClientMdmEas',
  'unknown',
  'jamf',
  'googleCloudDevicePolicyController',
  'microsoft365ManagedMdm',
  'msSense',
  'intuneAosp',
  'google',
] as const;

export type Ownership = (typeof ownerships)[number];
export type ComplianceState = (typeof complianceStates)[number];
export type ManagementAgent = (typeof managementAgents)[number];
