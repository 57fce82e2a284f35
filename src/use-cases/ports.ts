import type { CommandCatalog } from '../core/actions/command-catalog.ts';
import type { Clock, Telemetry } from './ports/environment.ts';
import type {
  AppInstallReports,
  CommandSender,
  DeviceDirectory,
  Permissions,
  WriteBudget,
} from './ports/graph.ts';
import type { RunLedger } from './ports/ledger.ts';
import type { Notifier } from './ports/notifier.ts';
import type { RunQueue } from './ports/queue.ts';
import type { IdempotencyKeys, OpenRuns, RunStore, StartBudget } from './ports/runs.ts';

export type * from './ports/access.ts';
export type * from './ports/environment.ts';
export * from './ports/errors.ts';
export type * from './ports/graph.ts';
export type * from './ports/ledger.ts';
export type * from './ports/notifier.ts';
export type * from './ports/queue.ts';
export type * from './ports/runs.ts';

/** Everything the use cases need of the world; each takes what it uses. */
export interface Ports {
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly runs: RunStore;
  readonly ledger: RunLedger;
  readonly openRuns: OpenRuns;
  readonly keys: IdempotencyKeys;
  readonly starts: StartBudget;
  readonly queue: RunQueue;
  readonly permissions: Permissions;
  /** What can be sent: no use case knows an action by its name. */
  readonly commands: CommandCatalog;
  readonly directory: DeviceDirectory;
  readonly appInstalls: AppInstallReports;
  readonly sender: CommandSender;
  readonly budget: WriteBudget;
  readonly telemetry: Telemetry;
  /** Absent: nobody is told of runs that ended. */
  readonly notifier?: Notifier;
}
