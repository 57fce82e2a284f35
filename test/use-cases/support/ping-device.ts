import type { Action } from '../../../src/core/actions/action.ts';

/** An action that the app does not have: all that it takes to add one is in this file. */
export const pingDevice: Action = {
  description: 'Pings each Mac.',
  parameters: { loudness: { description: 'How loud.', values: ['low', 'high'], fallback: 'low' } },
  command: ({ loudness = 'low' }) => ({
    version: 'beta',
    role: 'Devices.Ping',
    unsupported: ({ operatingSystem }) => (operatingSystem === 'macOS' ? undefined : 'noBell'),
    request: (id) => ({ method: 'POST', url: `/devices/${id}/ping`, body: { loudness } }),
    // It rings already.
    classify: ({ status }) => (status === 409 ? { kind: 'accepted' } : undefined),
  }),
};
