import { describe, expect, test } from 'vitest';
import { parseHostJson } from '../../../../dev/functions-host/settings/host-json.ts';

const development = { AZURE_FUNCTIONS_ENVIRONMENT: 'Development' };

describe('host.json', () => {
  test('has the defaults the real host logs, polling every 2 s at most in Development', () => {
    expect(parseHostJson({ version: '2.0' }, development)).toEqual({
      functionTimeoutMs: 1_800_000,
      routePrefix: 'api',
      queues: {
        batchSize: 16,
        newBatchThreshold: 8,
        maxPollingIntervalMs: 2_000,
        visibilityTimeoutMs: 0,
        maxDequeueCount: 5,
        messageEncoding: 'base64',
      },
    });
  });

  test('polls every minute at most outside Development, and as told where it is set', () => {
    const queues = { maxPollingInterval: '00:00:10' };
    expect(parseHostJson({ version: '2.0' }, {}).queues.maxPollingIntervalMs).toBe(60_000);
    expect(
      parseHostJson({ version: '2.0', extensions: { queues } }, development).queues
        .maxPollingIntervalMs,
    ).toBe(10_000);
  });

  test('sets everything that is read', () => {
    const hostJson = {
      version: '2.0',
      functionTimeout: '-1',
      logging: { logLevel: { default: 'Warning' } },
      extensions: {
        http: { routePrefix: '/v1/' },
        queues: {
          batchSize: 4,
          newBatchThreshold: 0,
          visibilityTimeout: '00:00:15',
          maxDequeueCount: 3,
          messageEncoding: 'None',
        },
      },
    };
    expect(parseHostJson(hostJson, development)).toEqual({
      functionTimeoutMs: null,
      routePrefix: 'v1',
      queues: {
        batchSize: 4,
        newBatchThreshold: 0,
        maxPollingIntervalMs: 2_000,
        visibilityTimeoutMs: 15_000,
        maxDequeueCount: 3,
        messageEncoding: 'none',
      },
    });
  });

  test('is overridden by AzureFunctionsJobHost__ settings, whose names ignore case', () => {
    const hostJson = { version: '2.0', extensions: { queues: { batchSize: 4 } } };
    const settings = parseHostJson(hostJson, {
      AzureFunctionsJobHost__extensions__queues__batchSize: '8',
      AZUREFUNCTIONSJOBHOST__EXTENSIONS__QUEUES__MAXDEQUEUECOUNT: '1',
      AzureFunctionsJobHost__functionTimeout: '00:00:05',
    });
    expect(settings.queues).toMatchObject({ batchSize: 8, maxDequeueCount: 1 });
    expect(settings.functionTimeoutMs).toBe(5_000);
  });

  test.each([
    [{}, /version: must be "2.0"/],
    [{ version: '1.0' }, /version: must be "2.0"/],
    [{ version: '2.0', functionTimeout: 'soon' }, /functionTimeout: give a time such as/],
    [{ version: '2.0', extensions: { queues: { batchSize: 33 } } }, /queues.batchSize: .*32/],
    [
      { version: '2.0', extensions: { queues: { maxPollingInterval: '00:00:00' } } },
      /queues.maxPollingInterval: at least "00:00:00.100"/,
    ],
    [{ version: '2.0', extensions: { queues: { messageEncoding: 'utf8' } } }, /messageEncoding/],
    [undefined, /host.json is missing/],
  ])('%j is refused, naming the field', (hostJson, message) => {
    expect(() => parseHostJson(hostJson, {})).toThrow(message);
  });
});
