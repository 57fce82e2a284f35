import { z } from 'zod';
import type { CliContext } from '../context.ts';
import { ApiError, UnreachableError } from '../errors.ts';
import { type AskDirectory, askDirectory } from './ask-directory.ts';
import {
  type Assignment,
  type Graph,
  type Principal,
  assignmentPageSchema,
  graphSchema,
  principalSchema,
} from './directory-entities.ts';
import type { PrincipalKey } from './directory-request.ts';
import type { DirectoryTarget } from './directory-target.ts';

/** A role that is to be granted. */
export interface Grant {
  graphId: string;
  principalId: string;
  appRoleId: string;
}

/** Entra ID, as far as the app roles of Microsoft Graph go. Throws ApiError or UnreachableError. */
export interface Directory {
  findGraph: () => Promise<Graph>;
  /** @returns `undefined` when there is none */
  findPrincipal: (key: PrincipalKey) => Promise<Principal | undefined>;
  /** Every app role that a service principal holds, of whichever API. */
  listAssignments: (principalId: string) => Promise<Assignment[]>;
  /** A role that is held already stays as it is. */
  grant: (grant: Grant) => Promise<void>;
  /** A role that is not held any more is as good as revoked. */
  revoke: (graphId: string, assignmentId: string) => Promise<void>;
}

/** 100,000 assignments; no identity has that many, and a list must end. */
const MAX_PAGES = 1_000;

export function createDirectory(target: DirectoryTarget, context: CliContext): Directory {
  const ask = askDirectory(target, context);
  const listAssignments = (principalId: string) => listAll(ask, target, principalId);
  return {
    findGraph: () => ask({ kind: 'findGraph' }, graphSchema),
    findPrincipal: (key) =>
      ask({ kind: 'findPrincipal', key }, principalSchema).catch((error: unknown) => {
        if (isAnswer(error, 404)) return undefined;
        throw error;
      }),
    listAssignments,
    grant: async (grant) => {
      try {
        await ask({ kind: 'grant', ...grant }, ignored);
      } catch (error) {
        // Somebody else granted it in between, or the first of two attempts did.
        if (!isAnswer(error, 400) || !isHeld(grant, await listAssignments(grant.principalId))) {
          throw error;
        }
      }
    },
    revoke: async (graphId, assignmentId) => {
      try {
        await ask({ kind: 'revoke', graphId, assignmentId }, ignored);
      } catch (error) {
        if (!isAnswer(error, 404)) throw error;
      }
    },
  };
}

/** That it was done is all that is of interest. */
const ignored = z.unknown();

async function listAll(
  ask: AskDirectory,
  target: DirectoryTarget,
  principalId: string,
): Promise<Assignment[]> {
  const assignments: Assignment[] = [];
  let page = await ask({ kind: 'listAssignments', principalId }, assignmentPageSchema);
  for (let pages = 1; ; pages++) {
    assignments.push(...page.value);
    const url = page['@odata.nextLink'];
    if (url === undefined) return assignments;
    if (pages === MAX_PAGES) {
      throw new UnreachableError(`The list of assignments has more than ${MAX_PAGES} pages.`);
    }
    page = await ask({ kind: 'nextPage', url: checked(url, target) }, assignmentPageSchema);
  }
}

function isHeld({ graphId, appRoleId }: Grant, assignments: readonly Assignment[]): boolean {
  return assignments.some((held) => held.resourceId === graphId && held.appRoleId === appRoleId);
}

function isAnswer(error: unknown, status: number): boolean {
  return error instanceof ApiError && error.status === status;
}

/** The token goes along with every page, so a page must be on the same Graph. */
function checked(nextLink: string, { endpoint }: DirectoryTarget): string {
  if (URL.parse(nextLink)?.origin === new URL(endpoint).origin) return nextLink;
  throw new UnreachableError(
    'The link to the next page leads to another server and was not followed.',
  );
}
