import applicationInsights from 'applicationinsights';

/** Posts two recordings of a metric and an event, as the app does, and ends. */
applicationInsights.setup().setSendLiveMetrics(false).start();
// Exists only from here on, which is why it is not imported by name.
const client = applicationInsights.defaultClient;
for (const value of [10, 2]) {
  client.trackMetric({ name: 'TotalDevices', value, properties: { trigger: 'http' } });
}
client.trackEvent({ name: 'RunCompleted', properties: { runId: '1' } });
await client.flush();
await client.shutdown();
process.exit(0);
