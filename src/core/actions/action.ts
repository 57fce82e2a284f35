import type { Answer, Verdict } from '../answer.ts';
import type { ListedDevice } from '../device.ts';
import type { Platform } from '../platform.ts';
import type { Note } from '../run.ts';

/** One request; `url` is relative to the API version. */
export interface ActionRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** How a command is sent to many devices in one call. */
export interface BulkCommand {
  /** The API version that knows the call. */
  readonly version: 'beta';
  /** The most devices one call may name. */
  readonly maxDevices: number;
  /** Platforms whose devices the call takes; to others the command is sent one by one. */
  readonly platforms: readonly Platform[];
  readonly request: (deviceIds: readonly string[]) => ActionRequest;
}

/** A list of Graph v1.0 whose entries a command is sent to instead of devices. */
export interface TargetList {
  /** Relative to the API version. */
  readonly url: string;
  /** App roles with each of which Graph gives the list; the least comes first. */
  readonly roles: readonly [string, ...string[]];
  /** What the report says in place of a platform. */
  readonly platform: string;
  /** The property of an entry that is reported as its name. */
  readonly nameProperty: string;
  /** The property that says when the entry synced last. */
  readonly lastSyncProperty: string;
  /** What a run tells that found the list empty. */
  readonly whenEmpty: Note;
}

/** What a run sends: its action with its parameters. Requests are built here and nowhere else. */
export interface Command {
  /** The API version of its requests; a JSON `$batch` has one for all of them. */
  readonly version: 'v1.0' | 'beta';
  /** The Microsoft Graph app role without which Graph answers 403. */
  readonly role: string;
  /** How many writes of the shared budget a request takes. Default 1. */
  readonly cost?: number;
  /** What it is sent to. Default: the managed devices that the scope names. */
  readonly targets?: TargetList;
  /** Why it cannot be sent to a device, as the report names it; `undefined` when it can. */
  readonly unsupported: (device: ListedDevice) => string | undefined;
  readonly request: (id: string) => ActionRequest;
  /** What an answer means that means something else than usual; `undefined` for all others. */
  readonly classify?: (answer: Answer) => Verdict | undefined;
  /** Whether a device that gets it checks in, which then proves it. Default: no. */
  readonly isProvenByCheckIn?: boolean;
  /** Absent: the command cannot be sent in bulk. */
  readonly bulk?: BulkCommand;
}

/** A choice that an action leaves to whoever starts a run. */
export interface ActionParameter {
  /** For the API's description. */
  readonly description: string;
  readonly values: readonly [string, ...string[]];
  /** What is chosen unless a request says otherwise. Absent: a request has to say. */
  readonly fallback?: string;
  /** The field by which a request chooses for each device: a list of `{ deviceId, action }`. */
  readonly perDeviceField?: string;
}

/** A value for every device, or the ids of the devices by value. */
export type ParameterValue = string | Readonly<Record<string, readonly string[]>>;

/** What a run's parameters are set to, by name. */
export type ActionParameters = Readonly<Record<string, ParameterValue>>;

/** A plug-in: what can be sent, and all that the rest of the app has to know about it. */
export interface Action {
  /** For the API's description: what it does, in a sentence. */
  readonly description: string;
  /** By name; a name belongs to one action alone. */
  readonly parameters: Readonly<Record<string, ActionParameter>>;
  /** @throws Error for a value that a parameter does not have: a request with one is refused before */
  readonly command: (parameters: ActionParameters) => Command;
}

/** Actions by name. */
export type ActionRegistry = Readonly<Record<string, Action>>;
