import type { TypedData } from '../instance/core-types.ts';

/** What the metadata of a message is made of. Missing parts, of a message made by hand, are left out. */
export interface MessageFacts {
  /** The decoded text. */
  text: string;
  dequeueCount: number;
  id?: string;
  popReceipt?: string;
  insertedOn?: Date;
  expiresOn?: Date;
  nextVisibleOn?: Date;
}

/**
 * Makes what becomes `context.triggerMetadata`: the message's own facts, and every property of a JSON
 * object payload that is not an array. A payload property of the same name, ignoring case, hides the
 * message's own.
 */
export function createTriggerMetadata(message: MessageFacts): Record<string, TypedData> {
  const metadata: Record<string, TypedData> = {
    QueueTrigger: { string: message.text },
    DequeueCount: { json: JSON.stringify(message.dequeueCount) },
    ...(message.id !== undefined && { Id: { string: message.id } }),
    ...(message.popReceipt !== undefined && { PopReceipt: { string: message.popReceipt } }),
    ...date('InsertionTime', message.insertedOn),
    ...date('ExpirationTime', message.expiresOn),
    ...date('NextVisibleTime', message.nextVisibleOn),
  };
  const names = new Map(Object.keys(metadata).map((name) => [name.toLowerCase(), name]));
  for (const [name, value] of Object.entries(parseObject(message.text))) {
    if (Array.isArray(value)) continue;
    const known = names.get(name.toLowerCase()) ?? name;
    names.set(name.toLowerCase(), known);
    metadata[known] = { json: JSON.stringify(value) };
  }
  return metadata;
}

function parseObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

/** The real host writes whole seconds with an offset: `2026-11-28T06:36:37+00:00`. */
function date(name: string, value: Date | undefined): Record<string, TypedData> {
  if (value === undefined) return {};
  const text = value.toISOString().replace(/\.\d{3}Z$/, '+00:00');
  return { [name]: { json: JSON.stringify(text) } };
}
