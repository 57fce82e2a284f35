import { z } from 'zod';
import type { TargetList } from '../../core/actions/action.ts';
import type { CheckIn } from '../../core/check-in.ts';
import type { BatchDevice, ListedDevice } from '../../core/device.ts';
import type { GroupMembersPage } from '../../core/match-scope.ts';
import { LIST_DEVICES_ROLE } from '../../core/roles.ts';
import { type DeviceDirectory, ListingError } from '../../use-cases/ports.ts';
import { getDevicesById } from './get-devices-by-id.ts';
import { listGroupMembers } from './group-members.ts';
import { type ListOptions, callPatiently, listPages } from './list-pages.ts';
import {
  checkInProperties,
  checkInSchema,
  deviceSchema,
  selectedProperties,
} from './managed-device.ts';
import { targetSchema } from './target.ts';

/** The largest page Graph gives (1,000 devices); more is undefined behaviour. */
const PAGE_SIZE = 1_000;

const OVERVIEW_TIMEOUT_MS = 15_000;
const overviewSchema = z.object({ enrolledDeviceCount: z.number() });

/** The managed devices of the tenant, and the groups that scopes name. */
export class GraphDeviceDirectory implements DeviceDirectory {
  readonly #options: ListOptions & { readonly role: string };

  constructor(options: ListOptions) {
    this.#options = { ...options, role: LIST_DEVICES_ROLE };
  }

  async *listDevices(): AsyncIterable<readonly ListedDevice[]> {
    const select = selectedProperties.join(',');
    const url = `/deviceManagement/managedDevices?$select=${select}&$top=${PAGE_SIZE}`;
    yield* listPages(this.#options, url, deviceSchema);
  }

  async *listCheckIns(): AsyncIterable<readonly CheckIn[]> {
    const select = checkInProperties.join(',');
    const url = `/deviceManagement/managedDevices?$select=${select}&$top=${PAGE_SIZE}`;
    yield* listPages(this.#options, url, checkInSchema);
  }

  getDevices(ids: readonly string[]): ReturnType<DeviceDirectory['getDevices']> {
    return getDevicesById(this.#options, ids);
  }

  async *listTargets(list: TargetList): AsyncIterable<readonly BatchDevice[]> {
    const { url, roles, nameProperty, lastSyncProperty } = list;
    const select = ['id', nameProperty, lastSyncProperty].join(',');
    const options = { ...this.#options, role: roles[0] };
    yield* listPages(options, `${url}?$select=${select}`, targetSchema(list));
  }

  async countEnrolled(signOfLife: () => Promise<void>): Promise<number | undefined> {
    const call = {
      url: '/deviceManagement/managedDeviceOverview',
      version: 'v1.0',
      timeoutMs: OVERVIEW_TIMEOUT_MS,
    };
    const asked = callPatiently(this.#options, call, (json) => overviewSchema.safeParse(json).data);
    try {
      for (;;) {
        const step = await asked.next();
        if (step.done === true) return step.value.enrolledDeviceCount;
        await signOfLife();
      }
    } catch (error) {
      // It is a check of the list, not a part of it: without it the list stands for itself.
      if (error instanceof ListingError) return undefined;
      throw error;
    }
  }

  listGroupMembers(groupId: string): AsyncIterable<GroupMembersPage> {
    return listGroupMembers(this.#options, groupId);
  }
}
