import type { DependencyChecks } from './ports.ts';

export type DependencyState =
  | { readonly status: 'ok' }
  | { readonly status: 'degraded' | 'unavailable'; readonly detail: string };

export interface Health {
  readonly status: DependencyState['status'];
  readonly dependencies: Readonly<Record<string, DependencyState>>;
}

/** A dependency that has not answered by then is unavailable, ms; the answer is due in 5 s. */
const CHECK_TIMEOUT_MS = 4_000;

/** Asks every dependency at once; also one that hangs gets its state in time. */
export function checkHealth(checks: DependencyChecks) {
  return async (): Promise<Health> => {
    const names = Object.keys(checks);
    const states = await Promise.all(
      Object.values(checks).map((check) => stateOf(check, CHECK_TIMEOUT_MS)),
    );
    const dependencies = Object.fromEntries(
      names.flatMap((name, place) => {
        const state = states[place];
        return state === undefined ? [] : [[name, state] as const];
      }),
    );
    const worst = (['unavailable', 'degraded'] as const).find((status) =>
      states.some((state) => state.status === status),
    );
    return { status: worst ?? 'ok', dependencies };
  };
}

async function stateOf(
  check: DependencyChecks[string],
  timeoutMs: number,
): Promise<DependencyState> {
  const signal = AbortSignal.timeout(timeoutMs);
  const hung = new Promise<DependencyState>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve({ status: 'unavailable', detail: `no answer within ${timeoutMs / 1000} s` });
    });
  });
  const asked = check(signal).then(
    (detail): DependencyState =>
      detail === undefined ? { status: 'ok' } : { status: 'degraded', detail },
    (error: unknown): DependencyState => ({
      status: 'unavailable',
      detail: error instanceof Error ? error.name : 'unknown error',
    }),
  );
  return Promise.race([asked, hung]);
}
