import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import {
  appIdentity,
  problemOf,
  read,
  storage,
  storageIdentity,
  telemetryIdentity,
} from './support/read-settings.ts';

describe('readConfig', () => {
  it('needs nothing but the storage account', () => {
    expect(readConfig(storage)).toStrictEqual({
      storage: {
        kind: 'identity',
        queueServiceUri: 'https://account.queue.core.windows.net',
        tableServiceUri: 'https://account.table.core.windows.net',
      },
      clientId: undefined,
      storageClientId: undefined,
      graph: {
        endpoint: 'https://graph.microsoft.com',
        resource: 'https://graph.microsoft.com',
        isBetaOffered: true,
      },
      entra: undefined,
      sync: {
        schedule: '0 0 2 * * 0',
        batchSize: 50,
        batchDelayMs: 0,
        maxRetries: 5,
        initialBackoffMs: 5_000,
        maxBackoffMs: 300_000,
        writesPerSecond: 8,
        deadlineMs: 24 * 3_600_000,
        mode: 'perDevice',
      },
      scheduledRun: {
        scope: {},
        skip: { syncedWithinMinutes: 15, enrolledWithinHours: 2 },
        mode: 'perDevice',
      },
      startsPerMinute: 10,
      alertRules: new Map(),
      verifyAfterMs: [15 * 60_000, 3_600_000, 24 * 3_600_000],
      retentionMs: 90 * 24 * 3_600_000,
      notify: undefined,
      telemetry: { connectionString: undefined, usesIdentity: false, clientId: undefined },
    });
  });

  it('takes every setting', () => {
    const config = read({
      AZURE_CLIENT_ID: appIdentity,
      AzureWebJobsStorage__clientId: storageIdentity,
      GRAPH_CLOUD: 'usGov',
      GRAPH_ENDPOINT: 'https://127.0.0.1:8443/',
      SYNC_SCHEDULE: '0 30 1 * * 6',
      SYNC_BATCH_SIZE: '98',
      SYNC_BATCH_DELAY_SECONDS: '10',
      SYNC_MAX_RETRIES: '0',
      SYNC_INITIAL_BACKOFF_SECONDS: '0.5',
      SYNC_MAX_BACKOFF_SECONDS: '60',
      SYNC_WRITES_PER_SECOND: '2.5',
      SYNC_RUN_DEADLINE_HOURS: '1.5',
      SYNC_SCOPE: '{"platforms":["windows"],"exclude":{"ownership":["personal"]}}',
      SYNC_SKIP_SYNCED_WITHIN_MINUTES: '0',
      SYNC_MAX_DEVICES: '5000',
      SYNC_RETENTION_DAYS: '30',
      SYNC_STARTS_PER_MINUTE: '600',
      VERIFY_AFTER: '90s, 2h,7d',
      APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=zero',
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `Authorization=AAD;ClientId=${telemetryIdentity}`,
    });
    expect(config).toMatchObject({
      clientId: appIdentity,
      storageClientId: storageIdentity,
      graph: { endpoint: 'https://127.0.0.1:8443', resource: 'https://graph.microsoft.us' },
      sync: {
        schedule: '0 30 1 * * 6',
        batchSize: 98,
        batchDelayMs: 10_000,
        maxRetries: 0,
        initialBackoffMs: 500,
        maxBackoffMs: 60_000,
        writesPerSecond: 2.5,
        deadlineMs: 1.5 * 3_600_000,
      },
      scheduledRun: {
        scope: { platforms: ['windows'], exclude: { ownership: ['personal'] } },
        skip: { syncedWithinMinutes: 0, enrolledWithinHours: 2 },
        maxDevices: 5_000,
      },
      startsPerMinute: 600,
      verifyAfterMs: [90_000, 2 * 3_600_000, 7 * 24 * 3_600_000],
      retentionMs: 30 * 24 * 3_600_000,
      telemetry: {
        connectionString: 'InstrumentationKey=zero',
        usesIdentity: true,
        clientId: telemetryIdentity,
      },
    });
  });

  it('takes an empty value for an absent one, as the portal leaves it behind', () => {
    const names = [
      'AzureWebJobsStorage',
      'AZURE_CLIENT_ID',
      'AzureWebJobsStorage__clientId',
      'GRAPH_CLOUD',
      'GRAPH_ENDPOINT',
      'SYNC_SCHEDULE',
      'SYNC_BATCH_SIZE',
      'SYNC_RUN_DEADLINE_HOURS',
      'SYNC_SCOPE',
      'SYNC_SKIP_SYNCED_WITHIN_MINUTES',
      'SYNC_MAX_DEVICES',
      'SYNC_RETENTION_DAYS',
      'SYNC_ALERT_RULES',
      'SYNC_STARTS_PER_MINUTE',
      'NOTIFY_WEBHOOK_URL',
      'NOTIFY_FORMAT',
      'WEBSITE_HOSTNAME',
      'APPLICATIONINSIGHTS_CONNECTION_STRING',
      'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
    ];
    const empty = Object.fromEntries(names.map((name, place) => [name, ' '.repeat(place % 2)]));
    expect(read(empty)).toEqual(readConfig(storage));
  });
});

describe('a number', () => {
  const bounds = [
    ['SYNC_BATCH_SIZE', 1, 98, 50],
    ['SYNC_BATCH_DELAY_SECONDS', 0, 3600, 0],
    ['SYNC_MAX_RETRIES', 0, 20, 5],
    ['SYNC_INITIAL_BACKOFF_SECONDS', 0.1, 3600, 5],
    ['SYNC_MAX_BACKOFF_SECONDS', 0.1, 3600, 300],
    ['SYNC_WRITES_PER_SECOND', 0.1, 20, 8],
    ['SYNC_RUN_DEADLINE_HOURS', 1, 168, 24],
    ['SYNC_SKIP_SYNCED_WITHIN_MINUTES', 0, 525_600, 15],
    ['SYNC_MAX_DEVICES', 1, 10_000_000, 10_000_000],
    ['SYNC_RETENTION_DAYS', 1, 3_650, 90],
    ['SYNC_STARTS_PER_MINUTE', 1, 10_000, 10],
  ] as const;
  const wholeNumbers = new Set([
    'SYNC_STARTS_PER_MINUTE',
    'SYNC_BATCH_SIZE',
    'SYNC_MAX_RETRIES',
    'SYNC_MAX_DEVICES',
  ]);
  /** What JavaScript would take for a number, and people would not. */
  const notations = ['0x10', '1e1', '1_0', '+5'];
  /** Lets the lowest and the highest backoff be tried without breaking their order. */
  const around = (name: string) => ({
    ...(name === 'SYNC_MAX_BACKOFF_SECONDS' ? { SYNC_INITIAL_BACKOFF_SECONDS: '0.1' } : {}),
    ...(name === 'SYNC_INITIAL_BACKOFF_SECONDS' ? { SYNC_MAX_BACKOFF_SECONDS: '3600' } : {}),
  });

  it.each(bounds)('%s may be %f and %f', (name, min, max) => {
    for (const value of [min, max]) {
      expect(() => read({ ...around(name), [name]: String(value) })).not.toThrow();
    }
  });

  it.each(bounds)(
    '%s outside %f to %f stops the start with an example',
    (name, min, max, sample) => {
      const isWhole = wholeNumbers.has(name);
      const bad = [
        min - 0.1,
        max + 1,
        -1,
        'many',
        '5s',
        'NaN',
        'Infinity',
        '1,5',
        ...notations,
      ].map(String);
      for (const value of isWhole ? [...bad, '2.5'] : bad) {
        expect(problemOf({ ...storage, ...around(name), [name]: value })).toBe(
          `${name} must be ${isWhole ? 'a whole number' : 'a number'} from ${min} to ${max}, ` +
            `for example ${sample}. It is "${value}".`,
        );
      }
    },
  );

  it('of the longest backoff is not below that of the first one', () => {
    const settings = { SYNC_INITIAL_BACKOFF_SECONDS: '60', SYNC_MAX_BACKOFF_SECONDS: '30' };
    expect(problemOf({ ...storage, ...settings })).toBe(
      'SYNC_MAX_BACKOFF_SECONDS must not be less than SYNC_INITIAL_BACKOFF_SECONDS, for example 60.',
    );
  });
});

describe('the times of verifications', () => {
  it.each(['', ' '])('are none when the setting is there and empty: %j', (text) => {
    expect(read({ VERIFY_AFTER: text }).verifyAfterMs).toEqual([]);
  });

  it.each(['15', '15min', '0m', '1h,15m', '15m,15m', '15m,', '-5m', '1.5h', '8d', 'never'])(
    'are not %j',
    (text) => {
      expect(problemOf({ ...storage, VERIFY_AFTER: text })).toBe(
        'VERIFY_AFTER must be ascending times with s, m, h or d, each at most 7d, for example ' +
          `15m,1h,24h; empty for none. It is "${text}".`,
      );
    },
  );
});

describe('the schedule', () => {
  it.each(['0 0 2 * * 0', '*/10 * * * * *', '0 0 9-17 * * MON-FRI', '0 15,45 3 1 JAN,JUL *'])(
    'may be %j',
    (schedule) => {
      expect(read({ SYNC_SCHEDULE: schedule }).sync.schedule).toBe(schedule);
    },
  );

  it.each([
    ['has five fields', '0 2 * * 0'],
    ['has seven fields', '0 0 2 * * 0 2026'],
    ['has an hour that no day has', '0 0 25 * * *'],
    ['comes on 30 February', '0 0 2 30 2 *'],
    ['comes on 30 February if it is a Monday: both fields must fit', '0 0 2 30 2 1'],
    ['is a word', 'weekly'],
    ['is a shorthand', '@daily'],
    ['is on the last day of the month', '0 0 2 L * *'],
    ['is on the weekday nearest to a day', '0 0 2 15W * *'],
    ['is on the second Monday', '0 0 2 * * 1#2'],
    ['is on the last Friday', '0 0 2 * * 5L'],
  ])('is never one that %s, which the host would not run: %j', (_, schedule) => {
    expect(problemOf({ ...storage, SYNC_SCHEDULE: schedule })).toBe(
      'SYNC_SCHEDULE must be an NCRONTAB expression of six fields, for example 0 0 2 * * 0 ' +
        `(Sundays, 02:00 UTC). It is "${schedule}".`,
    );
  });
});

describe('the scope of the schedule', () => {
  const example = 'must be a scope as JSON, for example {"platforms":["windows"]}: ';

  it.each([
    ['is not JSON', '{platforms}', ' must be an object'],
    ['is a list', '[]', ' must be an object'],
    ['has a field that does not exist', '{"platform":["windows"]}', ' has no field "platform"'],
    ['has a value that does not exist', '{"platforms":["win"]}', 'platforms.0 must be one of'],
    ['excludes by a bad field', '{"exclude":{"deviceIds":["x"]}}', 'exclude.deviceIds.0 must be'],
  ])('that %s stops the start, and says where: %j', (_, scope, problem) => {
    const message = problemOf({ ...storage, SYNC_SCOPE: scope });
    expect(message.startsWith(`SYNC_SCOPE ${example}${problem}`), message).toBe(true);
  });
});
