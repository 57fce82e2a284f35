import type { Admission, OpenRuns } from '../../../src/use-cases/ports.ts';
import type { InMemoryOpenRuns } from '../../../test/support/in-memory-open-runs.ts';
import type { Instance } from '../platform/instance.ts';

/** The admissions as an instance of the app reaches them: a row is read, decided on and written. */
export class SimulatedOpenRuns implements OpenRuns {
  readonly #lanes: InMemoryOpenRuns;
  readonly #instance: Instance;

  constructor(lanes: InMemoryOpenRuns, instance: Instance) {
    this.#lanes = lanes;
    this.#instance = instance;
  }

  async admit<Blocker>(
    lane: string,
    admission: Admission,
    inspect: (
      admitted: readonly Admission[],
    ) => Promise<{ readonly stay: readonly Admission[]; readonly blocker?: Blocker }>,
  ): Promise<Blocker | undefined> {
    const blocker = await this.#instance.table(() => this.#lanes.admit(lane, admission, inspect));
    if (blocker === undefined) await this.#instance.table(() => undefined, 0);
    return blocker;
  }
}
