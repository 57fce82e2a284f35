import { Agent, request } from 'node:https';
import { z } from 'zod';

/** What came back for a call. */
export interface Reply {
  /** 0 when the connection broke. */
  readonly status: number;
  /** As it was sent; `undefined` when it was not. */
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** Graph, as scripts and simple tools use it. */
export interface FleetGraph {
  /**
   * The ids of all devices, page by page.
   *
   * @throws Error when a page cannot be had
   */
  readonly listDeviceIds: () => Promise<string[]>;
  readonly syncDevice: (id: string) => Promise<Reply>;
}

export interface GraphOptions {
  /** Without a version. */
  readonly url: string;
  readonly token: string;
  /** The certificate to trust, PEM. */
  readonly certificate: string;
  /** Whether connections are used again. */
  readonly keepsAlive: boolean;
}

const pageSchema = z.object({
  value: z.array(z.object({ id: z.string() })),
  '@odata.nextLink': z.string().optional(),
});

/** A client of Graph over HTTPS that leaves every decision to its caller. */
export function createFleetGraph(options: GraphOptions): FleetGraph & { close: () => void } {
  const agent = new Agent({ keepAlive: options.keepsAlive, ca: options.certificate });
  const call = (method: string, url: string) => send(agent, options.token, method, url);
  const devices = `${options.url}/v1.0/deviceManagement/managedDevices`;
  return {
    listDeviceIds: async () => {
      const ids: string[] = [];
      let next: string | undefined = devices;
      while (next !== undefined) {
        const { status, body } = await call('GET', next);
        if (status !== 200) throw new Error(`A page of devices was answered with ${status}.`);
        const page = pageSchema.parse(JSON.parse(body));
        ids.push(...page.value.map(({ id }) => id));
        next = page['@odata.nextLink'];
      }
      return ids;
    },
    syncDevice: (id) => call('POST', `${devices}/${id}/syncDevice`),
    close: () => agent.destroy(),
  };
}

function send(agent: Agent, token: string, method: string, url: string): Promise<Reply> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}`, 'content-length': 0 };
    const sent = request(url, { agent, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('error', () => resolve(noReply));
      response.on('end', () => {
        const retryAfter = response.headers['retry-after'];
        resolve({ status: response.statusCode ?? 0, retryAfter, body });
      });
    });
    sent.on('error', () => resolve(noReply));
    sent.end();
  });
}

const noReply: Reply = { status: 0, retryAfter: undefined, body: '' };
