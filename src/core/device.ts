/** A managed device as it was listed: what the decisions of a plan need, and nothing else. */
export interface ListedDevice {
  /** Intune's device id, a GUID in lower case. */
  readonly id: string;
  readonly name: string;
  /** As Intune spells it, `Windows`, `iOS`. */
  readonly operatingSystem: string;
  /** `mdm`, `eas`, …; members are added to this enumeration, so it is any string. */
  readonly managementAgent: string;
  /** `managed`, `wipePending`, …; any string, for the same reason. */
  readonly managementState: string;
  /** Last check-in, ms since the epoch; `undefined` for a device that never checked in. */
  readonly lastSyncAt: number | undefined;
}

/** A device as a batch keeps it: enough to send to it and to report about it. */
export interface BatchDevice {
  readonly id: string;
  readonly name: string;
  readonly platform: string;
  /** The last check-in before the run, ms since the epoch; the proof of a check-in starts here. */
  readonly lastSyncAt: number | undefined;
}
