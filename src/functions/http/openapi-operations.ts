import type { z } from 'zod';
import { appInstallErrorsSchema } from '../../schemas/app-install-error-schema.ts';
import { alertAnswerSchema } from '../../schemas/alert-answer-schema.ts';
import { alertSchema } from '../../schemas/alert-schema.ts';
import { devicePageSchema, silentDevicePageSchema } from '../../schemas/device-document-schema.ts';
import { healthSchema } from '../../schemas/health-schema.ts';
import { problemSchema } from '../../schemas/problem-schema.ts';
import { runDocumentSchema, runPageSchema } from '../../schemas/run-document-schema.ts';
import { retryRequestSchema, runRequestSchema } from '../../schemas/run-request-schema.ts';

/** The bodies of answers, by the name they have in the document. */
export const bodies = {
  Run: runDocumentSchema,
  RunPage: runPageSchema,
  DevicePage: devicePageSchema,
  AlertAnswer: alertAnswerSchema,
  SilentDevicePage: silentDevicePageSchema,
  Health: healthSchema,
  AppInstallErrors: appInstallErrorsSchema,
  Problem: problemSchema,
} as const;

export type BodyName = keyof typeof bodies;

/** One operation of the API. */
export interface Operation {
  readonly id: string;
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly summary: string;
  readonly request?: z.ZodType;
  /** The body must be there, and is what tells a repeated request: there is no Idempotency-Key. */
  readonly isBodyRequired?: boolean;
  /** Status -> body; `csv` and `document` for what is not described by a schema. */
  readonly answers: Readonly<Record<number, BodyName | 'document'>>;
  readonly query?: readonly string[];
  readonly isOpen?: boolean;
}

const starts = {
  202: 'Run',
  400: 'Problem',
  409: 'Problem',
  413: 'Problem',
  415: 'Problem',
  429: 'Problem',
} as const;
const down = { 503: 'Problem' } as const;

/** Every operation of the API. */
export const operations: readonly Operation[] = [
  {
    id: 'startRun',
    method: 'post',
    path: '/runs',
    summary: 'Starts a run',
    request: runRequestSchema,
    answers: { 200: 'Run', ...starts, 404: 'Problem', ...down },
  },
  {
    id: 'listRuns',
    method: 'get',
    path: '/runs',
    summary: 'Runs, newest first',
    query: ['status', 'trigger', 'limit', 'continuationToken'],
    answers: { 200: 'RunPage', 400: 'Problem', ...down },
  },
  {
    id: 'getRun',
    method: 'get',
    path: '/runs/{id}',
    summary: 'A run',
    answers: { 200: 'Run', 404: 'Problem', ...down },
  },
  {
    id: 'getRunDevices',
    method: 'get',
    path: '/runs/{id}/devices',
    summary: 'What became of each device of a run, as JSON or CSV',
    query: ['outcome', 'format', 'limit', 'continuationToken'],
    answers: { 200: 'DevicePage', 400: 'Problem', 404: 'Problem', ...down },
  },
  {
    id: 'cancelRun',
    method: 'post',
    path: '/runs/{id}/cancel',
    summary: 'Stops a run',
    answers: { 202: 'Run', 404: 'Problem', 409: 'Problem', ...down },
  },
  {
    id: 'retryRun',
    method: 'post',
    path: '/runs/{id}/retry',
    summary: 'Starts a run over what failed in another',
    request: retryRequestSchema,
    answers: { ...starts, 404: 'Problem', ...down },
  },
  {
    id: 'listAppInstallErrors',
    method: 'get',
    path: '/reference/app-install-errors',
    summary: 'Errors of app installs, and whether a sync tries the install again',
    answers: { 200: 'AppInstallErrors' },
  },
  {
    id: 'onAlert',
    method: 'post',
    path: '/alerts',
    summary: 'Takes an alert of Azure Monitor, and starts the run of its rule',
    request: alertSchema,
    isBodyRequired: true,
    answers: {
      200: 'AlertAnswer',
      202: 'AlertAnswer',
      400: 'Problem',
      413: 'Problem',
      415: 'Problem',
      ...down,
    },
  },
  {
    id: 'listSilentDevices',
    method: 'get',
    path: '/devices/silent',
    summary: 'Devices that stayed silent in the last verified runs that included them',
    query: ['runs', 'format', 'limit', 'continuationToken'],
    answers: { 200: 'SilentDevicePage', 400: 'Problem', ...down },
  },
  {
    id: 'health',
    method: 'get',
    path: '/health',
    summary: "Each dependency's state",
    isOpen: true,
    answers: { 200: 'Health', 503: 'Health' },
  },
  {
    id: 'openApi',
    method: 'get',
    path: '/openapi.json',
    summary: 'This document',
    answers: { 200: 'document' },
  },
];
