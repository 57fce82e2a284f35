import { expect, test } from 'vitest';
import { hostCommand } from '../../../dev/environment/host-command.ts';

const settings = {
  NODE_EXTRA_CA_CERTS: 'cert.pem',
  SSL_CERT_FILE: 'cert.pem',
  GRAPH_ENDPOINT: 'x',
};

test.each([
  ['a shell that sets nothing', {}, 'npm run host'],
  [
    'a shell with a certificate of its own',
    { NODE_EXTRA_CA_CERTS: 'company.pem' },
    'NODE_EXTRA_CA_CERTS=cert.pem npm run host',
  ],
  [
    'a shell with two of its own',
    { NODE_EXTRA_CA_CERTS: 'company.pem', SSL_CERT_FILE: 'company.pem' },
    'NODE_EXTRA_CA_CERTS=cert.pem SSL_CERT_FILE=cert.pem npm run host',
  ],
  ['a shell that sets the right one', { NODE_EXTRA_CA_CERTS: 'cert.pem' }, 'npm run host'],
])('the command for %s', (_, shell, command) => {
  expect(hostCommand(settings, shell)).toBe(command);
});
