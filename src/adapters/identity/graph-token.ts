import type { TokenCredential } from '@azure/identity';
import { ManagedIdentityApplication } from '@azure/msal-node';

export interface GraphTokenOptions {
  readonly credential: TokenCredential;
  /** The user-assigned identity's client id; absent for the system-assigned one. */
  readonly clientId?: string;
  /** The address the token is for, `https://graph.microsoft.com`. */
  readonly resource: string;
}

/** Access tokens for Microsoft Graph, in the form its client asks for them. */
export class GraphToken {
  readonly #options: GraphTokenOptions;

  constructor(options: GraphTokenOptions) {
    this.#options = options;
  }

  /** The current token; the credential keeps it until it is about to expire. */
  async getAccessToken(): Promise<string> {
    const { credential, resource } = this.#options;
    const token = await credential.getToken(`${resource}/.default`);
    if (token === null)
      throw new Error('The managed identity issued no token for Microsoft Graph.');
    return token.token;
  }

  /**
   * Replaces the kept token by a new one. The credential has no way to ask for that, but it keeps
   * its tokens in MSAL's cache for the process, which MSAL itself can be told to refresh.
   */
  async renew(): Promise<void> {
    const { clientId, resource } = this.#options;
    const application = new ManagedIdentityApplication(
      clientId === undefined ? {} : { managedIdentityIdParams: { userAssignedClientId: clientId } },
    );
    await application.acquireToken({ resource, forceRefresh: true });
  }

  /** The app roles in the token's `roles` claim. */
  async roles(): Promise<string[]> {
    return rolesOf(await this.getAccessToken());
  }
}

/** Reads the `roles` claim of a JWT; an unreadable token has none. */
export function rolesOf(token: string): string[] {
  const payload = token.split('.')[1] ?? '';
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const roles = (claims as { roles?: unknown } | null)?.roles;
    return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
  } catch {
    return [];
  }
}
