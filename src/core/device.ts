/** A managed device as it was listed: what scopes and skip rules look at, and nothing else. */
export interface ListedDevice {
  /** Intune's device id, a GUID in lower case. */
  readonly id: string;
  readonly name: string;
  /** As Intune spells it, `Windows`, `iOS`. */
  readonly operatingSystem: string;
  readonly osVersion: string;
  /** `company`, `personal`, `unknown`. */
  readonly ownership: string;
  readonly complianceState: string;
  /** `mdm`, `eas`, …; members are added to this enumeration, so it is any string. */
  readonly managementAgent: string;
  /** `managed`, `wipePending`, …; any string, for the same reason. */
  readonly managementState: string;
  /** `registered`, `notRegisteredPendingEnrollment`, … */
  readonly registrationState: string;
  readonly serialNumber: string;
  readonly userPrincipalName: string;
  /** The Entra object id of the primary user; empty for a device without one. */
  readonly userId: string;
  /** The device's id in Entra, by which groups know it; empty or all zero when not registered. */
  readonly entraDeviceId: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly category: string;
  /** Last check-in, ms since the epoch; `undefined` for a device that never checked in. */
  readonly lastSyncAt: number | undefined;
  /** ms since the epoch; `undefined` when Intune has none. */
  readonly enrolledAt: number | undefined;
}

/** A device as a batch keeps it: enough to send to it and to report about it. */
export interface BatchDevice {
  readonly id: string;
  readonly name: string;
  readonly platform: string;
  /** The last check-in before the run, ms since the epoch; the proof of a check-in starts here. */
  readonly lastSyncAt: number | undefined;
}
