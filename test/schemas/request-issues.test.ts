import { describe, expect, it } from 'vitest';
import { actions } from '../../src/core/actions/index.ts';
import { requestedAction } from '../../src/schemas/requested-action.ts';
import { runRequestSchema } from '../../src/schemas/run-request-schema.ts';
import { aDeviceId, aRunId } from '../support/factories.ts';

/** What is wrong with a body: each path with its message. */
function wrong(body: unknown): string[] {
  const { error } = runRequestSchema.safeParse(body);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const clientAction = 'configurationManagerAction';
const choose = (number: number, action = 'quickScan') => ({ deviceId: aDeviceId(number), action });

describe('the parameters of an action', () => {
  it.each([
    [{}, 'syncDevice', {}],
    [{ endpoint: 'comanaged' }, 'syncDevice', { endpoint: 'comanaged' }],
    [
      { action: clientAction, [clientAction]: 'fullScan' },
      clientAction,
      { [clientAction]: 'fullScan' },
    ],
    [
      { action: 'exchangeConnectorSync', syncType: 'fullSync' },
      'exchangeConnectorSync',
      { syncType: 'fullSync' },
    ],
  ])('of %j are those of %s', (body, name, parameters) => {
    expect(wrong(body)).toEqual([]);
    expect(requestedAction(actions, runRequestSchema.parse(body))).toEqual({
      name,
      action: actions[name as keyof typeof actions],
      parameters,
      deviceIds: [],
    });
  });

  it('can be chosen for each device: the ids in lower case, by what is chosen', () => {
    const deviceId = 'ABCDEF00-0000-4000-8000-000000000001';
    const deviceActions = [choose(1), choose(2, 'fullScan'), { deviceId, action: 'quickScan' }];
    const body = runRequestSchema.parse({ action: clientAction, deviceActions });
    const { parameters, deviceIds } = requestedAction(actions, body);

    expect(deviceIds).toEqual([aDeviceId(1), aDeviceId(2), deviceId.toLowerCase()]);
    expect(parameters).toEqual({
      [clientAction]: {
        quickScan: [aDeviceId(1), deviceId.toLowerCase()],
        fullScan: [aDeviceId(2)],
      },
    });
  });

  it.each<[object, RegExp]>([
    [
      { syncType: 'fullSync' },
      /^syncType: is a parameter of the action exchangeConnectorSync, and the action is syncDevice; leave it out, or send "action": "exchangeConnectorSync"$/,
    ],
    [
      { action: clientAction, [clientAction]: 'quickScan', endpoint: 'managed' },
      /^endpoint: is a parameter of the action syncDevice, and the action is configurationManagerAction; /,
    ],
    [{ deviceActions: [choose(1)] }, /^deviceActions: is a parameter of the action config/],
    [{ endpoint: 'all' }, /^endpoint: must be one of managed, comanaged$/],
    [
      { action: 'exchangeConnectorSync' },
      /^syncType: is needed for the action exchangeConnectorSync: one of fullSync, deltaSync$/,
    ],
    [{ action: clientAction }, /^configurationManagerAction: is needed .*; or deviceActions, /],
    [
      { action: clientAction, [clientAction]: 'quickScan', deviceActions: [choose(1)] },
      /^deviceActions: chooses for each device; leave out configurationManagerAction$/,
    ],
    [{ action: clientAction, deviceActions: [] }, /^deviceActions: must have an entry/],
    [
      { action: clientAction, deviceActions: 'x' },
      /^deviceActions: must be a list, for example \[/,
    ],
    [
      { action: clientAction, deviceActions: [choose(1, 'wipe')] },
      /^deviceActions\.0\.action: must be one of refreshMachinePolicy/,
    ],
    [
      { action: clientAction, deviceActions: [{ deviceId: '1', action: 'quickScan' }] },
      /^deviceActions\.0\.deviceId: must be the id of a device/,
    ],
    [
      { action: clientAction, deviceActions: [choose(1), choose(1, 'fullScan')] },
      /^deviceActions\.1\.deviceId: is in the list already/,
    ],
    [
      {
        action: clientAction,
        deviceActions: Array.from({ length: 5_001 }, (_, n) => choose(n)),
      },
      /^deviceActions: may have 5000 entries; divide them/,
    ],
  ])('cannot be %j', (body, problem) => {
    expect(wrong(body)).toEqual([expect.stringMatching(problem)]);
  });
});

describe('a request whose fields do not go together', () => {
  const deviceActions = [choose(1)];
  const exchange = { action: 'exchangeConnectorSync', syncType: 'fullSync' };

  it.each<[object, RegExp]>([
    [{ mode: 'bulk', endpoint: 'comanaged' }, /^mode: bulk is not offered for syncDevice with/],
    [{ mode: 'bulk', action: clientAction, deviceActions }, /^mode: bulk is not offered for conf/],
    [{ mode: 'bulk', ...exchange }, /^mode: bulk is not offered for exchangeConnectorSync/],
    [{ ...exchange, scope: { platforms: ['windows'] } }, /^scope: is about devices, and exchange/],
    [{ ...exchange, skip: { staleDays: 30 } }, /^skip: is about devices, and exchange/],
    [
      { action: clientAction, deviceActions, scope: { deviceIds: [aDeviceId(2)] } },
      /^scope: must not have deviceIds: /,
    ],
  ])('is refused: %j', (body, problem) => {
    expect(wrong(body)).toEqual([expect.stringMatching(problem)]);
  });

  it.each([
    { mode: 'bulk' },
    { mode: 'bulk', endpoint: 'managed' },
    { ...exchange, scope: {} },
    { action: clientAction, deviceActions, scope: { platforms: ['windows'] } },
  ])('is not %j', (body) => {
    expect(wrong(body)).toEqual([]);
  });

  it('is too long for the row of the run when its list comes beside a long scope', () => {
    const serialNumbers = Array.from({ length: 900 }, (_, n) => String(n).padStart(250, '0'));
    const list = Array.from({ length: 5_000 }, (_, n) => choose(n));
    const body = { action: clientAction, scope: { serialNumbers }, deviceActions: list };

    expect(wrong(body)).toEqual([expect.stringMatching(/^scope: is too long beside so many/)]);
    expect(wrong({ ...body, deviceActions: list.slice(0, 2_000) })).toEqual([]);
  });

  it('is a plan together with what the plan decided: each parameter of each action', () => {
    const body = {
      fromPlan: aRunId,
      endpoint: 'managed',
      [clientAction]: 'quickScan',
      deviceActions,
      syncType: 'fullSync',
      ignorePartialFailures: true,
    };
    const decided = 'is decided by the plan; leave it out together with fromPlan';
    expect(wrong(body).sort()).toEqual(
      [clientAction, 'deviceActions', 'endpoint', 'ignorePartialFailures', 'syncType'].map(
        (field) => `${field}: ${decided}`,
      ),
    );
  });
});
