/** What a policy of the Azure SDKs' HTTP pipeline sees of a call. */
interface PipelineResponse {
  readonly status: number;
}

/** A policy of the Azure SDKs' HTTP pipeline, as far as it is needed here. */
export interface PipelinePolicy {
  readonly name: string;
  readonly sendRequest: <Request, Response extends PipelineResponse>(
    request: Request,
    next: (request: Request) => Promise<Response>,
  ) => Promise<Response>;
}

export interface DeliveryRecord {
  readonly policy: PipelinePolicy;
  /** A moment to ask about later. */
  readonly mark: () => number;
  /** Why telemetry since then was not taken; `undefined` when all of it was. */
  readonly failureSince: (mark: number) => string | undefined;
}

/** An emission has a handful of posts. */
const MAX_KEPT = 100;

/** Records what the ingestion endpoint answered, which the telemetry library keeps to itself. */
export function deliveryRecord(): DeliveryRecord {
  // What was delivered before the last emission began does not matter any more.
  let deliveries: (string | undefined)[] = [];
  let forgotten = 0;
  return {
    policy: {
      name: 'deliveryRecord',
      async sendRequest(request, next) {
        try {
          const response = await next(request);
          // 206 is a partial success: some of it was refused.
          const { status } = response;
          deliveries.push(status === 200 ? undefined : `it answered ${status}`);
          return response;
        } catch (error) {
          deliveries.push('it did not answer');
          throw error;
        }
      },
    },
    mark() {
      if (deliveries.length > MAX_KEPT) {
        forgotten += deliveries.length;
        deliveries = [];
      }
      return forgotten + deliveries.length;
    },
    failureSince(mark) {
      const since = deliveries.slice(Math.max(0, mark - forgotten));
      return since.length === 0
        ? 'nothing was sent'
        : since.find((failure) => failure !== undefined);
    },
  };
}
