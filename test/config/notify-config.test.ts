import { describe, expect, it } from 'vitest';
import { problemOf, read, storage } from './support/read-settings.ts';

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
