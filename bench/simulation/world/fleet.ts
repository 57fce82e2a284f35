import type { BatchDevice, ListedDevice } from '../../../src/core/device.ts';
import { platformOf } from '../../../src/core/platform.ts';

const ID_PREFIX = '5c0a1e00-0000-4000-8000-';
const NEWEST_CHECK_IN = Date.UTC(2026, 10, 20);

/** Systems whose devices a bulk call takes. */
const systems = ['Windows', 'Windows', 'Windows', 'iOS', 'iPadOS', 'macOS'];

/** A fleet of any size that needs no memory: each device follows from its index. */
export class Fleet {
  readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  /** The devices of a page of the list, as Graph would name them. */
  page(from: number, length: number): ListedDevice[] {
    const count = Math.min(length, this.size - from);
    return Array.from({ length: count }, (_, place) => this.#listed(from + place));
  }

  /** A device as its batch keeps it. */
  inBatch(index: number): BatchDevice {
    const { id, name, operatingSystem, lastSyncAt } = this.#listed(index);
    return { id, name, platform: platformOf(operatingSystem) ?? operatingSystem, lastSyncAt };
  }

  #listed(index: number): ListedDevice {
    return {
      id: flat(ID_PREFIX + index.toString(16).padStart(12, '0')),
      name: flat(`DEVICE-${String(index).padStart(7, '0')}`),
      operatingSystem: systems[index % systems.length] ?? 'Windows',
      osVersion: '10.0.26100.1',
      ownership: 'company',
      complianceState: 'compliant',
      managementAgent: 'mdm',
      managementState: 'managed',
      registrationState: 'registered',
      serialNumber: '',
      userPrincipalName: '',
      userId: '',
      entraDeviceId: '',
      manufacturer: 'Contoso',
      model: 'Model 1',
      category: '',
      enrolledAt: Date.UTC(2025, 0, 1),
      // Not in the order of the list, so that the plan has something to sort.
      lastSyncAt: NEWEST_CHECK_IN - ((index * 7_919) % this.size) * 1_000,
    };
  }
}

/** The index of a device of a fleet, by its id. */
export function indexOf(deviceId: string): number {
  return Number.parseInt(deviceId.slice(ID_PREFIX.length), 16);
}

/** The text in one piece, as parsed JSON has it; V8 keeps a text that was put together in pieces. */
function flat(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
