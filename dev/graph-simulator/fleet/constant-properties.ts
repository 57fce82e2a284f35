/**
 * Properties of `managedDevice` that are the same for every simulated device. Those marked
 * "Non-Default" in the metadata come as null, or 0 where they cannot be null, as in a real listing.
 * They come that way by id, too: the simulator has no values for them.
 */
export const constantProperties: Readonly<Record<string, unknown>> = {
  jailBroken: 'Unknown',
  easActivated: false,
  easDeviceId: null,
  easActivationDateTime: '0001-01-01T00:00:00Z',
  exchangeAccessState: 'none',
  exchangeAccessStateReason: 'none',
  exchangeLastSuccessfulSyncDateTime: '0001-01-01T00:00:00Z',
  complianceGracePeriodExpirationDateTime: '9999-12-31T23:59:59Z',
  managementCertificateExpirationDate: '2035-01-01T00:00:00Z',
  partnerReportedThreatState: 'unknown',
  enrollmentProfileName: '',
  androidSecurityPatchLevel: '',
  imei: '',
  meid: '',
  phoneNumber: '',
  subscriberCarrier: '',
  wiFiMacAddress: '',
  totalStorageSpaceInBytes: 0,
  freeStorageSpaceInBytes: 0,
  requireUserEnrollmentApproval: null,
  remoteAssistanceSessionUrl: '',
  remoteAssistanceSessionErrorDetails: null,
  // Whether a sync leaves an entry here is not documented; it stays empty.
  deviceActionResults: [],
  activationLockBypassCode: null,
  ethernetMacAddress: null,
  iccid: null,
  udid: null,
  notes: null,
  physicalMemoryInBytes: 0,
};
