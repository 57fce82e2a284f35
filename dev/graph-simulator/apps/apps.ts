import { createGuids } from '../guid.ts';
import { appPlatforms, type AppPlatform } from './app-platforms.ts';

/** An app that is assigned to every device of its platform. */
export interface App {
  id: string;
  displayName: string;
  publisher: string;
  version: string;
  platform: AppPlatform;
}

const catalogue: readonly (readonly [AppPlatform, name: string, publisher: string])[] = [
  [appPlatforms.apple, 'Contoso Mail', 'Contoso'],
  [appPlatforms.apple, 'Contoso Expenses', 'Contoso'],
  [appPlatforms.apple, 'Fabrikam Scan', 'Fabrikam'],
  [appPlatforms.apple, 'Northwind Chat', 'Northwind Traders'],
  [appPlatforms.android, 'Contoso Mail', 'Contoso'],
  [appPlatforms.android, 'Contoso Expenses', 'Contoso'],
  [appPlatforms.android, 'Fabrikam Scan', 'Fabrikam'],
  [appPlatforms.android, 'Northwind Chat', 'Northwind Traders'],
  [appPlatforms.windows, 'Contoso Desktop', 'Contoso'],
  [appPlatforms.windows, 'Fabrikam Backup', 'Fabrikam'],
  [appPlatforms.windows, 'Northwind Ledger', 'Northwind Traders'],
  [appPlatforms.mac, 'Contoso Desktop', 'Contoso'],
];

/** The apps of a simulated tenant. Only their ids depend on the seed. */
export function createApps(seed: number): App[] {
  const idOf = createGuids(seed, 'app');
  return catalogue.map(([platform, displayName, publisher], index) => ({
    id: idOf(index),
    displayName,
    publisher,
    version: `1.${index}.0`,
    platform,
  }));
}
