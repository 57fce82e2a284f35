import type { DeviceAction } from '../../src/core/actions/action.ts';
import type { Answer } from '../../src/core/answer.ts';
import type { ListedDevice } from '../../src/core/device.ts';
import type { Clock, CommandSender, DeviceDirectory } from '../../src/use-cases/ports.ts';

/** What Graph answers for a device at its nth send, from 1; 204 unless told otherwise. */
export type Script = (deviceId: string, attempt: number) => Answer;

const accepted: Script = () => ({ status: 204 });

/** Graph as the use cases see it: a fleet to list, and a log of what was sent to it. */
export class SimulatedGraph implements DeviceDirectory, CommandSender {
  /** The devices of each call, with its time. */
  readonly sends: { readonly at: number; readonly deviceIds: readonly string[] }[] = [];
  readonly #fleet: readonly ListedDevice[];
  readonly #clock: Clock;
  readonly #script: Script;

  constructor(clock: Clock, fleet: readonly ListedDevice[], script: Script = accepted) {
    this.#clock = clock;
    this.#fleet = fleet;
    this.#script = script;
  }

  async *listDevices(): AsyncIterable<readonly ListedDevice[]> {
    for (let from = 0; from < this.#fleet.length; from += 1_000) {
      yield await Promise.resolve(this.#fleet.slice(from, from + 1_000));
    }
  }

  send(_action: DeviceAction, deviceIds: readonly string[]): Promise<Answer[]> {
    this.sends.push({ at: this.#clock.now(), deviceIds });
    return Promise.resolve(deviceIds.map((id) => this.#script(id, this.sendsTo(id))));
  }

  /** How often a command was sent to a device. */
  sendsTo(deviceId: string): number {
    return this.sends.filter(({ deviceIds }) => deviceIds.includes(deviceId)).length;
  }

  /** Commands sent, each device of each call. */
  get writes(): number {
    return this.sends.reduce((sum, { deviceIds }) => sum + deviceIds.length, 0);
  }
}
