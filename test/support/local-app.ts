import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { TableClient } from '@azure/data-tables';
import { QueueServiceClient } from '@azure/storage-queue';
import {
  type Environment,
  type EnvironmentOptions,
  startEnvironment,
} from '../../dev/environment/index.ts';
import { openApiContract } from './openapi-contract.ts';
import { type FunctionsHost, startFunctionsHost } from '../../dev/functions-host/index.ts';

const project = resolve(import.meta.dirname, '../..');

export interface LocalAppOptions {
  /** The fleet and how Graph behaves; without latency unless asked for. */
  readonly graph: EnvironmentOptions['graph'];
  readonly identity?: EnvironmentOptions['identity'];
  readonly instances?: number;
  /** Folder of the app. Default: the project's, with what was built last. */
  readonly appDirectory?: string;
  /** Settings of the app over those of the environment. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Certificates, PEM, that the app trusts beside that of the environment. */
  readonly trusted?: readonly string[];
  /** Whether callers need tokens of the environment's issuer. Default: a key is what they need. */
  readonly asksForTokens?: boolean;
}

/** A run as far as the tests look at it. */
export interface RunDocument {
  readonly id: string;
  readonly status: string;
  readonly totals: Readonly<
    Record<
      'totalDevices' | 'success' | 'error' | 'skipped' | 'cancelled' | 'unknown' | 'pending',
      number
    >
  >;
  readonly problem?: { readonly code: string; readonly detail: string };
  readonly plan?: { readonly devices: number };
  readonly appInstalls?: {
    readonly failed: readonly {
      readonly app: string;
      readonly platform: string;
      readonly signedCode: number;
      readonly devices: number;
    }[];
  };
  readonly [property: string]: unknown;
}

/** The whole product on loopback: environment, host and the app in it. */
export class LocalApp {
  readonly environment: Environment;
  readonly host: FunctionsHost;
  readonly log: string[];
  #contract: Promise<ReturnType<typeof openApiContract>> | undefined;

  constructor(environment: Environment, host: FunctionsHost, log: string[]) {
    this.environment = environment;
    this.host = host;
    this.log = log;
  }

  /**
   * A request to the API with the key that opens it.
   *
   * @throws when the answer is not as the API's own OpenAPI document says
   */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await this.#send(path, init);
    if (!path.startsWith('/api/')) return response;
    this.#contract ??= this.#send('/api/openapi.json', {})
      .then((document) => document.json())
      .then(openApiContract);
    const check = await this.#contract;
    check({
      method: init.method ?? 'GET',
      path: new URL(path, this.host.url).pathname.slice('/api'.length),
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      body: await response.clone().text(),
    });
    return response;
  }

  #send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('x-functions-key', this.host.functionKey);
    return fetch(`${this.host.url}${path}`, { ...init, headers });
  }

  /** A POST with a JSON body. */
  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  /** Every device of a run that has one of the outcomes, page by page. */
  async devicesOf(id: string, outcomes: string): Promise<string[]> {
    const ids: string[] = [];
    let token = '';
    do {
      const query = `outcome=${outcomes}&limit=37${token}`;
      const response = await this.fetch(`/api/runs/${id}/devices?${query}`);
      const page = (await response.json()) as {
        value: { deviceId: string }[];
        continuationToken?: string;
      };
      ids.push(...page.value.map(({ deviceId }) => deviceId));
      const next = page.continuationToken;
      token = next === undefined ? '' : `&continuationToken=${next}`;
    } while (token !== '');
    return ids.sort();
  }

  /** Starts a run over HTTP and returns its id. */
  async startRun(body: object = {}): Promise<string> {
    const response = await this.post('/api/runs', body);
    if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
    return ((await response.json()) as RunDocument).id;
  }

  async getRun(id: string): Promise<RunDocument> {
    const response = await this.fetch(`/api/runs/${id}`);
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as RunDocument;
  }

  /** Waits until the run is as wanted; by default until it is over. */
  async untilRun(
    id: string,
    isWanted: (run: RunDocument) => boolean = ({ status }) =>
      !['planning', 'running'].includes(status),
  ): Promise<RunDocument> {
    return until(async () => {
      const run = await this.getRun(id);
      return isWanted(run) ? run : undefined;
    });
  }

  /** Waits until the schedule has started a run and returns its id. */
  async untilScheduledRun(): Promise<string> {
    return until(async () => {
      const response = await this.fetch('/api/runs?trigger=schedule&limit=1');
      const { value } = (await response.json()) as { value: RunDocument[] };
      return value[0]?.id;
    });
  }

  /** Fires a timer function, as its schedule would. */
  async fire(functionName: string): Promise<void> {
    const response = await this.fetch(`/admin/functions/${functionName}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    if (response.status !== 202) throw new Error(`firing ${functionName}: ${response.status}`);
  }

  get queues(): QueueServiceClient {
    return new QueueServiceClient(this.environment.azurite.queueServiceUri, this.#credential);
  }

  table(name: string): TableClient {
    return new TableClient(this.environment.azurite.tableServiceUri, name, this.#credential);
  }

  /** Puts a text on a queue as it is; `entry` objects in the form the app writes. */
  async send(queueName: string, entry: object | string): Promise<void> {
    const text = typeof entry === 'string' ? entry : JSON.stringify(entry);
    const queue = this.queues.getQueueClient(queueName);
    await queue.createIfNotExists();
    await queue.sendMessage(Buffer.from(text).toString('base64'));
  }

  async close(): Promise<void> {
    await this.host.stop();
    await this.environment.close();
  }

  get #credential() {
    const { identity } = this.environment;
    return {
      getToken: () => {
        const { token, expiresOn } = identity.issueToken('https://storage.azure.com');
        return Promise.resolve({ token, expiresOnTimestamp: expiresOn * 1000 });
      },
    };
  }
}

/** Starts everything; the caller closes it. */
export async function startLocalApp(options: LocalAppOptions): Promise<LocalApp> {
  const { graph, identity, instances = 1, settings, asksForTokens = false, trusted = [] } = options;
  const { appDirectory = project } = options;
  const environment = await startEnvironment({
    graph,
    ...(identity === undefined ? {} : { identity }),
  });
  // What NODE_EXTRA_CA_CERTS does for the app, which reads it when its process starts.
  setDefaultCACertificates([...getCACertificates('default'), environment.certificate]);
  const log: string[] = [];
  try {
    const authorities = environment.settings['NODE_EXTRA_CA_CERTS'] ?? '';
    await appendFile(authorities, trusted.map((pem) => `\n${pem}`).join(''));
    const host = await startFunctionsHost({
      appDirectory,
      instances,
      environment: {
        ...environment.settings,
        ...(asksForTokens ? environment.issuer.settings : {}),
        ...settings,
      },
      log: (line) => log.push(line),
    });
    return new LocalApp(environment, host, log);
  } catch (error) {
    await environment.close();
    throw error;
  }
}

/** Asks again and again until there is an answer; the test's own timeout is the only limit. */
export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(50);
  }
}
