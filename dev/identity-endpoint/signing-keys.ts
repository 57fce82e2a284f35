import { randomUUID } from 'node:crypto';
import { type CryptoKey, type JWK, SignJWT, exportJWK, generateKeyPair } from 'jose';

/** What stands in a token's header beside the algorithm; a key id other than the signing key's is kept. */
export type TokenHeader = Readonly<Record<string, unknown>>;

/** A key pair that signs tokens. */
export interface SigningKey {
  /** As it is published; Entra ID names no algorithm in it, and neither does this. */
  publicKey: JWK;
  sign: (claims: Readonly<Record<string, unknown>>, header?: TokenHeader) => Promise<string>;
}

const ALGORITHM = 'RS256';

/** Makes a key pair, which takes a moment. */
export async function createSigningKey(): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const kid = randomUUID();
  return {
    publicKey: { ...(await exportJWK(publicKey)), kid, use: 'sig' },
    sign: (claims, header = {}) => sign(privateKey, claims, { kid, ...header }),
  };
}

function sign(
  key: CryptoKey,
  claims: Readonly<Record<string, unknown>>,
  header: TokenHeader,
): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ typ: 'JWT', ...header, alg: ALGORITHM })
    .sign(key);
}
