/** One request as it goes into a JSON `$batch`; `url` is relative to the API version. */
export interface ActionRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What can be sent to a device. Requests are built here and nowhere else. */
export interface DeviceAction {
  readonly name: string;
  /** The API version that knows the action. */
  readonly version: 'v1.0';
  /** The Microsoft Graph app role without which Graph answers 403. */
  readonly role: string;
  readonly request: (deviceId: string) => ActionRequest;
}
