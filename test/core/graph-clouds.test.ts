import { expect, it } from 'vitest';
import { graphClouds } from '../../src/core/graph-clouds.ts';

it('each cloud of Microsoft Graph is an origin over https, without a path', () => {
  const roots = Object.values(graphClouds);
  expect(roots.map((root) => new URL(root).origin)).toEqual(roots);
  expect(roots.every((root) => root.startsWith('https://'))).toBe(true);
});
