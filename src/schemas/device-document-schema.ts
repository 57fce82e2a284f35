import { z } from 'zod';
import { sendModes } from '../core/batch.ts';
import { deviceOutcomes } from '../core/device-report.ts';
import { pageOf } from './page-schema.ts';

const time = z.iso.datetime();

export const deviceOutcomeSchema = z.enum(deviceOutcomes);

/** A device of a run as the API shows it. */
export const deviceDocumentSchema = z
  .strictObject({
    deviceId: z.string(),
    deviceName: z.string(),
    platform: z.string(),
    outcome: deviceOutcomeSchema,
    reason: z.string().optional(),
    code: z.string().optional(),
    message: z.string().optional(),
    attempts: z.int().min(0),
    sentBy: z.enum(sendModes).optional(),
    requestId: z.string().optional(),
    acceptedAt: time.optional(),
    previousCheckInAt: time.optional(),
    checkedInAt: time.optional(),
    ownership: z.string().optional(),
  })
  .meta({ id: 'Device' });

/** A device that stayed silent in the last runs, as the API shows it. */
export const silentDeviceSchema = z
  .strictObject({
    deviceId: z.string(),
    deviceName: z.string(),
    platform: z.string(),
    ownership: z.string().optional(),
    lastCheckInAt: time.optional(),
    runId: z.string(),
  })
  .meta({ id: 'SilentDevice' });

export const devicePageSchema = pageOf(deviceDocumentSchema, 'DevicePage');
export const silentDevicePageSchema = pageOf(silentDeviceSchema, 'SilentDevicePage');
