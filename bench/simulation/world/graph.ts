import type { BulkCommand, Command } from '../../../src/core/actions/action.ts';
import type { Answer } from '../../../src/core/answer.ts';
import type { FailedInstall } from '../../../src/core/app-installs.ts';
import type { BulkReply } from '../../../src/core/bulk-reply.ts';
import type { ListedDevice } from '../../../src/core/device.ts';
import type {
  AppInstallReports,
  CommandSender,
  DeviceDirectory,
} from '../../../src/use-cases/ports.ts';
import type { Instance } from '../platform/instance.ts';
import { latencies } from './latency.ts';
import type { Tenant, Verdict } from './tenant.ts';

/** Graph's page of managed devices. */
const PAGE_SIZE = 1_000;

const accepted: Answer = { status: 204 };

/** Graph as an instance of the app reaches it. */
export class SimulatedGraph implements DeviceDirectory, AppInstallReports, CommandSender {
  readonly #tenant: Tenant;
  readonly #instance: Instance;

  constructor(tenant: Tenant, instance: Instance) {
    this.#tenant = tenant;
    this.#instance = instance;
  }

  async *listDevices(): AsyncIterable<readonly ListedDevice[]> {
    const { fleet } = this.#tenant;
    for (let from = 0; from < fleet.size; from += PAGE_SIZE) {
      await this.#instance.take(latencies.graphPage);
      yield fleet.page(from, PAGE_SIZE);
    }
  }

  getDevices(): AsyncIterable<never> {
    throw new Error('A simulated run is of the whole fleet.');
  }

  listCheckIns(): AsyncIterable<never> {
    throw new Error('A simulated run is not verified.');
  }

  /** The tenant has no apps; that is found out with one call. */
  async *listFailed(): AsyncIterable<readonly FailedInstall[]> {
    await this.#instance.take(latencies.graphPage);
    yield [];
  }

  listTargets(): AsyncIterable<never> {
    throw new Error('A simulated run is of devices.');
  }

  listGroupMembers(): AsyncIterable<never> {
    throw new Error('A simulated run is of the whole fleet.');
  }

  async countEnrolled(): Promise<number> {
    await this.#instance.take(latencies.graphPage);
    return this.#tenant.fleet.size;
  }

  async send(_command: Command, deviceIds: readonly string[]): Promise<Answer[]> {
    await this.#instance.take(latencies.toGraph);
    const verdicts = this.#tenant.write(deviceIds.length);
    await this.#instance.take(latencies.graphBatch);
    return verdicts.map(toAnswer);
  }

  async sendBulk(_bulk: BulkCommand, deviceIds: readonly string[]): Promise<BulkReply> {
    await this.#instance.take(latencies.toGraph);
    const [verdict] = this.#tenant.write(1);
    await this.#instance.take(latencies.graphBulk);
    const answer = verdict === undefined ? accepted : toAnswer(verdict);
    if (answer.status === 429) return { kind: 'failed', answer };
    return { kind: 'results', answers: deviceIds.map(() => answer) };
  }
}

function toAnswer({ retryAfterMs }: Verdict): Answer {
  return retryAfterMs > 0 ? { status: 429, retryAfterMs } : accepted;
}
