import type {
  ActionRequest,
  BulkCommand,
  Command,
  TargetList,
} from '../../src/core/actions/action.ts';
import type { Answer } from '../../src/core/answer.ts';
import type { FailedInstall } from '../../src/core/app-installs.ts';
import type { BulkReply } from '../../src/core/bulk-reply.ts';
import type { CheckIn } from '../../src/core/check-in.ts';
import type { BatchDevice, ListedDevice } from '../../src/core/device.ts';
import type { GroupMembers, GroupMembersPage } from '../../src/core/match-scope.ts';
import { unknownGroup } from '../../src/core/problems.ts';
import {
  type AppInstallReports,
  type Clock,
  type CommandSender,
  type DeviceDirectory,
  ListingError,
} from '../../src/use-cases/ports.ts';

/** What Graph answers for a device at its nth send, from 1; 204 unless told otherwise. */
export type Script = (deviceId: string, attempt: number) => Answer;

/** What Graph replies to the nth bulk call, from 1; accepts every device unless told otherwise. */
export type BulkScript = (deviceIds: readonly string[], call: number) => BulkReply;

const allAccepted: BulkScript = (ids) => ({
  kind: 'results',
  answers: ids.map(() => ({ status: 204 })),
});

const accepted: Script = () => ({ status: 204 });

/** Graph as the use cases see it: a fleet to list, and a log of what was sent to it. */
export class SimulatedGraph implements DeviceDirectory, AppInstallReports, CommandSender {
  /** The devices of each call, with its time. */
  readonly sends: { readonly at: number; readonly deviceIds: readonly string[] }[] = [];
  /** The devices of each bulk call, with its time. */
  readonly bulkCalls: { readonly at: number; readonly deviceIds: readonly string[] }[] = [];
  bulkScript: BulkScript = allAccepted;
  /** How long after a command a device checks in, ms; `undefined` for one that never does. */
  answersAfter: (deviceId: string) => number | undefined = () => undefined;
  /** Check-ins that were or will be, by device; ms since the epoch. */
  readonly checkIns = new Map<string, number>();
  /** Devices that were deleted. */
  readonly deleted = new Set<string>();
  /** Pages of the fleet that were read. */
  pages = 0;
  readonly groups = new Map<string, GroupMembers>();
  /** What is in other lists, by their address. */
  readonly targets = new Map<string, readonly BatchDevice[]>();
  /** What Intune reports of failed app installs. */
  failedInstalls: readonly FailedInstall[] = [];
  /** Every request that was sent, with the version it went to. */
  readonly requests: (ActionRequest & { readonly version: string })[] = [];
  readonly #fleet: readonly ListedDevice[];
  readonly #clock: Clock;
  readonly #script: Script;

  constructor(clock: Clock, fleet: readonly ListedDevice[], script: Script = accepted) {
    this.#clock = clock;
    this.#fleet = fleet;
    this.#script = script;
  }

  async *listDevices(): AsyncIterable<readonly ListedDevice[]> {
    const fleet = this.#enrolled();
    for (let from = 0; from < fleet.length; from += 1_000) {
      this.pages++;
      yield await Promise.resolve(fleet.slice(from, from + 1_000));
    }
  }

  listCheckIns(): AsyncIterable<readonly CheckIn[]> {
    return this.listDevices();
  }

  async *listFailed(): AsyncIterable<readonly FailedInstall[]> {
    yield await Promise.resolve(this.failedInstalls);
  }

  async *getDevices(
    ids: readonly string[],
  ): AsyncIterable<{ found: readonly ListedDevice[]; missing: readonly string[] }> {
    const fleet = this.#enrolled();
    const found = fleet.filter(({ id }) => ids.includes(id));
    const missing = ids.filter((id) => !fleet.some((device) => device.id === id));
    yield await Promise.resolve({ found, missing });
  }

  countEnrolled(): Promise<number | undefined> {
    return Promise.resolve(new Set(this.#enrolled().map(({ id }) => id)).size);
  }

  async *listGroupMembers(groupId: string): AsyncIterable<GroupMembersPage> {
    const members = this.groups.get(groupId);
    if (members === undefined) throw new ListingError(unknownGroup(groupId));
    yield await Promise.resolve({
      deviceIds: [...members.deviceIds],
      userIds: [...members.userIds],
    });
  }

  async *listTargets({ url }: TargetList): AsyncIterable<readonly BatchDevice[]> {
    yield await Promise.resolve(this.targets.get(url) ?? []);
  }

  send(command: Command, deviceIds: readonly string[]): Promise<Answer[]> {
    const { version } = command;
    this.requests.push(...deviceIds.map((id) => ({ version, ...command.request(id) })));
    this.sends.push({ at: this.#clock.now(), deviceIds });
    const answers = deviceIds.map((id) => this.#script(id, this.sendsTo(id)));
    for (const [place, id] of deviceIds.entries()) {
      const delayMs = answers[place]?.status === 204 ? this.answersAfter(id) : undefined;
      if (delayMs !== undefined) this.checkIns.set(id, this.#clock.now() + delayMs);
    }
    return Promise.resolve(answers);
  }

  sendBulk(_bulk: BulkCommand, deviceIds: readonly string[]): Promise<BulkReply> {
    this.bulkCalls.push({ at: this.#clock.now(), deviceIds });
    return Promise.resolve(this.bulkScript(deviceIds, this.bulkCalls.length));
  }

  /** How often a command was sent to a device. */
  sendsTo(deviceId: string): number {
    return this.sends.filter(({ deviceIds }) => deviceIds.includes(deviceId)).length;
  }

  /** The fleet as it is now. */
  #enrolled(): ListedDevice[] {
    const now = this.#clock.now();
    return this.#fleet
      .filter(({ id }) => !this.deleted.has(id))
      .map((device) => {
        const at = this.checkIns.get(device.id) ?? Infinity;
        return at <= now ? { ...device, lastSyncAt: at } : device;
      });
  }

  /** Commands sent, each device of each call. */
  get writes(): number {
    return this.sends.reduce((sum, { deviceIds }) => sum + deviceIds.length, 0);
  }
}
