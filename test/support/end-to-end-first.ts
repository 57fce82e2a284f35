import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Starts the end-to-end tests first: they mostly wait for queues, quotas and dead workers, and all
 * other tests fit into that time.
 */
export default class EndToEndFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      if (!/\/(e2e|deployment)\//.test(moduleId)) return 2;
      return moduleId.includes('/kill') || moduleId.includes('/control') ? 0 : 1;
    };
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}
