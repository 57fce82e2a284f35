import type { BulkCommand, Command, TargetList } from '../../core/actions/action.ts';
import type { Answer } from '../../core/answer.ts';
import type { FailedInstall } from '../../core/app-installs.ts';
import type { BulkReply } from '../../core/bulk-reply.ts';
import type { CheckIn } from '../../core/check-in.ts';
import type { BatchDevice, ListedDevice } from '../../core/device.ts';
import type { GroupMembersPage } from '../../core/match-scope.ts';
import type { Reservation, WriteRequest } from '../../core/write-budget.ts';

/** The fleet. */
export interface DeviceDirectory {
  /**
   * Every managed device, page by page, to the very end.
   *
   * @throws ListingError when a page still fails after its retries, or Graph refuses
   */
  listDevices: () => AsyncIterable<readonly ListedDevice[]>;
  /**
   * When every managed device checked in last, page by page, to the very end; nothing else is asked
   * for.
   *
   * @throws ListingError as `listDevices`
   */
  listCheckIns: () => AsyncIterable<readonly CheckIn[]>;
  /**
   * Devices by their ids, and the ids that no device has, some at a time.
   *
   * @throws ListingError
   */
  getDevices: (ids: readonly string[]) => AsyncIterable<{
    readonly found: readonly ListedDevice[];
    readonly missing: readonly string[];
  }>;
  /**
   * The entries of another list of Graph, page by page, to the very end.
   *
   * @throws ListingError
   */
  listTargets: (list: TargetList) => AsyncIterable<readonly BatchDevice[]>;
  /**
   * How many devices Intune says are enrolled; `undefined` when it does not say.
   *
   * @param signOfLife called before each wait: Graph may throttle this for minutes
   */
  countEnrolled: (signOfLife: () => Promise<void>) => Promise<number | undefined>;
  /**
   * The devices and users that are members of an Entra group, directly or through other groups, page
   * by page, to the very end.
   *
   * @throws ListingError also when there is no such group
   */
  listGroupMembers: (groupId: string) => AsyncIterable<GroupMembersPage>;
}

/** What Intune reports of app installs. */
export interface AppInstallReports {
  /**
   * Installs that failed on phones and tablets, page by page; the same one may come twice. An empty
   * page is a sign of life.
   *
   * @throws ListingError
   */
  listFailed: () => AsyncIterable<readonly FailedInstall[]>;
}

/** What the app's identity may do. */
export interface Permissions {
  /** The app roles that its token for Graph carries. */
  granted: () => Promise<readonly string[]>;
}

/** Sends commands to devices. */
export interface CommandSender {
  /**
   * Sends one command to each device, at most 20; an answer for each, in their order. What got no
   * answer has status 0. A 429 to the whole call is the same object for every device. A 401 was
   * tried again with a renewed token before it is returned.
   */
  send: (command: Command, deviceIds: readonly string[]) => Promise<Answer[]>;
  /**
   * Sends the command to all devices in one call, as many as it says; what became of each,
   * in their order. A 401 was tried again with a renewed token before it is returned.
   */
  sendBulk: (bulk: BulkCommand, deviceIds: readonly string[]) => Promise<BulkReply>;
}

/** The write budget that all workers share, and the state of the gate before Graph. */
export interface WriteBudget {
  /** Reserves writes, or says when to come again. */
  reserve: (request: WriteRequest) => Promise<Reservation>;
  /**
   * Whether reserved writes may still go.
   *
   * @param at the moment that was reserved
   */
  isStillOpen: (at: number) => Promise<boolean>;
  /**
   * Pauses every worker and lowers the rate: Graph throttled.
   *
   * @param at the moment that was reserved for the throttled writes
   * @param waitMs for how long nobody should write
   */
  throttle: (throttled: { readonly at: number; readonly waitMs: number }) => Promise<void>;
  /** Says that an urgent run is open, so that other work steps aside. */
  announceUrgent: () => Promise<void>;
}
