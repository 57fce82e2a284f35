import { rolesFor } from '../../core/roles.ts';
import type { AddCommand } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { auditIdentity } from '../permissions/audit.ts';
import { type ChangeTools, grantMissing, revokeNotNeeded } from '../permissions/change-roles.ts';
import { createDirectory } from '../permissions/directory.ts';
import { readDirectoryTarget } from '../permissions/directory-target.ts';
import {
  type PermissionOptions,
  addPermissionOptions,
  readFeatures,
  readPrincipalKey,
} from '../permissions/permission-options.ts';
import { permissionReport, reported } from '../permissions/permission-report.ts';
import { renderPermissions } from '../render/permissions.ts';
import type { Session } from '../session.ts';

interface ChangeOptions extends PermissionOptions {
  dryRun?: true;
}

interface RevokeOptions extends ChangeOptions {
  all?: true;
}

/** `permissions grant|verify|revoke`: the app roles of the app's identity, at Microsoft Graph itself. */
export const addPermissions: AddCommand = (program, perform) => {
  const permissions = program
    .command('permissions')
    .description("grant, verify and revoke the Microsoft Graph roles of the app's identity");
  for (const add of [addGrant, addVerify, addRevoke]) add(permissions, perform);
};

const addGrant: AddCommand = (permissions, perform) => {
  addPermissionOptions(permissions.command('grant'))
    .description('grant the roles that are missing; take none away')
    .option('--dry-run', 'only say what would be granted')
    .action(
      perform(async (session, options: ChangeOptions) => {
        const { audit, subject, tools } = await prepare(session, options);
        const roles = await grantMissing(audit, tools);
        session.result(permissionReport(audit, subject, roles), renderPermissions);
        return exitCodes.done;
      }),
    );
};

const addVerify: AddCommand = (permissions, perform) => {
  addPermissionOptions(permissions.command('verify'))
    .description('exit with 1 unless the identity holds exactly the roles that it needs')
    .action(
      perform(async (session, options: PermissionOptions) => {
        const { audit, subject } = await prepare(session, options);
        const roles = audit.roles.map((role) => reported(role, role.state));
        const report = permissionReport(audit, subject, roles);
        session.result(report, renderPermissions);
        return report.remedies.length === 0 ? exitCodes.done : exitCodes.finishedWithErrors;
      }),
    );
};

const addRevoke: AddCommand = (permissions, perform) => {
  addPermissionOptions(permissions.command('revoke'))
    .description('revoke the roles of Microsoft Graph that are not needed')
    .option('--all', 'revoke every role of Microsoft Graph')
    .option('--dry-run', 'only say what would be revoked')
    .action(
      perform(async (session, options: RevokeOptions) => {
        const { audit, subject, tools } = await prepare(session, options);
        const roles = await revokeNotNeeded(audit, tools);
        session.result(permissionReport(audit, subject, roles), renderPermissions);
        return exitCodes.done;
      }),
    );
};

/** Reads the options and audits the identity; nothing is changed by that. */
async function prepare(session: Session, options: RevokeOptions) {
  const key = readPrincipalKey(options);
  const features = options.all === true ? [] : readFeatures(options);
  const needed = options.all === true ? [] : rolesFor(features);
  const target = readDirectoryTarget(options, session.context.env);
  const directory = createDirectory(target, session.context);
  const audit = await auditIdentity(directory, key, needed);
  const tools: ChangeTools = { session, directory, isDryRun: options.dryRun === true };
  return { audit, subject: { features, cloud: options.cloud }, tools };
}
