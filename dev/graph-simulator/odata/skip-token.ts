import { BadRequest } from '../graph/bad-request.ts';

/** The device after which the next page begins. */
export interface SkipToken {
  name: string;
  id: string;
}

/** Writes the token as Intune does: name and id, since the listing is ordered by name. */
export function formatSkipToken({ name, id }: SkipToken): string {
  return `LastDeviceName='${name}',LastDeviceId='${id}'`;
}

/** @throws BadRequest when the text is not a token of this form */
export function parseSkipToken(text: string): SkipToken {
  const [, name, id] = /^LastDeviceName='(.*)',LastDeviceId='([0-9a-fA-F-]{36})'$/.exec(text) ?? [];
  if (name === undefined || id === undefined) {
    throw new BadRequest('The $skiptoken is not one that an @odata.nextLink contained.');
  }
  return { name, id: id.toLowerCase() };
}
