import { describe, expect, it } from 'vitest';
import { appInstallErrors, findAppInstallError } from '../../src/core/app-install-errors.ts';

describe('the app-install errors', () => {
  it('are those that Microsoft lists, each with what a sync does about it', () => {
    const listed = appInstallErrors.map(({ code, hex, retryable }) => [code, hex, retryable]);
    expect(listed).toEqual([
      [2016330898, '0x87D13B6E', false],
      [2016330897, '0x87D13B6F', true],
      [2016330896, '0x87D13B70', true],
      [2016330895, '0x87D13B71', true],
      [2016330894, '0x87D13B72', true],
      [2016330893, '0x87D13B73', true],
      [2016330892, '0x87D13B74', false],
      [2016330891, '0x87D13B75', true],
      [2016330890, '0x87D13B76', false],
      [2016330889, '0x87D13B77', true],
      [2016330888, '0x87D13B78', false],
    ]);
  });

  it('have their code with its sign as well', () => {
    for (const { code, signedCode } of appInstallErrors) expect(signedCode).toBe(-code);
  });

  it('say how long the app is not offered where a sync does not help, and only there', () => {
    for (const { retryable, remedy } of appInstallErrors) {
      expect(remedy.includes('seven days')).toBe(!retryable);
    }
  });

  it('say that the device is to be synced where that helps', () => {
    for (const { retryable, remedy } of appInstallErrors) {
      expect(remedy.includes('then sync it')).toBe(retryable);
    }
  });
});

describe('findAppInstallError', () => {
  it.each(['2016330891', '-2016330891', '2278636405', '0x87D13B75', '87d13b75'])(
    'finds %s',
    (text) => {
      expect(findAppInstallError(text)).toEqual({
        code: 2016330891,
        signedCode: -2016330891,
        hex: '0x87D13B75',
        platforms: ['iOS', 'iPadOS', 'android'],
        description: 'The device could not use its cellular data during a phone call.',
        retryable: true,
        remedy: 'Wait until the call is over, or have the device use Wi-Fi, then sync it.',
      });
    },
  );

  it('finds each of them by every form of its code', () => {
    for (const error of appInstallErrors) {
      const { code, signedCode, hex } = error;
      for (const text of [`${code}`, `${signedCode}`, hex, hex.slice(2).toLowerCase()]) {
        expect(findAppInstallError(text)).toBe(error);
      }
    }
  });

  it.each(['2016330899', '2016330887', '-2016330853', '0x87D13B9B', '0', '', 'unknown'])(
    'finds nothing for %j',
    (text) => {
      expect(findAppInstallError(text)).toBeUndefined();
    },
  );
});
