import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createDeferred } from '../deferred.ts';
import { TERMINATE_HOOKS_MS } from '../limits.ts';
import type { LogEntry } from '../log/log.ts';
import { instanceMessageSchema } from '../protocol.ts';
import type { FunctionSummary, HostMessage, InstanceConfig, InstanceMessage } from '../protocol.ts';
import { ConfigurationError } from '../settings/configuration-error.ts';
import type { Environment } from '../settings/environment.ts';

const ENTRY = fileURLToPath(new URL('../instance/main.ts', import.meta.url));
/**
 * V8's limits on an instance of 2,048 MB, the default of a Flex Consumption plan: a quarter of the
 * memory, doubled on 64 bits, for the old generation and 1/128 of that for a semi-space
 * (src/heap/heap.cc). On a developer's larger machine V8 would collect later and show another app.
 */
const INSTANCE_MEMORY = ['--max-old-space-size=1024', '--max-semi-space-size=8'];

/** Beyond its own limits an instance gets so long before it is killed. */
const KILL_MARGIN_MS = 1_000;

/** A child process that runs the app. */
export class InstanceProcess {
  /** Number of the instance, from 1; its replacement has the same. */
  readonly index: number;
  /** How the process ended, in words. */
  readonly exited: Promise<string>;
  readonly #child: ChildProcess;
  readonly #log: (entry: LogEntry) => void;
  readonly #ready = createDeferred<FunctionSummary[]>();
  #port: number | undefined;
  #wasReady = false;

  /**
   * Starts the process.
   *
   * @param log takes what the app logs, and each line it writes to its output
   */
  constructor(
    index: number,
    config: InstanceConfig,
    environment: Environment,
    log: (entry: LogEntry) => void,
  ) {
    this.index = index;
    this.#log = log;
    // No flags are inherited: a test runner's or debugger's are not meant for the app.
    this.#child = fork(ENTRY, [], {
      cwd: config.appDirectory,
      env: { ...environment },
      execArgv: INSTANCE_MEMORY,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    logLines(this.#child, log);
    this.#child.on('message', (raw) => {
      const parsed = instanceMessageSchema.safeParse(raw);
      if (parsed.success) this.#receive(parsed.data);
    });
    this.exited = this.#watchEnd();
    this.#send({ type: 'start', config });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The app's functions, once it is loaded and its triggers run; rejects when that fails. */
  get ready(): Promise<FunctionSummary[]> {
    return this.#ready.promise;
  }

  /** Where it takes requests; undefined while it does not. */
  get servingPort(): number | undefined {
    return this.#port;
  }

  /** Drains it, and kills it when that takes too long. Resolves when it has ended. */
  async stop(graceMs: number): Promise<void> {
    this.#port = undefined;
    this.#send({ type: 'stop', graceMs });
    // While it loads, an app has no work that could end.
    const graceful = this.#wasReady ? graceMs + TERMINATE_HOOKS_MS : 0;
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), graceful + KILL_MARGIN_MS);
    await this.exited;
    clearTimeout(killer);
  }

  #receive(message: InstanceMessage): void {
    switch (message.type) {
      case 'log':
        this.#log(message.entry);
        break;
      case 'ready':
        this.#port = message.port;
        this.#wasReady = true;
        this.#ready.resolve(message.functions);
        break;
      case 'failed':
        this.#ready.reject(
          new ConfigurationError(`the app could not be started:\n${message.error}`),
        );
        break;
      case 'draining':
        this.#port = undefined;
        break;
    }
  }

  async #watchEnd(): Promise<string> {
    const how = await new Promise<string>((resolve) => {
      this.#child.on('error', (error) => resolve(error.message));
      this.#child.on('exit', (code, signal) => resolve(signal ?? `exit code ${code ?? 0}`));
    });
    this.#port = undefined;
    this.#ready.reject(new Error(`the app's process ended before it was ready (${how})`));
    return how;
  }

  #send(message: HostMessage): void {
    // A process that is gone needs no message; its end is noticed by itself.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}

/** What the app prints rather than logs, line by line. */
function logLines(child: ChildProcess, log: (entry: LogEntry) => void): void {
  for (const [stream, level] of [
    [child.stdout, 'information'],
    [child.stderr, 'warning'],
  ] as const) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (message) => {
      if (message.trim() !== '') log({ level, message });
    });
  }
}
