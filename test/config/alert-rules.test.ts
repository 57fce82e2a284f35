import { describe, expect, it } from 'vitest';
import { problemOf, read, storage } from './support/read-settings.ts';

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
    ['have one whose name no alert has', '{" drill":{}}', 'must be a name of 1 to 260'],
    [
      'have one with a name that is too long',
      JSON.stringify({ ['x'.repeat(261)]: {} }),
      'must be a name',
    ],
  ])('that %s stop the start, and the rule and the field are named', (_, rules, problem) => {
    const message = problemOf({ ...storage, SYNC_ALERT_RULES: rules });
    expect(message).toContain(`SYNC_ALERT_RULES ${example}`);
    expect(message).toContain(problem);
  });
});
