import type { Batch } from '../../core/batch.ts';
import { BY_ITSELF, type Verdict } from '../../core/check-in.ts';
import type { SkippedDevice } from '../../core/plan.ts';

/** How the row key of a device begins; its id follows. */
export const DEVICE_ROWS = 'device-';

/** The outcome of one device in a run, as its row in `RunItems` holds it. */
export interface DeviceEntity extends Record<string, unknown> {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly name: string;
  readonly platform: string;
  readonly outcome: string;
  readonly attempts: number;
  readonly batch?: number;
  readonly reason?: string;
  readonly code?: string;
  readonly message?: string;
  readonly sentBy?: string;
  readonly requestId?: string;
  readonly acceptedAt?: string;
  readonly previousCheckInAt?: string;
  readonly checkedInAt?: string;
  readonly ownership?: string;
}

/** A row for each device of a final batch. */
export function toDeviceEntities(batch: Batch): DeviceEntity[] {
  return batch.devices.map((device, index) => {
    const { attempts, result } = batch.progress[index] ?? { attempts: 0, result: undefined };
    const { outcome = 'unknown', acceptedAt, ...rest } = result ?? {};
    return {
      ...identityOf(batch.runId, device),
      outcome,
      attempts,
      batch: batch.number,
      ...rest,
      ...(acceptedAt === undefined ? {} : { acceptedAt: new Date(acceptedAt).toISOString() }),
    };
  });
}

/** The row of a device that got no command. */
export function toSkippedEntity(runId: string, device: SkippedDevice): DeviceEntity {
  const { reason } = device;
  return { ...identityOf(runId, device), outcome: 'skipped', reason, attempts: 0 };
}

/** The columns that a verdict changes in the row of a device; the others stay as they are. */
export function toVerdictColumns(verdict: Verdict): Partial<DeviceEntity> {
  switch (verdict.outcome) {
    case 'gone':
      return { outcome: 'gone' };
    case 'silent':
      return {
        outcome: 'silent',
        ...ownershipOf(verdict),
        ...(verdict.lastSyncAt === undefined
          ? {}
          : { previousCheckInAt: new Date(verdict.lastSyncAt).toISOString() }),
      };
    case 'checkedIn':
      return {
        outcome: 'checkedIn',
        ...ownershipOf(verdict),
        ...(verdict.isByItself ? { reason: BY_ITSELF } : {}),
        checkedInAt: new Date(verdict.checkedInAt).toISOString(),
      };
  }
}

function ownershipOf({ ownership }: { readonly ownership: string }): { ownership?: string } {
  return ownership === '' ? {} : { ownership };
}

function identityOf(runId: string, device: Omit<SkippedDevice, 'reason'>) {
  const { id, name, platform, lastSyncAt } = device;
  return {
    partitionKey: runId,
    rowKey: `${DEVICE_ROWS}${id}`,
    name,
    platform,
    ...(lastSyncAt === undefined ? {} : { previousCheckInAt: new Date(lastSyncAt).toISOString() }),
  };
}
