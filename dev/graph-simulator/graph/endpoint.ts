import type { QuotaCategory } from '../quota/quotas.ts';
import type { Simulation } from '../simulation.ts';
import type { ApiVersion, GraphRequest, GraphResponse } from './messages.ts';

/** A request that was matched to an endpoint. */
export interface EndpointRequest extends GraphRequest {
  /** The values of the `{…}` segments of the path, in order. */
  parameters: readonly string[];
}

/** One operation of Graph. Each is a file in `endpoints/` and an entry in `endpoints/index.ts`. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'DELETE';
  versions: readonly ApiVersion[];
  /**
   * Path below the version. A segment `{…}` stands for a GUID, `{key}` for an id of another form,
   * and `appId={…}` for an alternate key. A literal segment also matches in its qualified form,
   * `microsoft.graph.syncDevice`, and without regard to case.
   */
  path: string;
  /** Application permissions of which the caller needs one. */
  roles: readonly string[];
  /**
   * Which statistics and faults concern it. Device actions are writes to a device. Reports are read
   * with POST, and count as reading.
   */
  kind: 'listPage' | 'deviceAction' | 'report' | 'other';
  /**
   * The service behind it, which decides what errors look like, and the quota it counts against.
   * Default `devices`; `directory` (Entra ID) has limits of its own, which are not simulated.
   */
  service?: QuotaCategory | 'directory';
  /** What a request costs of the write quota. Default: 0 for reading, otherwise 1. */
  writes?(request: GraphRequest, simulation: Simulation): number;
  /** Whether the segment is there at present. Default: always. */
  isAvailable?(simulation: Simulation): boolean;
  /**
   * Answers a request that was admitted and authorised.
   *
   * @throws BadRequest for input that Graph would answer with 400
   */
  handle(request: EndpointRequest, simulation: Simulation): GraphResponse;
}
