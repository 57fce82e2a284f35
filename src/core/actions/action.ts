import type { Platform } from '../platform.ts';

/** One request; `url` is relative to the API version. */
export interface ActionRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** How an action is sent to many devices in one call. */
export interface BulkCommand {
  /** The API version that knows the call. */
  readonly version: 'beta';
  /** The most devices one call may name. */
  readonly maxDevices: number;
  /** Platforms whose devices the call takes; to others the action is sent one by one. */
  readonly platforms: readonly Platform[];
  readonly request: (deviceIds: readonly string[]) => ActionRequest;
}

/** What can be sent to a device. Requests are built here and nowhere else. */
export interface DeviceAction {
  readonly name: string;
  /** The API version that knows the action. */
  readonly version: 'v1.0';
  /** The Microsoft Graph app role without which Graph answers 403. */
  readonly role: string;
  readonly request: (deviceId: string) => ActionRequest;
  /** Absent: the action cannot be sent in bulk. */
  readonly bulk?: BulkCommand;
}
