import { describe, expect, test } from 'vitest';
import { decodeEnvelope } from '../../../dev/ingestion-endpoint/envelope.ts';

const time = '2026-11-21T08:00:00.000Z';

function anEnvelope(baseType: string, baseData: object, name = 'Microsoft.ApplicationInsights.X') {
  return { ver: 1, name, time, sampleRate: 100, iKey: '0', data: { baseType, baseData } };
}

function aMetric(metric: object, properties: unknown = {}) {
  return anEnvelope('MetricData', { ver: 2, metrics: [metric], properties });
}

describe('decodeEnvelope', () => {
  test('takes an aggregated metric with its dimensions', () => {
    const metric = {
      name: 'TotalDevices',
      kind: 'Aggregation',
      value: 12,
      count: 2,
      min: 2,
      max: 10,
    };
    expect(decodeEnvelope(aMetric(metric, { trigger: 'http' }))).toEqual({
      kind: 'metrics',
      metrics: [
        {
          name: 'TotalDevices',
          value: 12,
          count: 2,
          min: 2,
          max: 10,
          properties: { trigger: 'http' },
          time,
        },
      ],
    });
  });

  test('fills in what a single measurement leaves out', () => {
    expect(decodeEnvelope(aMetric({ name: 'Duration', value: 7, count: null }, null))).toEqual({
      kind: 'metrics',
      metrics: [{ name: 'Duration', value: 7, count: 1, min: 7, max: 7, properties: {}, time }],
    });
  });

  test('takes an event', () => {
    const data = { ver: 2, name: 'RunCompleted', properties: { runId: '1' } };
    expect(decodeEnvelope(anEnvelope('EventData', data))).toEqual({
      kind: 'event',
      event: { name: 'RunCompleted', properties: { runId: '1' }, measurements: {}, time },
    });
  });

  test.each([
    ['a trace', anEnvelope('MessageData', { message: 'x' }), 'MessageData'],
    ["the SDK's own resource metric", aMetric({ name: '_OTELRESOURCE_', value: 0 }), 'MetricData'],
    [
      'statsbeat',
      anEnvelope(
        'MetricData',
        { metrics: [{ name: 'Attach', value: 1 }] },
        'Microsoft.ApplicationInsights.0.Statsbeat',
      ),
      'MetricData',
    ],
  ])('counts %s as other', (_, envelope, baseType) => {
    expect(decodeEnvelope(envelope)).toEqual({ kind: 'other', baseType });
  });

  test.each([
    ['no object', 1],
    ['no data', { name: 'x', time, iKey: '0' }],
    ['a time that is none', { ...aMetric({ name: 'x', value: 1 }), time: 'noon' }],
    ['a metric without a value', aMetric({ name: 'x' })],
    ['a metric without a name', aMetric({ value: 1 })],
  ])('refuses %s', (_, envelope) => {
    expect(() => decodeEnvelope(envelope)).toThrow();
  });
});
