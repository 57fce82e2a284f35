import { describe, expect, it } from 'vitest';
import {
  type DeliveryRecord,
  deliveryRecord,
} from '../../../src/adapters/telemetry/delivery-record.ts';

/** Sends something through the record's policy; what comes next answers with this status. */
const answered = ({ policy }: DeliveryRecord, status: number) =>
  policy.sendRequest('request', () => Promise.resolve({ status }));

/** Sends something that gets no answer. */
const unanswered = ({ policy }: DeliveryRecord) =>
  policy.sendRequest('request', () => Promise.reject(new Error('reset')));

describe('the record of deliveries', () => {
  it('has no failure when everything was taken', async () => {
    const record = deliveryRecord();
    const start = record.mark();
    await answered(record, 200);
    await answered(record, 200);
    expect(record.failureSince(start)).toBeUndefined();
  });

  it.each([206, 302, 400, 429, 500])('has a failure when one answer was %i', async (status) => {
    const record = deliveryRecord();
    const start = record.mark();
    await answered(record, 200);
    await answered(record, status);
    await answered(record, 200);
    expect(record.failureSince(start)).toBe(`it answered ${status}`);
  });

  it('has a failure when there was no answer', async () => {
    const record = deliveryRecord();
    const start = record.mark();
    await expect(unanswered(record)).rejects.toThrow('reset');
    expect(record.failureSince(start)).toBe('it did not answer');
  });

  it('has a failure when nothing was sent at all', () => {
    const record = deliveryRecord();
    expect(record.failureSince(record.mark())).toBe('nothing was sent');
  });

  it('forgets what was before the mark', async () => {
    const record = deliveryRecord();
    await answered(record, 500);
    const start = record.mark();
    await answered(record, 200);
    expect(record.failureSince(start)).toBeUndefined();
  });

  it('hands the request on, and the answer back, as they are', async () => {
    const { policy } = deliveryRecord();
    const request = { url: 'https://ingestion.example' };
    const response = { status: 200, headers: {} };
    const seen: unknown[] = [];
    const answer = await policy.sendRequest(request, (given) => {
      seen.push(given);
      return Promise.resolve(response);
    });
    expect(answer).toBe(response);
    expect(seen).toEqual([request]);
  });
});
