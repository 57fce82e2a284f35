import { describe, expect, it } from 'vitest';
import { platformOf } from '../../src/core/platform.ts';

describe('platformOf', () => {
  it.each([
    ['Windows', 'windows'],
    ['windows', 'windows'],
    ['WINDOWS', 'windows'],
    ['Windows 10', 'windows'],
    ['WindowsHolographic', 'windows'],
    ['macOS', 'macOS'],
    ['Mac OS X', 'macOS'],
    ['iOS', 'iOS'],
    ['iPadOS', 'iPadOS'],
    ['Android', 'android'],
    ['AndroidForWork', 'android'],
    ['AndroidEnterprise', 'android'],
    ['tvOS', 'tvOS'],
    ['visionOS', 'visionOS'],
  ])('%j is %s', (operatingSystem, platform) => {
    expect(platformOf(operatingSystem)).toBe(platform);
  });

  it.each(['', 'Linux', 'Chrome OS', 'WindowsMobile', 'Windows Phone', 'Unknown', 'toString'])(
    '%j is none that a sync reaches',
    (operatingSystem) => {
      expect(platformOf(operatingSystem)).toBeUndefined();
    },
  );
});
