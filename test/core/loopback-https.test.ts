import { describe, expect, it } from 'vitest';
import { isLoopbackHttps } from '../../src/core/loopback-https.ts';

describe('isLoopbackHttps', () => {
  it.each([
    'https://127.0.0.1:8443',
    'https://127.1.2.3/',
    'https://localhost',
    'https://[::1]:8443/v1.0',
    'HTTPS://LOCALHOST',
  ])('is true for %s', (address) => {
    expect(isLoopbackHttps(address)).toBe(true);
  });

  it.each([
    'http://127.0.0.1:8443',
    'https://graph.microsoft.com',
    'https://localhost.example.com',
    'https://127.0.0.1.example.com',
    'https://127.0.0.1@example.com',
    'https://0.0.0.0',
    '127.0.0.1:8443',
    '',
  ])('is false for %j', (address) => {
    expect(isLoopbackHttps(address)).toBe(false);
  });
});
