import { describe, expect, it } from 'vitest';
import {
  InvalidMessageError,
  parseBatchEntry,
  parseRunEntry,
} from '../../src/functions/queue-entry.ts';
import { aRunId as runId } from '../support/factories.ts';

const notMessages = [undefined, null, '', 'text', 123, true, [], {}, [runId], Buffer.from('{}')];

describe('a message about a run', () => {
  it('holds its id', () => {
    expect(parseRunEntry({ runId })).toEqual({ runId });
  });

  it.each([
    ...notMessages,
    { runId: 'x' },
    { runId: 5 },
    { runId: `${runId}' or 1 eq 1` },
    { runId: null },
    { runId, action: 'wipe' },
    { RunId: runId },
    JSON.stringify({ runId }),
  ])('is refused when it is %j', (entry) => {
    expect(() => parseRunEntry(entry)).toThrow(InvalidMessageError);
  });
});

describe('a message about a batch', () => {
  it.each([0, 1, 9_999_999])('holds the run id and batch number %i', (batch) => {
    expect(parseBatchEntry({ runId, batch })).toEqual({ runId, batch });
  });

  it.each([
    ...notMessages,
    { runId },
    { batch: 1 },
    { runId, batch: -1 },
    { runId, batch: 1.5 },
    { runId, batch: '1' },
    { runId, batch: 10_000_000 },
    { runId, batch: null },
    { runId: 'x', batch: 1 },
    { runId, batch: 1, deviceIds: ['x'] },
    { runId, batch: 1, action: 'wipe' },
  ])('is refused when it is %j', (entry) => {
    expect(() => parseBatchEntry(entry)).toThrow(InvalidMessageError);
  });

  it('is refused with the place and kind of the error, not with its content', () => {
    const forged = { runId: 'forged\nline', batch: 1, secretKey: 'x' };
    expect(() => parseBatchEntry(forged)).toThrow(
      new InvalidMessageError(
        "The message is not one of this app's: runId custom, unrecognized_keys.",
      ),
    );
  });
});
