import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const storage = {
  AzureWebJobsStorage__queueServiceUri: 'https://account.queue.core.windows.net',
  AzureWebJobsStorage__tableServiceUri: 'https://account.table.core.windows.net',
};

/** Client ids of three identities that an app may have. */
const appIdentity = '22222222-2222-4222-8222-222222222222';
const storageIdentity = '33333333-3333-4333-8333-333333333333';
const telemetryIdentity = '55555555-5555-4555-8555-555555555555';

const read = (settings: Record<string, string | undefined> = {}) =>
  readConfig({ ...storage, ...settings });

/** The message with which the start stops; fails when it does not stop. */
function problemOf(settings: Record<string, string | undefined>): string {
  try {
    readConfig(settings);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('The settings were accepted.');
}

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
        isBulkOffered: true,
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

describe('Microsoft Graph', () => {
  it.each([
    ['public', 'https://graph.microsoft.com'],
    ['usGov', 'https://graph.microsoft.us'],
    ['usGovDoD', 'https://dod-graph.microsoft.us'],
    ['china', 'https://microsoftgraph.chinacloudapi.cn'],
  ])('in the cloud %s is at %s', (cloud, address) => {
    expect(read({ GRAPH_CLOUD: cloud }).graph).toMatchObject({
      endpoint: address,
      resource: address,
    });
  });

  it('takes bulk calls in the public cloud only', () => {
    const offered = ['public', 'usGov', 'usGovDoD', 'china'].map(
      (cloud) => read({ GRAPH_CLOUD: cloud }).graph.isBulkOffered,
    );
    expect(offered).toEqual([true, false, false, false]);
    expect(read({ SYNC_SEND_MODE: 'bulk' })).toMatchObject({
      sync: { mode: 'bulk' },
      scheduledRun: { mode: 'bulk' },
    });
    expect(problemOf({ ...storage, GRAPH_CLOUD: 'china', SYNC_SEND_MODE: 'bulk' })).toBe(
      "SYNC_SEND_MODE must be perDevice in the cloud china: bulk needs Graph's beta version, which " +
        'is offered in public only.',
    );
    expect(problemOf({ ...storage, SYNC_SEND_MODE: 'fast' })).toBe(
      'SYNC_SEND_MODE must be perDevice or bulk, for example perDevice. It is "fast".',
    );
  });

  it.each(['germany', 'Public', 'constructor'])('is in no cloud %j', (cloud) => {
    expect(problemOf({ ...storage, GRAPH_CLOUD: cloud })).toBe(
      `GRAPH_CLOUD must be public, usGov, usGovDoD or china. It is "${cloud}".`,
    );
  });

  it.each([
    ['https://127.0.0.1:8443', 'https://127.0.0.1:8443'],
    ['https://localhost:8443/', 'https://localhost:8443'],
    ['https://127.1.2.3', 'https://127.1.2.3'],
    ['https://[::1]:8443', 'https://[::1]:8443'],
  ])('may be at %s, for development', (given, endpoint) => {
    const resource = 'https://graph.microsoft.com';
    expect(read({ GRAPH_ENDPOINT: given }).graph).toMatchObject({ endpoint, resource });
  });

  it.each([
    'http://127.0.0.1:8443',
    'https://graph.microsoft.com',
    'https://10.0.0.1',
    'https://localhost.example.com',
    'https://127.evil.example',
    'https://127.0.0.1.evil.example:8443',
    'https://0.0.0.0',
    'https://user@example.com/127.0.0.1',
    'ftp://127.0.0.1',
    '127.0.0.1:8443',
    'https://',
    'nonsense',
  ])('is never at %s, where the token would go too', (endpoint) => {
    expect(problemOf({ ...storage, GRAPH_ENDPOINT: endpoint })).toBe(
      'GRAPH_ENDPOINT must be https on a loopback address, for example https://127.0.0.1:8443; ' +
        `leave it unset in Azure. It is "${endpoint}".`,
    );
  });
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

describe('the alert rules', () => {
  const example =
    'must be alert rules as JSON, for example ' +
    '{"compromised-policy":{"scope":{"platforms":["windows"]}}}: ';
  const rulesOf = (rules: object, settings = {}) =>
    read({ ...settings, SYNC_ALERT_RULES: JSON.stringify(rules) }).alertRules;

  it('are for the whole fleet, and cool down for an hour, unless they say otherwise', () => {
    expect(rulesOf({ drill: {} })).toEqual(
      new Map([['drill', { name: 'drill', run: { mode: 'perDevice' }, cooldownMs: 3_600_000 }]]),
    );
  });

  it('send as the setting says unless they say otherwise', () => {
    const rules = rulesOf({ drill: {}, slow: { mode: 'perDevice' } }, { SYNC_SEND_MODE: 'bulk' });
    expect([...rules.values()].map(({ run }) => run.mode)).toEqual(['bulk', 'perDevice']);
  });

  it('cannot send in bulk where that is not offered', () => {
    const settings = { GRAPH_CLOUD: 'usGov', SYNC_ALERT_RULES: '{"drill":{"mode":"bulk"}}' };
    expect(problemOf({ ...storage, ...settings })).toContain(
      'SYNC_ALERT_RULES.drill.mode must be perDevice in the cloud usGov',
    );
  });

  it('may say everything about their runs', () => {
    const run = {
      scope: { platforms: ['windows'] },
      skip: { staleDays: 30 },
      mode: 'bulk',
      maxDevices: 100,
    };
    expect(rulesOf({ drill: { ...run, cooldownMinutes: 5, reason: 'Withdrawn' } })).toEqual(
      new Map([['drill', { name: 'drill', run, cooldownMs: 300_000, reason: 'Withdrawn' }]]),
    );
  });

  it.each([
    [{ SYNC_MAX_DEVICES: '50' }, 50],
    [{ SYNC_MAX_DEVICES: '500' }, 100],
  ])('allow no more devices than %j', (settings, maxDevices) => {
    const rule = rulesOf({ drill: { maxDevices: 100 } }, settings).get('drill');
    expect(rule?.run.maxDevices).toBe(maxDevices);
  });

  it.each([
    ['are not JSON', '{drill}', 'an object is wanted, with the name of each alert rule'],
    ['are a list', '[]', 'an object is wanted, with the name of each alert rule'],
    ['have one that is no object', '{"drill":true}', 'drill must be an object, for example'],
    ['have a field that does not exist', '{"drill":{"scop":{}}}', 'drill has no field "scop"; the'],
    [
      'have a scope that cannot be used',
      '{"drill":{"scope":{"platform":["windows"]}}}',
      'drill.scope has no field "platform"; the',
    ],
    ['have an odd mode', '{"drill":{"mode":"fast"}}', 'drill.mode'],
    ['allow no device', '{"drill":{"maxDevices":0}}', 'drill.maxDevices'],
    [
      'cool down for longer than a week',
      '{"drill":{"cooldownMinutes":10081}}',
      'drill.cooldownMinutes must be a number from 0 to 10080, for example 60',
    ],
    ['have an empty reason', '{"drill":{"reason":" "}}', 'drill.reason must not be empty'],
    ['have one without a name', '{"":{}}', 'must be a name of 1 to 260'],
  ])('that %s stop the start, and the rule and the field are named', (_, rules, problem) => {
    const message = problemOf({ ...storage, SYNC_ALERT_RULES: rules });
    expect(message).toContain(`SYNC_ALERT_RULES ${example}`);
    expect(message).toContain(problem);
  });
});

describe('notifications', () => {
  const url = 'https://hooks.example.com/workflows/1?sig=x';
  const notify = (settings = {}) => read({ NOTIFY_WEBHOOK_URL: url, ...settings }).notify;

  it('go to the webhook as a card, with a link when the app knows its name', () => {
    expect(notify()).toEqual({ url, format: 'adaptiveCard' });
    expect(notify({ NOTIFY_FORMAT: 'json', WEBSITE_HOSTNAME: 'my-app.azurewebsites.net' })).toEqual(
      {
        url,
        format: 'json',
        appUrl: 'https://my-app.azurewebsites.net',
      },
    );
  });

  it.each([
    ['localhost:7071', 'http://localhost:7071'],
    ['127.0.0.1:7071', 'http://127.0.0.1:7071'],
    ['localhost.example.com', 'https://localhost.example.com'],
    ['127.0.0.1.example.com', 'https://127.0.0.1.example.com'],
  ])('link to %s as %s', (host, appUrl) => {
    expect(notify({ WEBSITE_HOSTNAME: host })).toMatchObject({ appUrl });
  });

  it.each([
    'http://hooks.example.com/?sig=x',
    'http://127.0.0.1/?sig=x',
    'ftp://hooks.example.com/?sig=x',
    'file:///etc/sig=x',
    'https://user:sig=x@hooks.example.com',
    'hooks.example.com/?sig=x',
    'sig=x',
  ])('go nowhere but to https, and a bad address is not repeated, as it is a secret: %s', (bad) => {
    expect(problemOf({ ...storage, NOTIFY_WEBHOOK_URL: bad })).toBe(
      'NOTIFY_WEBHOOK_URL must be an https address without a user name, for example ' +
        'https://example.com/workflows/notify?sig=secret.',
    );
  });

  it('have one of two formats', () => {
    expect(problemOf({ ...storage, NOTIFY_FORMAT: 'card' })).toBe(
      'NOTIFY_FORMAT must be adaptiveCard or json. It is "card".',
    );
  });

  it('have no link to anything but a host', () => {
    expect(problemOf({ ...storage, WEBSITE_HOSTNAME: 'evil.example/x' })).toBe(
      'WEBSITE_HOSTNAME must be a host name, for example my-app.azurewebsites.net. ' +
        'It is "evil.example/x".',
    );
  });
});

describe('the storage account', () => {
  it.each([
    'UseDevelopmentStorage=true',
    'DefaultEndpointsProtocol=https;AccountName=account;AccountKey=zero',
  ])('may be given as %s', (connectionString) => {
    expect(readConfig({ AzureWebJobsStorage: connectionString }).storage).toEqual({
      kind: 'connectionString',
      connectionString,
    });
  });

  it.each([
    ['queue', { ...storage, AzureWebJobsStorage__queueServiceUri: undefined }],
    ['queue', {}],
    ['table', { ...storage, AzureWebJobsStorage__tableServiceUri: undefined }],
  ])('without its %s service stops the start', (service, settings) => {
    expect(problemOf(settings)).toBe(
      `AzureWebJobsStorage__${service}ServiceUri is missing: the address of the ${service} ` +
        `service, for example https://myaccount.${service}.core.windows.net.`,
    );
  });

  it.each(['http://account.queue.core.windows.net', 'account.queue.core.windows.net', 'account'])(
    'has no service at %s',
    (address) => {
      const settings = { ...storage, AzureWebJobsStorage__queueServiceUri: address };
      expect(problemOf(settings)).toBe(
        'AzureWebJobsStorage__queueServiceUri must be an https address, for example ' +
          `https://myaccount.queue.core.windows.net. It is "${address}".`,
      );
    },
  );

  it('is not repeated in the message when it cannot be used: it may hold a key', () => {
    expect(problemOf({ AzureWebJobsStorage: 'AccountKey=zero' })).toBe(
      'AzureWebJobsStorage must be a storage connection string, for example ' +
        'UseDevelopmentStorage=true; in Azure use AzureWebJobsStorage__queueServiceUri instead.',
    );
  });
});

describe('telemetry and identity', () => {
  const identityProblem =
    'must be the client id of the user-assigned identity, ' +
    'for example 12345678-1234-4234-8234-123456789abc';

  it.each([
    ['AZURE_CLIENT_ID', 'my-identity', identityProblem],
    ['AzureWebJobsStorage__clientId', 'my-identity', identityProblem],
    [
      'APPLICATIONINSIGHTS_CONNECTION_STRING',
      'https://example.com',
      'must be the connection string of an Application Insights component ' +
        '(InstrumentationKey=…;IngestionEndpoint=…)',
    ],
  ])('%s %j stops the start', (name, value, problem) => {
    expect(problemOf({ ...storage, [name]: value })).toBe(`${name} ${problem}. It is "${value}".`);
  });

  it.each([
    'Authorization=Key',
    'Authorization=AAD;',
    'Authorization=AAD;ClientId=',
    'Authorization=AAD;ClientId=my-identity',
    `Authorization=AAD;ClientId=${telemetryIdentity};x`,
    `ClientId=${telemetryIdentity}`,
  ])('telemetry with the authentication %j stops the start', (value) => {
    const name = 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING';
    expect(problemOf({ ...storage, [name]: value })).toBe(
      `${name} must be Authorization=AAD, or Authorization=AAD;ClientId= and a client id. ` +
        `It is "${value}".`,
    );
  });

  it.each([
    ['Authorization=AAD', appIdentity],
    [`Authorization=AAD;ClientId=${telemetryIdentity}`, telemetryIdentity],
    [`authorization=aad;clientid=${telemetryIdentity}`, telemetryIdentity],
  ])('telemetry goes out with the identity when told %j', (value, clientId) => {
    const settings = { APPLICATIONINSIGHTS_AUTHENTICATION_STRING: value };
    const { telemetry } = read({ ...settings, AZURE_CLIENT_ID: appIdentity });
    expect(telemetry).toEqual({ connectionString: undefined, usesIdentity: true, clientId });
  });

  it('telemetry goes out with the system-assigned identity when no other one is named', () => {
    const settings = { APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD' };
    expect(read(settings).telemetry).toEqual({
      connectionString: undefined,
      usesIdentity: true,
      clientId: undefined,
    });
  });

  it.each([
    ['the app’s identity', { AZURE_CLIENT_ID: appIdentity }, appIdentity],
    ['its own', { AzureWebJobsStorage__clientId: storageIdentity }, storageIdentity],
    [
      'its own before the app’s',
      { AZURE_CLIENT_ID: appIdentity, AzureWebJobsStorage__clientId: storageIdentity },
      storageIdentity,
    ],
  ])('storage is reached with %s', (_, settings, clientId) => {
    expect(read(settings).storageClientId).toBe(clientId);
  });
});
