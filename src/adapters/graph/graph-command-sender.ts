import type { Client } from '@microsoft/microsoft-graph-client';
import type { BulkCommand, Command } from '../../core/actions/action.ts';
import type { Answer } from '../../core/answer.ts';
import type { BulkReply } from '../../core/bulk-reply.ts';
import type { CommandSender } from '../../use-cases/ports.ts';
import type { GraphToken } from '../identity/graph-token.ts';
import { fromBatchPayload, toBatchPayload } from './batch-payload.ts';
import { fromBulkResult } from './bulk-result.ts';
import { type GraphCall, type GraphReply, callGraph } from './graph-reply.ts';

/** A batch that takes longer counts as unanswered. */
const BATCH_TIMEOUT_MS = 30_000;

/** A bulk call works on many devices before it answers. */
const BULK_TIMEOUT_MS = 60_000;

/** Statuses that say the same of each request in a batch; others are about the batch itself. */
const sharedStatuses = new Set([0, 401, 403, 408, 429]);

/**
 * Sends commands in JSON `$batch` calls, or in bulk; requests are built by the action and nowhere
 * else.
 */
export class GraphCommandSender implements CommandSender {
  readonly #client: Client;
  readonly #token: Pick<GraphToken, 'renew'>;

  constructor(client: Client, token: Pick<GraphToken, 'renew'>) {
    this.#client = client;
    this.#token = token;
  }

  async send(command: Command, deviceIds: readonly string[]): Promise<Answer[]> {
    const answers = await this.#sendOnce(command, deviceIds);
    const refused = [...answers.keys()].filter((index) => answers[index]?.status === 401);
    if (refused.length === 0) return answers;
    // Without a new token the 401 stands; the other answers must not be lost for it.
    if (!(await this.#hasRenewedToken())) return answers;
    const ids = refused.flatMap((index) => deviceIds[index] ?? []);
    const again = await this.#sendOnce(command, ids);
    for (const [place, index] of refused.entries()) {
      answers[index] = again[place] ?? { status: 0, code: 'missingAnswer' };
    }
    return answers;
  }

  async sendBulk(bulk: BulkCommand, deviceIds: readonly string[]): Promise<BulkReply> {
    const { url, body } = bulk.request(deviceIds);
    const call = { url, version: bulk.version, body, timeoutMs: BULK_TIMEOUT_MS };
    const reply = await this.#callRenewed(call);
    if (reply.kind === 'failed') return reply;
    return { kind: 'results', answers: fromBulkResult(reply.body, deviceIds, reply.requestId) };
  }

  async #callRenewed(call: GraphCall): Promise<GraphReply> {
    const reply = await callGraph(this.#client, call);
    if (reply.kind !== 'failed' || reply.answer.status !== 401) return reply;
    return (await this.#hasRenewedToken()) ? callGraph(this.#client, call) : reply;
  }

  async #hasRenewedToken(): Promise<boolean> {
    try {
      await this.#token.renew();
      return true;
    } catch {
      return false;
    }
  }

  async #sendOnce(command: Command, deviceIds: readonly string[]): Promise<Answer[]> {
    const reply = await callGraph(this.#client, {
      url: '/$batch',
      version: command.version,
      body: toBatchPayload(command, deviceIds),
      timeoutMs: BATCH_TIMEOUT_MS,
    });
    if (reply.kind === 'failed') return deviceIds.map(() => ofEach(reply.answer));
    return (
      fromBatchPayload(reply.body, deviceIds.length, Date.now()) ??
      deviceIds.map(() => ({ status: 0, code: 'unreadableAnswer' }))
    );
  }
}

/**
 * What a failed batch means for each of its requests. A 400 of the batch says nothing about a
 * device: it counts as unanswered, so that no device is called unsupported for it.
 */
function ofEach(answer: Answer): Answer {
  if (sharedStatuses.has(answer.status) || answer.status >= 500) return answer;
  return { ...answer, status: 0, code: `batch${answer.status}` };
}
