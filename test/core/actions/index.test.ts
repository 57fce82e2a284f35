import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { actions } from '../../../src/core/actions/index.ts';
import { fieldsOf } from '../../../src/schemas/action-fields.ts';

const src = join(import.meta.dirname, '../../../src');
const names = Object.keys(actions);
const pipeline = globSync('{use-cases,functions,adapters}/**/*.ts', { cwd: src });

describe('the actions', () => {
  it('are these, and none that could do harm to a device', () => {
    expect(names).toEqual(['syncDevice', 'configurationManagerAction', 'exchangeConnectorSync']);
  });

  it('have no parameter of the same name, so that a request says which action it means', () => {
    const fields = Object.values(actions).flatMap(fieldsOf);
    expect(new Set(fields).size).toBe(fields.length);
  });
});

describe('the pipeline', () => {
  it('is read here', () => {
    expect(pipeline.length).toBeGreaterThan(60);
  });

  it.each(pipeline)('knows no action by its name: %s', (file) => {
    const text = readFileSync(join(src, file), 'utf8');
    const files = names.map((name) =>
      name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    );
    expect([...names, ...files].filter((name) => text.includes(name))).toEqual([]);
  });
});
