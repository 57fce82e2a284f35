import { describe, expect, it } from 'vitest';
import { type GraphError, parseGraphError } from '../../../src/adapters/graph/graph-error.ts';
import { absent, conformance } from '../../support/conformance.ts';

/** The text that Intune puts into the message of its errors. */
const nested = (message: string) => JSON.stringify({ _version: 3, Message: message });

const suffix =
  ' - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000' +
  ' - Activity ID: 11111111-1111-4111-8111-111111111111' +
  " - Url: https://proxy.example/managedDevices('22222222-2222-4222-8222-222222222222')";

describe('parseGraphError', () => {
  it.each<[string, string, string]>([
    ['a plain sentence', 'Please retry again later.', 'Please retry again later.'],
    ['JSON in the message', nested(`It failed${suffix}`), 'It failed'],
    ['JSON in JSON', nested(nested(`It failed${suffix}`)), 'It failed'],
    ['an address', 'See https://unit0429.example/device?name=PC-1 for more', 'See  for more'],
    ['a device id', 'No 22222222-2222-4222-8222-222222222222 here', 'No (id) here'],
    ['JSON of another shape', '{"Text":"x"}', '{"Text":"x"}'],
    ['half a JSON', '{"Message":', '{"Message":'],
  ])('keeps the sentence of %s', (_, message, text) => {
    expect(parseGraphError({ error: { code: 'X', message } })).toEqual({
      code: 'X',
      message: text,
    });
  });

  it('keeps 400 characters of a message at most', () => {
    const { message } = parseGraphError({ error: { code: 'X', message: 'x'.repeat(10_000) } });
    expect(message).toBe('x'.repeat(400));
  });

  it.each([
    [{ code: 'Forbidden', message: null }, { code: 'Forbidden' }],
    [{ code: 'Forbidden' }, { code: 'Forbidden' }],
    [{ code: null, message: 'held' }, { message: 'held' }],
    [{ code: '', message: 'held' }, { message: 'held' }],
    [{ code: null, message: null }, {}],
  ])('of %j keeps what is there', (error, kept) => {
    expect(parseGraphError({ error })).toStrictEqual(kept);
  });

  it('does not cut off the role that a 403 asks for, at the end of its sentence', () => {
    const message =
      'Application is not authorized to perform this operation. Application must have one of the ' +
      'following scopes: DeviceManagementManagedDevices.PrivilegedOperations.All';
    expect(parseGraphError({ error: { message } })).toEqual({ message });
  });

  it('does not follow JSON in JSON for ever', () => {
    const deep = [1, 2, 3, 4, 5, 6].reduce((message) => nested(message), 'core');
    const { message = '' } = parseGraphError({ error: { message: deep } });
    expect(message.length).toBeLessThanOrEqual(400);
  });

  it.each([
    undefined,
    null,
    '',
    '<html>',
    5,
    [],
    {},
    { error: 'text' },
    { error: {} },
    { error: { code: '', message: '' } },
    { error: { code: 5 } },
  ])('of %j is nothing', (body) => {
    expect(parseGraphError(body)).toEqual({});
  });
});

interface Fixture {
  name: string;
  status: number;
  body: unknown;
}

describe('of the errors that were seen', () => {
  const seen: Record<string, GraphError> = {
    '429-graph-documented': { code: 'TooManyRequests', message: 'Please retry again later.' },
    '429-intune-no-retry-after': { code: 'TooManyRequests', message: 'An error has occurred.' },
    '429-intune-nested-no-retry-after': {
      code: 'TooManyRequests',
      message: 'An error has occurred',
    },
    '403-sync-missing-role': {
      code: 'Forbidden',
      message:
        'Application is not authorized to perform this operation. Application must have one of ' +
        'the following scopes: DeviceManagementManagedDevices.PrivilegedOperations.All',
    },
    '401-unlicensed-tenant': { code: 'UnknownError', message: 'An error has occurred' },
    '400-internalerror-code': { code: 'InternalError', message: 'An error has occurred' },
    '504-double-nested-page': { code: 'UnknownError', message: 'An error has occurred' },
    '504-empty-message': { code: 'UnknownError' },
    '404-device-gone': { code: 'ResourceNotFound', message: 'An error has occurred' },
  };

  it.for(Object.entries(seen))('%s has its code and sentence', ([name, error], { skip }) => {
    const fixtures = fixturesOf() ?? skip(absent);
    expect(parseGraphError(fixtures.find((fixture) => fixture.name === name)?.body)).toEqual(error);
  });

  it('none lets an address, an id or a device name through', ({ skip }) => {
    const errors = (fixturesOf() ?? skip(absent)).filter(({ status }) => status >= 400);
    expect(errors.length).toBeGreaterThan(10);
    for (const { body } of errors) {
      const { message = '' } = parseGraphError(body);
      expect(message).not.toMatch(/https?:|manage\.microsoft|[0-9a-f]{8}-[0-9a-f]{4}|PC-0001/);
    }
  });
});

function fixturesOf(): Fixture[] | undefined {
  const file = conformance('graph/error-fixtures.json') as { fixtures: Fixture[] } | undefined;
  return file?.fixtures;
}
