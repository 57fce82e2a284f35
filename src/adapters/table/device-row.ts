import { z } from 'zod';
import { sendModes } from '../../core/batch.ts';
import { type DeviceReport, deviceOutcomes } from '../../core/device-report.ts';
import { fromBatchEntity } from './batch-entity.ts';
import { withoutNulls } from './codecs.ts';
import { DEVICE_ROWS, toDeviceEntities } from './device-entity.ts';

const rowSchema = z.object({
  rowKey: z.string(),
  name: z.string(),
  platform: z.string(),
  outcome: z.enum(deviceOutcomes),
  reason: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  attempts: z.number(),
  sentBy: z.enum(sendModes).optional(),
  requestId: z.string().optional(),
  acceptedAt: z.string().optional(),
  previousCheckInAt: z.string().optional(),
  checkedInAt: z.string().optional(),
  ownership: z.string().optional(),
});

/**
 * The devices of a row: the one of a device's row, or those of an open batch.
 *
 * @throws ZodError when the row was not written by this app
 */
export function toReports(runId: string, entity: object): readonly DeviceReport[] {
  const row = withoutNulls(entity);
  const isDevice = typeof row['rowKey'] === 'string' && row['rowKey'].startsWith(DEVICE_ROWS);
  if (isDevice) return [toReport(row)];
  const batch = fromBatchEntity(runId, row);
  return toDeviceEntities(batch).map((device, index) => {
    const isOpen = batch.progress[index]?.result === undefined;
    return toReport(isOpen ? { ...device, outcome: 'planned' } : device);
  });
}

function toReport(row: object): DeviceReport {
  const { rowKey, name, ...report } = rowSchema.parse(row);
  const deviceId = rowKey.slice(DEVICE_ROWS.length);
  return withoutUndefined({ deviceId, deviceName: name, ...report });
}

/** Optional properties are absent or set, as the type of a report says. */
function withoutUndefined(report: object): DeviceReport {
  return Object.fromEntries(
    Object.entries(report).filter(([, value]) => value !== undefined),
  ) as unknown as DeviceReport;
}
