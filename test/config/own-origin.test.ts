import { describe, expect, it } from 'vitest';
import { ownOrigin } from '../../src/config/own-origin.ts';

describe('ownOrigin', () => {
  it.each([
    ['my-app.azurewebsites.net', 'https://my-app.azurewebsites.net'],
    ['my-app.azurewebsites.net:8443', 'https://my-app.azurewebsites.net:8443'],
    ['localhost', 'http://localhost'],
    ['LOCALHOST:7071', 'http://LOCALHOST:7071'],
    ['127.0.0.1:7071', 'http://127.0.0.1:7071'],
    ['localhost.example', 'https://localhost.example'],
    ['127.0.0.1.example', 'https://127.0.0.1.example'],
  ])('of %s is %s', (host, origin) => {
    expect(ownOrigin(host)).toBe(origin);
  });
});
