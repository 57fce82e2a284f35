import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventHeap } from '../../../../bench/simulation/world/event-heap.ts';

function drain<T>(heap: EventHeap<T>): T[] {
  const values: T[] = [];
  for (let value = heap.take(); value !== undefined; value = heap.take()) values.push(value);
  return values;
}

describe('EventHeap', () => {
  it('gives back what is due in the order of time, whatever the order it was added in', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000)), (moments) => {
        const heap = new EventHeap<number>();
        for (const at of moments) heap.add(at, at);
        expect(drain(heap)).toEqual(moments.toSorted((a, b) => a - b));
      }),
    );
  });

  it('gives back what is due together in the order it was added in', () => {
    const heap = new EventHeap<string>();
    for (const [at, name] of [
      [2, 'c'],
      [1, 'a'],
      [2, 'd'],
      [1, 'b'],
    ] as const) {
      heap.add(at, name);
    }
    expect(drain(heap)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('tells when its first entry is due without taking it', () => {
    const heap = new EventHeap<string>();
    heap.add(7, 'later');
    heap.add(3, 'sooner');
    expect([heap.nextAt, heap.first, heap.size]).toEqual([3, 'sooner', 2]);
  });

  it('is due never when it is empty', () => {
    const heap = new EventHeap<string>();
    expect([heap.nextAt, heap.first, heap.take()]).toEqual([Infinity, undefined, undefined]);
  });
});
