import type { Admission, OpenRuns } from '../../src/use-cases/ports.ts';

/** Admissions in memory; decided again when another one came in between, as with an ETag. */
export class InMemoryOpenRuns implements OpenRuns {
  readonly lanes = new Map<string, readonly Admission[]>();

  async admit<Blocker>(
    lane: string,
    admission: Admission,
    inspect: (
      admitted: readonly Admission[],
    ) => Promise<{ readonly stay: readonly Admission[]; readonly blocker?: Blocker }>,
  ): Promise<Blocker | undefined> {
    for (;;) {
      const admitted = this.lanes.get(lane) ?? [];
      const { stay, blocker } = await inspect(admitted);
      if (blocker !== undefined) return blocker;
      if ((this.lanes.get(lane) ?? []) !== admitted && this.lanes.has(lane)) continue;
      this.lanes.set(lane, [...stay, admission]);
      return undefined;
    }
  }
}
