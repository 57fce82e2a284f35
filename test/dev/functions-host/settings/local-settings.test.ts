import { expect, test } from 'vitest';
import { createAppEnvironment } from '../../../../dev/functions-host/main/app-environment.ts';
import { parseLocalSettings } from '../../../../dev/functions-host/settings/local-settings.ts';

test('values become text', () => {
  const Values = { A: 'text', B: 5, C: true };
  expect(parseLocalSettings({ IsEncrypted: false, Values, Host: { CORS: '*' } })).toEqual({
    A: 'text',
    B: '5',
    C: 'true',
  });
});

test('a missing file has no values', () => {
  expect(parseLocalSettings(undefined)).toEqual({});
});

test('an encrypted file is refused with the remedy', () => {
  expect(() => parseLocalSettings({ IsEncrypted: true, Values: {} })).toThrow(
    'func settings decrypt',
  );
});

test('a value that is an object is refused by name', () => {
  expect(() => parseLocalSettings({ Values: { SYNC_SCOPE: {} } })).toThrow('Values.SYNC_SCOPE');
});

test('the given environment wins over local settings, and both over what the host supplies', () => {
  const given = { A: 'given', EMPTY: '', ABSENT: undefined };
  const local = { A: 'local', B: 'local', ABSENT: 'local', AZURE_FUNCTIONS_ENVIRONMENT: 'Test' };
  expect(createAppEnvironment(given, local)).toEqual({
    AZURE_FUNCTIONS_ENVIRONMENT: 'Test',
    FUNCTIONS_WORKER_RUNTIME: 'node',
    A: 'given',
    B: 'local',
    ABSENT: 'local',
    EMPTY: '',
  });
});
