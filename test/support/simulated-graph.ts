import type {
  ActionRequest,
  BulkCommand,
  Command,
  TargetList,
} from '../../src/core/actions/action.ts';
import type { Answer } from '../../src/core/answer.ts';
import type { BulkReply } from '../../src/core/bulk-reply.ts';
import type { BatchDevice, ListedDevice } from '../../src/core/device.ts';
import type { GroupMembers } from '../../src/core/match-scope.ts';
import { unknownGroup } from '../../src/core/problems.ts';
import {
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
export class SimulatedGraph implements DeviceDirectory, CommandSender {
  /** The devices of each call, with its time. */
  readonly sends: { readonly at: number; readonly deviceIds: readonly string[] }[] = [];
  /** The devices of each bulk call, with its time. */
  readonly bulkCalls: { readonly at: number; readonly deviceIds: readonly string[] }[] = [];
  bulkScript: BulkScript = allAccepted;
  readonly groups = new Map<string, GroupMembers>();
  /** What is in other lists, by their address. */
  readonly targets = new Map<string, readonly BatchDevice[]>();
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
    for (let from = 0; from < this.#fleet.length; from += 1_000) {
      yield await Promise.resolve(this.#fleet.slice(from, from + 1_000));
    }
  }

  async *getDevices(
    ids: readonly string[],
  ): AsyncIterable<{ found: readonly ListedDevice[]; missing: readonly string[] }> {
    const found = this.#fleet.filter(({ id }) => ids.includes(id));
    const missing = ids.filter((id) => !this.#fleet.some((device) => device.id === id));
    yield await Promise.resolve({ found, missing });
  }

  countEnrolled(): Promise<number | undefined> {
    return Promise.resolve(new Set(this.#fleet.map(({ id }) => id)).size);
  }

  getGroupMembers(groupId: string): Promise<GroupMembers> {
    const members = this.groups.get(groupId);
    return members === undefined
      ? Promise.reject(new ListingError(unknownGroup(groupId)))
      : Promise.resolve(members);
  }

  async *listTargets({ url }: TargetList): AsyncIterable<readonly BatchDevice[]> {
    yield await Promise.resolve(this.targets.get(url) ?? []);
  }

  send(command: Command, deviceIds: readonly string[]): Promise<Answer[]> {
    const { version } = command;
    this.requests.push(...deviceIds.map((id) => ({ version, ...command.request(id) })));
    this.sends.push({ at: this.#clock.now(), deviceIds });
    return Promise.resolve(deviceIds.map((id) => this.#script(id, this.sendsTo(id))));
  }

  sendBulk(_bulk: BulkCommand, deviceIds: readonly string[]): Promise<BulkReply> {
    this.bulkCalls.push({ at: this.#clock.now(), deviceIds });
    return Promise.resolve(this.bulkScript(deviceIds, this.bulkCalls.length));
  }

  /** How often a command was sent to a device. */
  sendsTo(deviceId: string): number {
    return this.sends.filter(({ deviceIds }) => deviceIds.includes(deviceId)).length;
  }

  /** Commands sent, each device of each call. */
  get writes(): number {
    return this.sends.reduce((sum, { deviceIds }) => sum + deviceIds.length, 0);
  }
}
