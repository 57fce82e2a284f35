import { expect, test } from 'vitest';
import { createPollingDelay } from '../../../../dev/functions-host/queue/polling-delay.ts';

const middle = () => 0.5;

test('waits grow from 100 ms to the limit', () => {
  const delay = createPollingDelay(2_000, middle);
  const waits = Array.from({ length: 8 }, () => delay.next(false));
  expect(waits).toEqual([100, 200, 300, 500, 900, 1_700, 2_000, 2_000]);
});

test('after a message the least wait comes again', () => {
  const delay = createPollingDelay(2_000, middle);
  for (let poll = 0; poll < 8; poll++) delay.next(false);
  expect([delay.next(true), delay.next(false), delay.next(false)]).toEqual([100, 200, 300]);
});

test('a step varies by a fifth', () => {
  const second = (random: number) => {
    const delay = createPollingDelay(2_000, () => random);
    delay.next(false);
    return delay.next(false);
  };
  expect([second(0), second(1)]).toEqual([180, 220]);
});
